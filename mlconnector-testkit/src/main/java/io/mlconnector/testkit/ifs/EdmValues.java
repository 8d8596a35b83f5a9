package io.mlconnector.testkit.ifs;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Optional;

/** Reads and writes values of the OData types: from Java, from JSON, from a literal in a URL. */
final class EdmValues {

    private EdmValues() {}

    /** The value as the type's own Java class, for rows that a test hands in. */
    static Object coerce(Column column, Object value) {
        try {
            return switch (column.type()) {
                case STRING -> (String) value;
                case INT32 -> Math.toIntExact(((Number) value).longValue());
                case INT64 -> ((Number) value).longValue();
                case DECIMAL -> value instanceof BigDecimal decimal ? decimal : new BigDecimal(value.toString());
                case DATE -> value instanceof LocalDate date ? date : LocalDate.parse((String) value);
                case DATE_TIME_OFFSET ->
                    value instanceof Instant instant
                            ? instant
                            : OffsetDateTime.parse((String) value).toInstant();
                case BOOLEAN -> (Boolean) value;
            };
        } catch (ClassCastException | DateTimeException | ArithmeticException | NumberFormatException e) {
            throw new IllegalArgumentException(
                    "column " + column.name() + " is " + column.type().edmName() + ", which " + value + " is not", e);
        }
    }

    /** The value of a JSON node that is not null, or empty if it has the wrong form for the type. */
    static Optional<Object> fromJson(EdmType type, JsonNode node, boolean numbersAsText) {
        boolean quotedNumber = numbersAsText && (type == EdmType.DECIMAL || type == EdmType.INT64);
        try {
            return switch (type) {
                case STRING -> node.isTextual() ? Optional.of(node.textValue()) : Optional.empty();
                case INT32 ->
                    node.isIntegralNumber() && node.canConvertToInt() ? Optional.of(node.intValue()) : Optional.empty();
                case INT64 -> {
                    if (quotedNumber) {
                        yield node.isTextual() ? Optional.of(Long.valueOf(node.textValue())) : Optional.empty();
                    }
                    yield node.isIntegralNumber() && node.canConvertToLong()
                            ? Optional.of(node.longValue())
                            : Optional.empty();
                }
                case DECIMAL -> {
                    if (quotedNumber) {
                        yield node.isTextual() ? Optional.of(new BigDecimal(node.textValue())) : Optional.empty();
                    }
                    yield node.isNumber() ? Optional.of(node.decimalValue()) : Optional.empty();
                }
                case DATE -> node.isTextual() ? Optional.of(LocalDate.parse(node.textValue())) : Optional.empty();
                case DATE_TIME_OFFSET ->
                    node.isTextual()
                            ? Optional.of(OffsetDateTime.parse(node.textValue()).toInstant())
                            : Optional.empty();
                case BOOLEAN -> node.isBoolean() ? Optional.of(node.booleanValue()) : Optional.empty();
            };
        } catch (DateTimeException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    static void writeJson(JsonGenerator json, EdmType type, Object value, boolean numbersAsText) throws IOException {
        switch (type) {
            case INT32 -> json.writeNumber((Integer) value);
            case INT64 -> {
                if (numbersAsText) {
                    json.writeString(value.toString());
                } else {
                    json.writeNumber((Long) value);
                }
            }
            case DECIMAL -> {
                String plain = ((BigDecimal) value).toPlainString();
                if (numbersAsText) {
                    json.writeString(plain);
                } else {
                    json.writeNumber(plain);
                }
            }
            case BOOLEAN -> json.writeBoolean((Boolean) value);
            case STRING, DATE, DATE_TIME_OFFSET -> json.writeString(value.toString());
        }
    }
}
