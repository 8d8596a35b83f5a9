package io.mlconnector.testkit.ifs;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What the business logic of a set demands of a row that a client writes. */
@FunctionalInterface
interface RowRule {

    /**
     * Lets the row pass, or refuses it.
     *
     * @param key of the row, whose earlier state does not count
     */
    void check(EntityStore store, EntityTable table, List<Object> key, Map<String, Object> values);

    static RowRule mandatory(List<String> names) {
        return (store, table, key, values) -> names.stream()
                .filter(name -> values.get(name) == null || values.get(name).equals(""))
                .findFirst()
                .ifPresent(name -> {
                    throw Refusal.database(
                            "20105",
                            table.definition().luname() + ".FND_FIELD_MANDATORY: Field [" + Column.databaseName(name)
                                    + "] is mandatory and requires a value.");
                });
    }

    static RowRule refersTo(String path, List<String> names) {
        return (store, table, key, values) -> {
            if (values.get(names.get(names.size() - 1)) == null) {
                return;
            }
            var referred = new ArrayList<Object>();
            names.forEach(name -> referred.add(String.valueOf(values.get(name))));
            EntityTable other =
                    store.at(path).orElseThrow(() -> new IllegalStateException("no set " + path + " is served"));
            boolean there = other.sorted(Ordering.NONE).stream()
                    .anyMatch(row ->
                            row.key().stream().map(String::valueOf).toList().equals(referred));
            if (!there) {
                String unit = other.definition().luname();
                throw Refusal.database(
                        "20111", unit + ".FND_RECORD_NOT_EXIST: The " + unit + " object does not exist.");
            }
        };
    }

    static RowRule unique(List<String> names) {
        return (store, table, key, values) -> {
            if (names.stream().anyMatch(name -> values.get(name) == null)) {
                return;
            }
            boolean taken = table.sorted(Ordering.NONE).stream()
                    .filter(row -> !row.key().equals(key))
                    .filter(row -> !"Cancelled".equals(row.row().value(Column.STATE.name())))
                    .anyMatch(row -> names.stream()
                            .allMatch(name -> Objects.equals(row.row().value(name), values.get(name))));
            if (taken) {
                String unit = table.definition().luname();
                throw Refusal.database("20112", unit + ".FND_RECORD_EXIST: The " + unit + " object already exists.");
            }
        };
    }

    static RowRule inOpenPeriod(String path, String dateColumn) {
        return (store, table, key, values) -> {
            Object company = values.get("Company");
            List<IfsRow> periods = store.at(path)
                    .map(found -> found.sorted(Ordering.NONE).stream()
                            .map(StoredRow::row)
                            .filter(row -> row.text("Company").equals(company))
                            .toList())
                    .orElse(List.of());
            if (!periods.isEmpty() && values.get(dateColumn) instanceof LocalDate day) {
                boolean open = periods.stream()
                        .anyMatch(period -> !day.isBefore(period.date("DateFrom"))
                                && !day.isAfter(period.date("DateUntil"))
                                && period.text("PeriodStatus").equals("Open"));
                if (!open) {
                    throw Refusal.database(
                            "20110",
                            table.definition().luname() + ".PERIODCLOSED: The accounting period of " + day
                                    + " is not open in company " + company + ".");
                }
            }
        };
    }
}
