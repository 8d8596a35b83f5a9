package io.mlconnector.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlconnector.spi.MappingException;
import io.mlconnector.spi.Settings;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JsonPageTest {

    private static final RowLayout LINE = RowLayout.of(List.of("No", "Tax/Code"));
    private static final RowLayout LAYOUT =
            RowLayout.of(List.of("Id", "Address/City", "Address/Country"), Map.of("Lines", LINE));

    private static JsonPage page(String json) {
        return page(json, JsonShape.of("value", "@odata.nextLink", "@odata.count"));
    }

    private static JsonPage page(String json, JsonShape shape) {
        return JsonPage.read(json.getBytes(StandardCharsets.UTF_8), shape, LAYOUT);
    }

    @Test
    void picksTheEnvelopeWhereverItStands() {
        JsonPage page = page("""
                {"@odata.count": 2, "noise": [{"value": 1}], "value": [{"Id": 1}], "@odata.nextLink": "n?1"}""");

        assertThat(page.envelope("@odata.count")).contains("2");
        assertThat(page.envelope("@odata.nextLink")).contains("n?1");
        assertThat(page.rows()).hasSize(1);
        assertThatThrownBy(() -> page.envelope("other")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void readsAListInsideOfAnObject() {
        JsonPage page = page(
                "{\"data\": {\"more\": null, \"items\": [{\"Id\": \"a\"}], \"next\": \"p2\"}}",
                JsonShape.of("data/items", "data/next", "data/more"));

        assertThat(page.rows()).extracting(row -> row.text("Id")).containsExactly("a");
        assertThat(page.envelope("data/next")).contains("p2");
        assertThat(page.envelope("data/more")).isEmpty();
        assertThatThrownBy(() -> page("{\"data\": 5}", JsonShape.of("data/items")))
                .hasMessage("'data/items' must be one list");
    }

    @Test
    void joinsTheListsOfAListOfAnswers() {
        JsonPage page = page("""
                {"results": [{"transaction": "LstA", "records": [{"Id": 1}]}, {"records": [{"Id": 2}, {"Id": "\\q"}]},
                 {"errorMessage": "no such id  "}], "wasTerminated": false}""", JsonShape.of("results/records", "results/errorMessage", "wasTerminated"));

        assertThat(page.rows()).extracting(row -> text(row, "Id")).containsExactly("1", "2", null);
        assertThat(page.rows().get(2).fault()).contains("Unrecognized character escape");
        assertThat(page.envelope("results/errorMessage")).contains("no such id  ");
        assertThat(page.envelope("wasTerminated")).contains("false");
    }

    @Test
    void readsNestedLines() {
        Row row = page("""
                {"value": [{"Lines": [{"No": 1, "Tax": {"Code": "S"}}, {"No": "2", "x": [[]]}], "Id": 7}]}""").rows().get(0);

        List<Row> lines = row.rows(LAYOUT.slot("Lines"));
        assertThat(lines).extracting(line -> line.text("No")).containsExactly("1", "2");
        assertThat(lines).extracting(line -> line.text("Tax/Code")).containsExactly("S", null);
        assertThat(row.text("Id")).isEqualTo("7");
    }

    @Test
    void readsRowsThatAreListsOfPairs() {
        RowLayout layout = RowLayout.of(List.of("CUNO", "CUNM", "STAT"));
        String body = """
                {"Program": "CRS610MI", "Metadata": {"Field": [{"@name": "CUNO"}]}, "MIRecord": [
                  {"RowIndex": "0", "NameValue": [
                    {"Name": "CUNO", "Value": "C0001001  "}, {"Value": "  Berg AB ", "Name": "CUNM"},
                    {"Name": "XYZ", "Value": "1"}, {"Name": "STAT", "Value": null}]},
                  {"NameValue": [{"Name": "CUNO", "Value": "C2"}, {"Name": "CUNO", "Value": "C3"}], "RowIndex": "1"},
                  {"NameValue": [5]}]}""";

        List<Row> rows = JsonPage.read(
                        body.getBytes(StandardCharsets.UTF_8),
                        JsonShape.of("MIRecord", "Program")
                                .withPairs(new JsonShape.Pairs("NameValue", "Name", "Value")),
                        layout)
                .rows();

        assertThat(rows.get(0).text("CUNO")).isEqualTo("C0001001");
        assertThat(rows.get(0).text("CUNM")).isEqualTo("  Berg AB");
        assertThat(rows.get(0).kind(layout.slot("STAT"))).isEqualTo(Row.Kind.NULL);
        assertThat(rows.get(1).kind(layout.slot("CUNO"))).isEqualTo(Row.Kind.DOUBLE);
        assertThat(rows.get(2).fault()).isEqualTo("'NameValue' must be a list of objects with Name and Value");
    }

    @Test
    void namesThePathOfWhatHasTheWrongTypeOrIsThereTwice() {
        RecordMapping<String> line = lineMapping();
        RecordMapping.Rules<String> rules = RecordMapping.named("test", Settings.of("mapping", Map.of()));
        Field<String> city = rules.field("city", "Address/City", Conversions.text());
        Field<List<String>> lines = rules.list("lines", "Lines", line);
        RecordMapping<String> mapping = rules.build(
                values -> city.or(values, "-") + lines.or(values, List.of()).size());

        assertThat(faults(mapping, "{\"Address\": [\"Rome\"]}"))
                .containsExactly("city (Address/City) must be in an object");
        assertThat(faults(mapping, "{\"Address\": {\"City\": \"a\"}, \"Address\": {\"City\": \"b\"}}"))
                .containsExactly("city (Address/City) is there twice");
        assertThat(faults(mapping, "{\"Lines\": {\"No\": 1}}")).containsExactly("lines (Lines) must be a list of rows");
        assertThat(faults(mapping, "{\"Lines\": [], \"Lines\": []}")).containsExactly("lines (Lines) is there twice");
        assertThat(faults(mapping, "{\"Lines\": [{\"No\": 1}, {\"No\": \"x\"}, {}, 4]}"))
                .containsExactly(
                        "lines[1].number (No) must be a number: 'x'",
                        "lines[2].number (No) is missing",
                        "lines[3]: a row must be a JSON object");
        assertThat(mapping.map(page("{\"value\": [{\"Address\": null, \"Lines\": null}]}")
                        .rows()
                        .get(0)))
                .isEqualTo("-0");
        assertThat(mapping.describe()).contains("| `lines.number` | `Lines/No` | decimal, required |");
        assertThat(mapping.lineage().rules().get("lines")).contains("lines.number <- No, decimal, required");
        assertThat(mapping.layout().paths()).containsExactly("Address/City", "Lines");
    }

    private static RecordMapping<String> lineMapping() {
        RecordMapping.Rules<String> rules = RecordMapping.named("test.lines", Settings.of("mapping", Map.of()));
        Field<BigDecimal> number = rules.required("number", "No", Conversions.decimal());
        return rules.build(values -> number.of(values).toPlainString());
    }

    private static List<String> faults(RecordMapping<?> mapping, String row) {
        Row read = JsonPage.readRow(row.getBytes(StandardCharsets.UTF_8), mapping.layout());
        try {
            mapping.map(read);
            return List.of();
        } catch (MappingException e) {
            return e.faults();
        }
    }

    @Test
    void aBadRowDoesNotSpoilThePage() {
        String endless = "9".repeat(300);
        String deep = "[".repeat(100) + "]".repeat(100);
        JsonPage page = page("{\"value\": [{\"Id\": 1}, {\"Id\": \"a\\qb\"}, {\"Id\": 2}, {\"Id\": " + endless
                + "}, 5, {\"Id\": " + deep
                + "}, null, {\"Lines\": [{\"No\": 01}, {\"No\": 2}]}, {\"Id\": 3}], \"@odata.count\": 9}");

        assertThat(page.rows())
                .extracting(row -> text(row, "Id"))
                .containsExactly("1", null, "2", null, null, null, null, null, "3");
        assertThat(page.rows().get(1).fault()).startsWith("is not valid JSON: Unrecognized character escape");
        assertThat(page.rows().get(1).raw()).isEqualTo("{\"Id\": \"a\\qb\"}");
        assertThat(page.rows().get(3).fault()).contains("Number value length (300) exceeds the maximum allowed (200");
        assertThat(page.rows().get(4).fault()).isEqualTo("a row must be a JSON object");
        assertThat(page.rows().get(4).raw()).isEqualTo("5");
        assertThat(page.rows().get(5).fault()).contains("nesting depth (65) exceeds the maximum allowed (64");
        assertThat(page.rows().get(6).raw()).isEqualTo("null");
        assertThat(page.rows().get(7).fault()).contains("Leading zeroes");
        assertThat(page.rows().get(7).raw()).isEqualTo("{\"Lines\": [{\"No\": 01}, {\"No\": 2}]}");
        assertThat(page.envelope("@odata.count")).contains("9");
        assertThatThrownBy(() -> lineMapping().map(page.rows().get(1)))
                .isInstanceOf(MappingException.class)
                .hasMessageContaining("is not valid JSON");
    }

    private static @Nullable String text(Row row, String path) {
        return row.text(path);
    }

    @Test
    void refusesAPageThatBreaksOutsideOfItsRows() {
        assertThatThrownBy(() -> page("{\"value\": [{\"Id\": 1}, {\"Id\": 2"))
                .isInstanceOf(MalformedPageException.class)
                .hasMessageContaining("Unexpected end-of-input");
        assertThatThrownBy(() -> page("{\"value\": [{\"Id\": 1} {\"Id\": 2}]}"))
                .isInstanceOf(MalformedPageException.class)
                .hasMessageContaining("is not valid JSON");
        assertThatThrownBy(() -> page("{\"value\": [{\"Id\": 1}]")).isInstanceOf(MalformedPageException.class);
        assertThatThrownBy(() -> page("{\"value\": [], \"value\": []}")).hasMessage("'value' must be one list");
        assertThatThrownBy(() -> page("{\"value\": null}")).hasMessage("'value' must be one list");
        assertThatThrownBy(() -> page("{\"value\": []} x")).isInstanceOf(MalformedPageException.class);
        assertThatThrownBy(() -> page("{\"value\": [" + "{\"Id\": \\},".repeat(101) + "{}]}"))
                .isInstanceOf(MalformedPageException.class);
    }

    @Test
    void readsPastAByteOrderMark() {
        assertThat(page("\uFEFF{\"value\": [{\"Id\": \"ü\"}]}").rows())
                .extracting(Row::raw)
                .containsExactly("{\"Id\": \"ü\"}");
    }

    @Test
    void keepsOneTextForValuesThatRepeat() {
        List<Row> rows = page("{\"value\": [{\"Id\": \"EUR\"}, {\"Id\": \"SEK\"}, {\"Id\": \"EUR\"}]}")
                .rows();

        assertThat(rows.get(2).text("Id")).isSameAs(rows.get(0).text("Id")).isEqualTo("EUR");
        assertThat(rows.get(1).text("Id")).isEqualTo("SEK");
    }

    @Test
    void rowsOfOtherFormatsFillTheSameSlots() {
        RowBuilder builder = new RowBuilder(LAYOUT);
        RowBuilder lines = new RowBuilder(LINE);
        RowLayout.Level address = LAYOUT.root().child("Address");

        // elements of XML, as they come: a path is walked level by level, unknown names lead nowhere
        assertThat(address).isNotNull();
        RowLayout.Level city = address.child("City");
        assertThat(city).isNotNull();
        assertThat(address.child("Street")).isNull();
        builder.put(city.slot(), Row.Kind.TEXT, "Köln").beginList(LAYOUT.slot("Lines"));
        builder.append(
                LAYOUT.slot("Lines"),
                lines.put(LINE.slot("No"), Row.Kind.TEXT, "1").build());
        Row first = builder.raw("<Order>Köln</Order>").build();
        Row second = builder.put(LAYOUT.slot("Id"), Row.Kind.TEXT, "2").build();

        assertThat(first.text("Address/City")).isEqualTo("Köln");
        assertThat(first.raw()).isEqualTo("<Order>Köln</Order>");
        assertThat(first.rows(LAYOUT.slot("Lines")))
                .extracting(line -> line.text("No"))
                .containsExactly("1");
        assertThat(second.text("Address/City")).isNull();
        assertThat(second.raw())
                .isEqualTo("{\"Id\":\"2\",\"Address/City\":null,\"Address/Country\":null,\"Lines\":null}");
        // a line of CSV, whose columns are in the order of the layout
        assertThat(Row.ofTexts(LINE, new String[] {"9", null}).text("No")).isEqualTo("9");
    }
}
