package io.mlconnector.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlconnector.spi.MappingException;
import io.mlconnector.spi.Settings;
import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.junit.jupiter.api.Test;

/** One mapping reads the same record out of JSON, XML and CSV. */
class TextRowsTest {

    private record Line(String id, BigDecimal amount) {}

    private record Bill(String number, LocalDate dueOn, String city, boolean held, List<Line> lines) {}

    private static final Bill BILL = new Bill(
            "B-1",
            LocalDate.of(2026, 1, 31),
            "Köln & Bonn",
            true,
            List.of(new Line("1", new BigDecimal("10.50")), new Line("2", new BigDecimal("-3"))));

    private static RecordMapping<Line> lines() {
        RecordMapping.Rules<Line> rules = RecordMapping.named("test.lines", Settings.of("mapping", Map.of()));
        Field<String> id = rules.required("id", "@no", Conversions.id());
        Field<BigDecimal> amount = rules.required("amount", "Amount", Conversions.decimal());
        return rules.build(values -> new Line(id.of(values), amount.of(values)));
    }

    private static RecordMapping<Bill> bills() {
        RecordMapping.Rules<Bill> rules = RecordMapping.named("test.bills", Settings.of("mapping", Map.of()));
        Field<String> number = rules.required("number", "Number", Conversions.id());
        Field<LocalDate> dueOn = rules.required("dueOn", "DueDate", Conversions.date());
        Field<String> city = rules.required("city", "Address/City", Conversions.text());
        Field<Boolean> held = rules.required("held", "Held", Conversions.flag());
        Field<List<Line>> lines = rules.list("lines", "Lines/Line", lines());
        return rules.build(values ->
                new Bill(number.of(values), dueOn.of(values), city.of(values), held.of(values), lines.of(values)));
    }

    private static final RecordMapping<Bill> BILLS = bills();

