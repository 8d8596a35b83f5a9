package io.mlconnector.mapping;

import io.mlconnector.spi.MappingException;
import org.jspecify.annotations.Nullable;

/**
 * Turns rows into canonical records, one after the other, as {@link RecordMapping#map} does. Decoders make one text of texts
 * that repeat; a field whose text is the very object that it was in the row before is not converted again. For one thread.
 *
 * @param <T> what a row becomes
 */
public final class RowMapper<T> {

    private final RecordMapping<T> mapping;
    private final ReadStep[] steps;
    private final int[] slots;
    private final @Nullable String[] texts;
    private final @Nullable Object[] values;
    private final @Nullable RowMapper<?>[] nested;

    RowMapper(RecordMapping<T> mapping, ReadStep[] steps, int[] slots) {
        this.mapping = mapping;
        this.steps = steps;
        this.slots = slots;
        this.texts = new String[steps.length];
        this.values = new Object[steps.length];
        this.nested = new RowMapper<?>[steps.length];
        for (int step = 0; step < steps.length; step++) {
            nested[step] =
                    steps[step] instanceof ReadStep.Nested list ? list.mapping().mapper() : null;
        }
    }

    /**
     * Turns a row into a record.
     *
     * @param row a row of the mapping's layout
     * @return the record
     * @throws MappingException naming every field that breaks its rule
     */
    public T map(Row row) {
        return mapping.map(row, this);
    }

    @Nullable Object read(int step, Row row) {
        String text = row.plainText(slots[step]);
        if (text == null) {
            RowMapper<?> list = nested[step];
            return list == null ? steps[step].read(row) : ((ReadStep.Nested) steps[step]).read(row, list::map);
        }
        if (isLast(text, step)) {
            return values[step];
        }
        Object value = steps[step].read(row);
        texts[step] = text;
        values[step] = value;
        return value;
    }

    @SuppressWarnings(
            "ReferenceEquality") // a text that is only equal may have been made anew, and comparing costs as much as
    // converting
    private boolean isLast(String text, int step) {
        return text == texts[step];
    }
}
