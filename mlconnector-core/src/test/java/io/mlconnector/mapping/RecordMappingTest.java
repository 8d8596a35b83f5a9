package io.mlconnector.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlconnector.model.Customer;
import io.mlconnector.model.RecordKey;
import io.mlconnector.spi.ConfigurationException;
import io.mlconnector.spi.MappingException;
import io.mlconnector.spi.Settings;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RecordMappingTest {

    record Thing(
            String id,
            @Nullable BigDecimal amount,
            @Nullable LocalDate due,
            @Nullable String country,
            Map<String, String> more) {}

    private static RecordMapping<Thing> mapping(Settings overrides) {
        RecordMapping.Rules<Thing> rules = RecordMapping.named("test.things", overrides);
        Field<String> id = rules.required("id", "Id", Conversions.id());
        Field<BigDecimal> amount = rules.field("amount", "Amount", Conversions.decimal());
        Field<LocalDate> due = rules.field("dueOn", "Due", Conversions.date());
        Field<String> country = rules.field("address.country", "Address/Country", Conversions.country());
        return rules.alsoRead("Etag")
                .build(values -> new Thing(
                        id.of(values),
                        amount.orNull(values),
                        due.orNull(values),
                        country.orNull(values),
                        values.attributes().asMap()));
    }

    private static RecordMapping<Thing> mapping() {
        return mapping(Settings.of("mapping", Map.of()));
    }

    private static JsonPage page(String json, RowLayout layout) {
        return JsonPage.read(json.getBytes(StandardCharsets.UTF_8), JsonShape.of("value", "@odata.nextLink"), layout);
    }

    @Test
    void readsOnlyTheFieldsOfTheRulesOutOfAPage() {
        RecordMapping<Thing> mapping = mapping();

        JsonPage page = page("""
                {"@odata.nextLink": "x?y", "value": [
                  {"Id": 7, "Noise": {"deep": [1, 2, {"x": null}]}, "Amount": 12.50, "Due": "2026-02-13",
                   "Address": {"City": "Köln", "Country": "DE"}, "Etag": "W/1"},
                  {"Id": "8", "Amount": "1E+3", "Due": null}
                ], "count": 2}""", mapping.layout());

        assertThat(page.envelope("@odata.nextLink")).contains("x?y");
        assertThat(page.rows().get(0).text("Etag")).isEqualTo("W/1");
        assertThat(page.rows().stream().map(mapping::map))
                .containsExactly(
                        new Thing("7", new BigDecimal("12.50"), LocalDate.of(2026, 2, 13), "DE", Map.of()),
                        new Thing("8", new BigDecimal("1E+3"), null, null, Map.of()));
    }

    @Test
    void keepsTheRawRowForAPersonToLookAt() {
        JsonPage page = page(
                "{\"value\":[ {\"Id\":1,\"Umlaut\":\"ü\"} , {\"Id\":2}]}",
                mapping().layout());

        assertThat(page.rows()).extracting(Row::raw).containsExactly("{\"Id\":1,\"Umlaut\":\"ü\"}", "{\"Id\":2}");
    }

    @Test
    void namesEveryFieldThatBreaksItsRule() {
        RecordMapping<Thing> mapping = mapping();
        Row row = page(
                        "{\"value\":[{\"Amount\":\"12,50\",\"Due\":\"3026-01-01\",\"Address\":{\"Country\":\"Germany\"}}]}",
                        mapping.layout())
                .rows()
                .get(0);

        assertThatThrownBy(() -> mapping.map(row))
                .isInstanceOfSatisfying(
                        MappingException.class,
                        fault -> assertThat(fault.faults())
                                .containsExactly(
                                        "id (Id) is missing",
                                        "amount (Amount) must be a number: '12,50'",
                                        "dueOn (Due) must lie between 1900 and 2199: '3026-01-01'",
                                        "address.country (Address/Country) must be an ISO 3166 code of two letters: 'Germany'"));
    }

    @Test
    void refusesWrongTypesAndDoubleFields() {
        RecordMapping<Thing> mapping = mapping();
        List<Row> rows = page(
                        "{\"value\":[{\"Id\":[1]},{\"Id\":1,\"Id\":2},{\"Id\":true},{\"Id\":1,\"Due\":5}]}",
                        mapping.layout())
                .rows();

        assertThatThrownBy(() -> mapping.map(rows.get(0))).hasMessage("id (Id) must be a single value");
        assertThatThrownBy(() -> mapping.map(rows.get(1))).hasMessage("id (Id) is there twice");
        assertThatThrownBy(() -> mapping.map(rows.get(2))).hasMessage("id (Id) must be a text or a number: 'true'");
        assertThatThrownBy(() -> mapping.map(rows.get(3)))
                .hasMessage("dueOn (Due) must be a date such as 2026-01-31: '5'");
    }

    @Test
    void refusesAPageThatWasCutOff() {
        RowLayout layout = mapping().layout();

        assertThatThrownBy(() -> page("{\"value\":[{\"Id\":1},{\"Id\"", layout))
                .isInstanceOf(MalformedPageException.class);
        assertThatThrownBy(() -> page("<html>", layout)).isInstanceOf(MalformedPageException.class);
        assertThatThrownBy(() -> page("{\"error\":{}}", layout)).hasMessage("the list 'value' is missing");
        assertThat(page("{\"value\":[1]}", layout).rows().get(0).fault()).isEqualTo("a row must be a JSON object");
        assertThatThrownBy(() -> page("{\"other\":" + "[".repeat(200) + "]".repeat(200) + "}", layout))
                .isInstanceOf(MalformedPageException.class);
    }

    @Test
    void followsTheOverridesOfAUser() {
        Settings overrides = Settings.of(
                "mapping",
                Map.of(
                        "amount", Map.of("from", "Cf_Amount"),
                        "address.country", Map.of("table", Map.of("Germany", "DE"), "default", "SE"),
                        "attributes.region", Map.of("from", "Cf_Region")));
        RecordMapping<Thing> mapping = mapping(overrides);
        overrides.check();

        List<Row> rows = page(
                        "{\"value\":[{\"Id\":1,\"Cf_Amount\":5,\"Amount\":9,\"Cf_Region\":\"north\",\"Address\":{\"Country\":\"Germany\"}},{\"Id\":2}]}",
                        mapping.layout())
                .rows();

        assertThat(mapping.map(rows.get(0)))
                .isEqualTo(new Thing("1", new BigDecimal(5), null, "DE", Map.of("region", "north")));
        assertThat(mapping.map(rows.get(1)).country()).isEqualTo("SE");
        assertThat(mapping.layout().paths())
                .containsExactly("Id", "Cf_Amount", "Due", "Address/Country", "Cf_Region", "Etag");
        assertThat(mapping.lineage().fingerprint())
                .isNotEqualTo(mapping().lineage().fingerprint());
        assertThat(mapping.lineage().rules()).containsEntry("amount", "amount <- Cf_Amount, decimal");
    }

    @Test
    void refusesAnOverrideOfAFieldThatTheMappingDoesNotHave() {
        Settings overrides = Settings.of("mapping", Map.of("amuont", Map.of("from", "X")));
        mapping(overrides);

        assertThatThrownBy(overrides::check)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("mapping.amuont is no field of the mapping test.things; known: id, amount");
    }

    @Test
    void describesItselfAsATable() {
        assertThat(mapping().describe())
                .contains("| canonical field | wire field | conversion |")
                .contains("| `id` | `Id` | id, required |");
    }

    @Test
    void anUpdateRendersTheRulesOfTheChangedFieldsAlone() {
        WriteMapping<Customer> mapping = WriteMapping.<Customer>named("test.out", Settings.of("mapping", Map.of()))
                .rule("name", "name", Customer::name)
                .rule("email", "email", Customer::email)
                .rule("phone", "phone", Customer::phone)
                .build();
        Customer customer = Customer.builder()
                .key(new RecordKey("a", "b", "c"))
                .number("1")
                .name("Müller")
                .phone("5")
                .build();

        assertThat(mapping.render(customer)).isEqualTo(new LinkedHashMap<>(Map.of("name", "Müller", "phone", "5")));
        assertThat(mapping.renderChanges(customer, java.util.Set.of("email", "name")))
                .isEqualTo(Map.of("name", "Müller", "email", ""));
        assertThat(mapping.lineage().rules()).containsEntry("name", "name <- name");
    }
}
