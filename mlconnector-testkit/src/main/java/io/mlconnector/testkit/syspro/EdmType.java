package io.mlconnector.testkit.syspro;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** The types of columns. */
enum EdmType {
    STRING("Edm.String"),
    DECIMAL("Edm.Decimal"),
    TIME("Edm.DateTimeOffset"),
    NUMBER("Edm.Int64"),
    BYTES("Edm.Binary");

    private final String edmName;

    EdmType(String edmName) {
        this.edmName = edmName;
    }

    String edmName() {
        return edmName;
    }

    boolean ordered() {
        return this != BYTES;
    }

    /** The value that a table keeps. */
    Comparable<?> typed(Object value) {
        return switch (this) {
            case STRING -> value.toString();
            case DECIMAL -> new BigDecimal(value.toString());
            case TIME ->
                value instanceof LocalDate day
                        ? day.atStartOfDay(ZoneOffset.UTC).toInstant()
                        : value instanceof Instant instant ? instant : Instant.parse(value.toString());
            case NUMBER, BYTES -> Long.valueOf(value.toString());
        };
    }
}
