package io.mlconnector.mapping;

import io.mlconnector.spi.MappingException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A rule of a compiled mapping: reads one value out of a row. Immutable. */
interface ReadStep {

    /**
     * Returns the value; null if the wire has none.
     *
     * @throws MappingException if it breaks the rule
     */
    @Nullable Object read(Row row);

    /** A conversion and nothing else, which most rules are. */
    final class Plain implements ReadStep {

        private final ReadRule rule;
        private final int slot;
        private final Conversion<?> conversion;
        private final boolean decimal;

        Plain(ReadRule rule, int slot, Conversion<?> conversion) {
            this.rule = rule;
            this.slot = slot;
            this.conversion = conversion;
            this.decimal = rule.readsDecimal();
        }

        @Override
        public @Nullable Object read(Row row) {
            Row.Kind kind = row.kind(slot);
            if (decimal) {
                BigDecimal number = row.decimal(slot);
                if (number != null) {
                    return number;
                }
            }
            String text = row.text(slot);
            if (text == null || kind == Row.Kind.DOUBLE || (kind == Row.Kind.TEXT && text.isBlank())) {
                refuse(rule, kind);
                if (rule.required()) {
                    throw rule.missing();
                }
                return null;
            }
            try {
                return conversion.convert(text, kind);
            } catch (IllegalArgumentException e) {
                throw rule.broken(e, text);
            }
        }
    }

    /** A conversion of what a look-up or a default puts in place of the text. */
    final class Replacing implements ReadStep {

        private final ReadRule rule;
        private final int slot;

        Replacing(ReadRule rule, int slot) {
            this.rule = rule;
            this.slot = slot;
        }

        @Override
        public @Nullable Object read(Row row) {
            String text = row.text(slot);
            Row.Kind kind = row.kind(slot);
            refuse(rule, kind);
            if (text == null || (text.isBlank() && kind == Row.Kind.TEXT)) {
                if (rule.otherwise() == null) {
                    if (rule.required()) {
                        throw rule.missing();
                    }
                    return null;
                }
                text = rule.otherwise();
                kind = Row.Kind.TEXT;
            } else if (!rule.table().isEmpty()) {
                String found = rule.table().get(text);
                if (found == null) {
                    throw new MappingException(rule.label() + " must be in the table "
                            + rule.table().keySet() + ": '" + text + "'");
                }
                text = found;
                kind = Row.Kind.TEXT;
            }
            try {
                return rule.conversion().convert(text, kind);
            } catch (IllegalArgumentException e) {
                throw rule.broken(e, text);
            }
        }
    }

    /** A list whose rows have a mapping of their own. */
    final class Nested implements ReadStep {

        private final ReadRule rule;
        private final int slot;
        private final RecordMapping<?> mapping;

        Nested(ReadRule rule, int slot, RecordMapping<?> mapping) {
            this.rule = rule;
            this.slot = slot;
            this.mapping = mapping;
        }

        RecordMapping<?> mapping() {
            return mapping;
        }

        @Override
        public @Nullable Object read(Row row) {
            return read(row, mapping::map);
        }

        @Nullable Object read(Row row, Function<Row, ?> map) {
            Row.Kind kind = row.kind(slot);
            if (kind != Row.Kind.LIST) {
                if (kind == Row.Kind.STRUCTURE) {
                    throw new MappingException(rule.label() + " must be a list of rows");
                }
                refuse(rule, kind);
                if (rule.required()) {
                    throw rule.missing();
                }
                return null;
            }
            List<Row> rows = row.rows(slot);
            var values = new ArrayList<@Nullable Object>(rows.size());
            List<String> faults = List.of();
            for (int at = 0; at < rows.size(); at++) {
                Row nested = rows.get(at);
                String unreadable = nested.fault();
                if (unreadable != null) {
                    faults = with(faults, place(at) + ": " + unreadable);
                    continue;
                }
                try {
                    values.add(map.apply(nested));
                } catch (MappingException e) {
                    for (String fault : e.faults()) {
                        faults = with(faults, place(at) + "." + fault);
                    }
                }
            }
            if (!faults.isEmpty()) {
                throw new MappingException(faults);
            }
            return values;
        }

        private String place(int at) {
            return rule.name() + "[" + at + "]";
        }

        private static List<String> with(List<String> faults, String fault) {
            List<String> more = faults.isEmpty() ? new ArrayList<>() : faults;
            more.add(fault);
            return more;
        }
    }

    private static void refuse(ReadRule rule, Row.Kind kind) {
        switch (kind) {
            case DOUBLE -> throw new MappingException(rule.label() + " is there twice");
            case STRUCTURE, LIST -> throw new MappingException(rule.label() + " must be a single value");
            case OUTSIDE -> throw new MappingException(rule.label() + " must be in an object");
            case ABSENT, NULL, TEXT, NUMBER, FLAG -> {}
        }
    }
}
