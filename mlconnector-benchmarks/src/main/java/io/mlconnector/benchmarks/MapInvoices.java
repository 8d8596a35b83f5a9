package io.mlconnector.benchmarks;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mlconnector.model.Invoice;
import io.mlconnector.model.LineItem;
import io.mlconnector.spi.Change;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rows as maps, and the map that a transformation makes of one, taken into the record. */
final class MapInvoices {

    private static final ObjectMapper MAPPER =
            new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    private MapInvoices() {}

    @SuppressWarnings("unchecked") // the page holds a list of objects
    static List<Map<String, Object>> rows(byte[] page) {
        try {
            return (List<Map<String, Object>>)
                    requireNonNull(MAPPER.readValue(page, Map.class).get("value"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Change<Invoice> change(Map<?, ?> made) {
        String currency = text(made, "currency");
        var lines = new ArrayList<LineItem>();
        for (Object each : (List<?>) value(made, "lines")) {
            Map<?, ?> line = (Map<?, ?>) each;
            lines.add(Invoices.line(
                    text(line, "number"),
                    text(line, "text"),
                    text(line, "product"),
                    text(line, "taxCode"),
                    decimal(line, "net"),
                    decimal(line, "tax"),
                    currency));
        }
        return Invoices.change(
                text(made, "id"),
                text(made, "number"),
                text(made, "company"),
                text(made, "customer"),
                LocalDate.parse(text(made, "issuedOn")),
                LocalDate.parse(text(made, "dueOn")),
                currency,
                decimal(made, "net"),
                decimal(made, "tax"),
                decimal(made, "total"),
                optionalText(made, "memo"),
                text(made, "region"),
                lines,
                OffsetDateTime.parse(text(made, "modifiedAt")).toInstant(),
                text(made, "version"));
    }

    private static Object value(Map<?, ?> map, String name) {
        return requireNonNull(map.get(name), name);
    }

    private static String text(Map<?, ?> map, String name) {
        return value(map, name).toString();
    }

    private static @Nullable String optionalText(Map<?, ?> map, String name) {
        return map.get(name) instanceof String text ? text : null;
    }

    private static BigDecimal decimal(Map<?, ?> map, String name) {
        Object value = value(map, name);
        return value instanceof BigDecimal decimal ? decimal : new BigDecimal(value.toString());
    }
}
