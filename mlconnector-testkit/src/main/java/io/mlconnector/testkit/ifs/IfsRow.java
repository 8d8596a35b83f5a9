package io.mlconnector.testkit.ifs;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * A row as the sandbox holds it. Immutable; a column that is null has no entry.
 *
 * @param values column names and values in the Java types that {@link EdmType} names
 */
public record IfsRow(Map<String, Object> values) {

    /**
     * Copies the values.
     *
     * @param values column names and values
     */
    public IfsRow {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /**
     * Tells whether a column has a value.
     *
     * @param column the name
     * @return false if it is null
     */
    public boolean has(String column) {
        return values.containsKey(column);
    }

    /**
     * Returns a value that may be null.
     *
     * @param column the name
     * @return the value or null
     */
    public @Nullable Object value(String column) {
        return values.get(column);
    }

    /**
     * Returns a text.
     *
     * @param column the name
     * @return the value
     * @throws NoSuchElementException if it is null
     */
    public String text(String column) {
        return required(column, String.class);
    }

    /**
     * Returns a decimal number.
     *
     * @param column the name
     * @return the value
     * @throws NoSuchElementException if it is null
     */
    public BigDecimal decimal(String column) {
        return required(column, BigDecimal.class);
    }

    /**
     * Returns a whole number of either width.
     *
     * @param column the name
     * @return the value
     * @throws NoSuchElementException if it is null
     */
    public long number(String column) {
        return required(column, Number.class).longValue();
    }

    /**
     * Returns a day.
     *
     * @param column the name
     * @return the value
     * @throws NoSuchElementException if it is null
     */
    public LocalDate date(String column) {
        return required(column, LocalDate.class);
    }

    /**
     * Returns a point in time.
     *
     * @param column the name
     * @return the value
     * @throws NoSuchElementException if it is null
     */
    public Instant instant(String column) {
        return required(column, Instant.class);
    }

    private <T> T required(String column, Class<T> type) {
        Object value = values.get(column);
        if (value == null) {
            throw new NoSuchElementException("column " + column + " is null or does not exist");
        }
        return type.cast(value);
    }
}