    private static XMLStreamReader open(String xml) throws XMLStreamException {
        XMLStreamReader reader = XmlRow.open(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
        while (reader.next() != XMLStreamConstants.START_ELEMENT) {
            assertThat(reader.getEventType()).isNotEqualTo(XMLStreamConstants.END_DOCUMENT);
        }
        return reader;
    }

    private static Row xml(String xml) throws XMLStreamException {
        return XmlRow.read(open(xml), BILLS.layout());
    }

    @Test
    void readsTheSameRecordFromJsonAndXml() throws XMLStreamException {
        String json = """
                {"Number": "B-1", "DueDate": "2026-01-31", "Address": {"Street": "x", "City": "Köln & Bonn"}, "Held": true,
                 "Lines": {"Line": [{"@no": 1, "Amount": 10.50}, {"@no": 2, "Amount": -3}]}}""";
        String xml = """
                <s:Bill xmlns:s="urn:bills" version="1">
                  <s:Number>B-1</s:Number><DueDate>2026-01-31</DueDate><Noise><Number>B-2</Number></Noise>
                  <Address><Street>x</Street><City><![CDATA[Köln]]> &amp;<!-- and --> Bonn</City></Address>
                  <Held>true</Held>
                  <Lines><Line no="1"><Amount>10.50</Amount></Line><Line no="2"><Amount>-3</Amount></Line></Lines>
                </s:Bill>""";

        assertThat(BILLS.map(JsonPage.readRow(json.getBytes(StandardCharsets.UTF_8), BILLS.layout())))
                .isEqualTo(BILL);
        assertThat(BILLS.map(xml(xml))).isEqualTo(BILL);
    }

    @Test
    void readsARecordFromTheLinesOfATable() {
        List<String> header = List.of("line", "Held", "unknown", "Number", "Address/City", "amount", "DueDate");
        RowLayout layout = BILLS.layout();
        Columns bills = Columns.of(header, layout);
        List<List<String>> table = List.of(
                List.of("1", "true", "?", "B-1", "Köln & Bonn", "10.50", "2026-01-31"),
                List.of("2", "true", "?", "B-1", "Köln & Bonn", "-3", "2026-01-31"));
        var lines = new RowBuilder(lines().layout());

        Row first = bills.row(table.get(0));
        var builder = new RowBuilder(layout);
        for (String path : layout.paths()) {
            if (!path.equals("Lines/Line")) {
                builder.put(layout.slot(path), first.text(path));
            }
        }
        for (List<String> line : table) {
            lines.put(0, line.get(0)).put(1, line.get(5));
            builder.append(layout.slot("Lines/Line"), lines.build());
        }

        assertThat(bills.missing()).containsExactly("Lines/Line");
        assertThat(BILLS.map(builder.build())).isEqualTo(BILL);
    }

    @Test
    void anEmptyFieldOfATableHasNoValue() {
        Columns columns = Columns.of(List.of("Number", "DueDate"), BILLS.layout());

        Row row = columns.row(List.of("", "2026-01-31"));

        assertThat(row.kind(BILLS.layout().slot("Number"))).isEqualTo(Row.Kind.NULL);
        assertThatThrownBy(() -> BILLS.map(row)).hasMessageContaining("number (Number) is missing");
    }

    @Test
    void refusesALineOfATableThatIsTooShort() {
        Columns columns = Columns.of(List.of("Number", "DueDate"), BILLS.layout());

        assertThatThrownBy(() -> BILLS.map(columns.row(List.of("B-1"))))
                .isInstanceOf(MappingException.class)
                .hasMessage("has 1 fields, and the header 2");
    }

    @Test
    void refusesAHeaderWithAColumnTwice() {
        assertThatThrownBy(() -> Columns.of(List.of("Number", "x", "x", "Number"), BILLS.layout()))
                .isInstanceOf(MalformedPageException.class)
                .hasMessageContaining("the header has the column 'Number' twice");
    }

    @Test
    void namesTheFieldsOfAnElementThatBreakTheirRules() throws XMLStreamException {
        Row row = xml("""
                <Bill><Number>B-1</Number><Number>B-2</Number><DueDate><Day>1</Day></DueDate><Address>Köln</Address>
                  <Held> </Held><Lines><Line><Amount>1</Amount></Line></Lines></Bill>""");

        assertThatThrownBy(() -> BILLS.map(row))
                .hasMessageContaining("number (Number) is there twice")
                .hasMessageContaining("dueOn (DueDate) must be a single value")
                .hasMessageContaining("city (Address/City) must be in an object")
                .hasMessageContaining("held (Held) is missing")
                .hasMessageContaining("lines[0].id (@no) is missing");
    }

    @Test
    void keepsAnEmptyListApartFromOneThatIsMissing() throws XMLStreamException {
        int lines = BILLS.layout().slot("Lines/Line");

        assertThat(xml("<Bill><Lines/></Bill>").kind(lines)).isEqualTo(Row.Kind.LIST);
        assertThat(xml("<Bill/>").kind(lines)).isEqualTo(Row.Kind.ABSENT);
    }

    @Test
    void standsAtTheEndOfTheElementAfterwards() throws XMLStreamException {
        XMLStreamReader reader = open("<Bills><Bill><Number>1</Number></Bill><Bill><Number>2</Number></Bill></Bills>");

        reader.nextTag();
        assertThat(XmlRow.read(reader, BILLS.layout()).text("Number")).isEqualTo("1");
        assertThat(reader.getEventType()).isEqualTo(XMLStreamConstants.END_ELEMENT);
        reader.nextTag();
        assertThat(XmlRow.read(reader, BILLS.layout()).text("Number")).isEqualTo("2");
    }

    @Test
    void loadsNothingThatADocumentTypeNames() {
        String xml = """
                <!DOCTYPE Bill [<!ENTITY secret SYSTEM "file:///etc/hostname">]><Bill><Number>&secret;</Number></Bill>""";

        assertThatThrownBy(() -> xml(xml))
                .isInstanceOf(XMLStreamException.class)
                .hasMessageContaining("\"secret\" was referenced, but not declared");
    }

    @Test
    void refusesATextThatDoesNotEnd() throws XMLStreamException {
        Row row = xml("<Bill><Number>" + "9".repeat((4 << 20) + 1) + "</Number></Bill>");

        assertThatThrownBy(() -> BILLS.map(row)).hasMessage("the text of <Number> is longer than 4194304 characters");
    }
}
