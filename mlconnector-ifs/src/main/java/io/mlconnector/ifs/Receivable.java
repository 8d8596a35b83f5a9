package io.mlconnector.ifs;

import io.mlconnector.mapping.Row;
import io.mlconnector.spi.MappingException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An invoice's row as it was read.
 *
 * @param reader the set that has it
 * @param id of the record
 * @param key as it stands in a path, encoded
 * @param row its columns
 * @param version its ETag; null if the answer had none
 * @param sentAt when the server answered; null if it did not say
 * @param types the columns of the set and their types
 * @param columns by which it is matched
 */
record Receivable(
        SetReader reader,
        String id,
        String key,
        Row row,
        @Nullable String version,
        @Nullable Instant sentAt,
        Map<String, String> types,
        ReceiptSettings.InvoiceColumns columns) {

    /** Whether every change of the row after it was read shows in its ETag. */
    boolean versionShowsEveryChange() {
        return Versions.showEveryChange(reader.shape().stamp(row), sentAt);
    }

    @Nullable String text(String column) {
        return types.containsKey(column) ? row.text(column) : null;
    }

    String currency() {
        String currency = text(columns.currency());
        if (currency == null || currency.isBlank()) {
            throw new MappingException("the invoice " + this + " has no currency in " + columns.currency());
        }
        return currency.strip();
    }

    BigDecimal total() {
        String total = text(columns.total());
        try {
            return new BigDecimal(total == null ? "" : total);
        } catch (NumberFormatException e) {
            throw new MappingException(
                    "the invoice " + this + " has no amount in " + columns.total() + ": '" + total + "'");
        }
    }

    /** The printed number and the id. */
    @Override
    public String toString() {
        String series = text(columns.series());
        String number = text(columns.number());
        return (series == null ? "" : series + " ") + (number == null ? "" : number + " ") + "(" + id + ")";
    }
}
