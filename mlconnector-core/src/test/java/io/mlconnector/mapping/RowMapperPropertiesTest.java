package io.mlconnector.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlconnector.spi.MappingException;
import io.mlconnector.spi.Settings;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.jspecify.annotations.Nullable;

/** What a mapper remembers of the row before never shows in what it makes of a row. */
class RowMapperPropertiesTest {

    /** Few of them, and the same objects again and again. */
    private static final List<String> TEXTS = List.of("12.50", "2026-02-13", "DE", "7", " ", "no", "true");

    record Cell(int slot, Row.Kind kind, String text) {}

    record Drawn(List<Cell> head, List<List<Cell>> lines) {}

    record Thing(
            String id,
            @Nullable BigDecimal amount,
            @Nullable LocalDate due,
            String country,
            List<Thing> lines,
            Map<String, String> more) {}

    private static RecordMapping<Thing> mapping(@Nullable RecordMapping<Thing> lines) {
        Settings overrides = Settings.of(
                "mapping",
                Map.of(
                        "country", Map.of("default", "SE", "table", Map.of("DE", "DE", "7", "FI")),
                        "attributes.flag", Map.of("from", "Flag")));
        RecordMapping.Rules<Thing> rules = RecordMapping.named("test.things", overrides);
        Field<String> id = rules.required("id", "Id", Conversions.id());
        Field<BigDecimal> amount = rules.field("amount", "Amount", Conversions.decimal());
        Field<LocalDate> due = rules.field("due", "Due", Conversions.date());
        Field<String> country = rules.field("country", "Country", Conversions.country());
        Field<List<Thing>> nested = lines == null ? null : rules.list("lines", "Lines", lines);
        return rules.build(values -> new Thing(
                id.of(values),
                amount.orNull(values),
                due.orNull(values),
                country.of(values),
                nested == null ? List.of() : nested.or(values, List.of()),
                values.attributes().asMap()));
    }

    @Property
    void makesOfARowWhatItsMappingMakes(@ForAll("rows") List<Drawn> rows) {
        RecordMapping<Thing> lines = mapping(null);
        RecordMapping<Thing> mapping = mapping(lines);
        RowMapper<Thing> mapper = mapping.mapper();
        var heads = new RowBuilder(mapping.layout());
        var nested = new RowBuilder(lines.layout());

        for (Drawn drawn : rows) {
            drawn.head().forEach(cell -> heads.put(cell.slot(), cell.kind(), cell.text()));
            for (List<Cell> line : drawn.lines()) {
                line.forEach(cell -> nested.put(cell.slot(), cell.kind(), cell.text()));
                heads.append(mapping.layout().slot("Lines"), nested.build());
            }
            Row row = heads.build();

            assertThat(made(mapper::map, row)).isEqualTo(made(mapping::map, row));
        }
    }

    /** The record, or what is wrong with the row. */
    private static Object made(Function<Row, Thing> map, Row row) {
        try {
            return map.apply(row);
        } catch (MappingException e) {
            return e.faults();
        }
    }

    @Provide
    Arbitrary<List<Drawn>> rows() {
        Arbitrary<Cell> cells = Combinators.combine(
                        Arbitraries.integers().between(0, 3),
                        Arbitraries.frequency(
                                Tuple.of(8, Row.Kind.TEXT),
                                Tuple.of(1, Row.Kind.NUMBER),
                                Tuple.of(1, Row.Kind.STRUCTURE)),
                        Arbitraries.of(TEXTS))
                .as(Cell::new);
        Arbitrary<List<Cell>> slots = cells.list().ofMaxSize(5);
        return Combinators.combine(slots, slots.list().ofMaxSize(3))
                .as(Drawn::new)
                .list()
                .ofMaxSize(12);
    }
}
