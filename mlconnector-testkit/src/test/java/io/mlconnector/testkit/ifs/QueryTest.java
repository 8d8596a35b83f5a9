package io.mlconnector.testkit.ifs;

import static io.mlconnector.testkit.ifs.SandboxClient.CUSTOMERS;
import static io.mlconnector.testkit.ifs.SandboxClient.VOUCHERS;
import static io.mlconnector.testkit.ifs.SandboxClient.encode;
import static io.mlconnector.testkit.ifs.SandboxClient.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryTest {

    private final IfsSandbox sandbox =
            IfsSandbox.builder().clock(new SettableClock()).start();
    private final SandboxClient client = new SandboxClient(sandbox);

    @BeforeEach
    void fill() {
        customer("1", "Nordlys Maskin AB", "SE", "2026-01-15T09:30:12Z");
        customer("O'B/7", "O'Brien & Søn 50% / Ltd", "GB", "2026-01-15T09:30:12Z");
        customer("3", "Müller + Söhne", "DE", "2026-01-14T08:00:00Z");
        sandbox.put("CustomerSet", Map.of("CustomerId", "4", "Name", "Ohne Land"));
        sandbox.put(
                "VoucherSet",
                Map.of(
                        "Company", "10",
                        "VoucherType", "F",
                        "AccountingYear", 2026,
                        "VoucherNo", 2026000123L,
                        "VoucherDate", "2026-01-14",
                        "NetCurrAmount", "3099.99",
                        "Objstate", "Approved"));
    }

    @AfterEach
    void stop() {
        sandbox.close();
    }

    private void customer(String id, String name, String country, String modified) {
        sandbox.put(
                "CustomerSet",
                Map.of("CustomerId", id, "Name", name, "Country", country, "LastModificationTime", modified));
    }

    private static List<String> ids(HttpResponse<String> response) {
        List<String> ids = new ArrayList<>();
        json(response)
                .path("value")
                .forEach(row -> ids.add(row.path("CustomerId").asText()));
        return ids;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            CustomerId eq 'O''B/7'                                                    | O'B/7
            Country ne 'SE'                                                           | O'B/7,3,4
            Country eq null                                                           | 4
            Country ne null and not (Country eq 'GB')                                 | 1,3
            Country gt 'A'                                                            | 1,O'B/7,3
            Country eq 'SE' or Country eq 'DE' and Name eq 'x'                        | 1
            (Country eq 'SE' or Country eq 'DE') and startswith(Name,'M')             | 3
            contains(tolower(Name),'søn')                                             | O'B/7
            endswith(toupper(Name),'SÖHNE')                                           | 3
            LastModificationTime ge 2026-01-15T09:30:12Z                              | 1,O'B/7,4
            LastModificationTime eq 2026-01-15T10:30:12+01:00                         | 1,O'B/7,4
            LastModificationTime lt 2026-01-15T09:30:12Z                              | 3
            LastModificationTime gt 2026-01-14T08:00:00Z or (LastModificationTime eq 2026-01-14T08:00:00Z and CustomerId gt '2') | 1,O'B/7,3,4
            """)
    void filters(String filter, String expected) {
        HttpResponse<String> response = client.query(CUSTOMERS, "$filter", filter, "$top", "10");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(String.join(",", ids(response))).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CustomerId eq 1",
                "Name eq true",
                "LastModificationTime ge 2026-01-15",
                "LastModificationTime ge '2026-01-15T09:30:12Z'",
                "Surname eq 'x'",
                "name eq 'x'",
                "Country in ('SE','DE')",
                "Name eq 'x",
                "Name eq'x'",
                "Name like 'x'",
                "(Name eq 'x'",
                "Name",
                "not Name eq 'x'",
                "contains(Name)",
                "nosuch(Name,'x')",
                "startswith(LastModificationTime,'2')",
                "LastModificationTime eq 2026-13-15T09:30:12Z",
                "",
            })
    void refusesAFilterThatIsWrong(String filter) {
        HttpResponse<String> response = client.query(CUSTOMERS, "$filter", filter);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(json(response).path("error").path("message").asText()).isNotEmpty();
    }

    @Test
    void namesBothTypesOfAClash() {
        HttpResponse<String> response = client.query(VOUCHERS, "$filter", "VoucherNo eq '2026000123'");

        assertThat(json(response).path("error").path("message").asText())
                .isEqualTo("The types 'Edm.Int64' and 'Edm.String' are not compatible.");
        assertThat(json(response).path("error").path("code").isNull()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "NetCurrAmount eq 3099.99 and VoucherNo gt 5",
                "VoucherDate eq 2026-01-14 and AccountingYear eq 2026",
                "Objstate eq 'Approved'"
            })
    void comparesNumbersDatesAndTheState(String filter) {
        HttpResponse<String> response = client.query(VOUCHERS, "$filter", filter);

        assertThat(json(response).path("value")).hasSize(1);
    }

    @Test
    void refusesARawPlusInAQuery() {
        assertThat(client.get(CUSTOMERS + "?$filter=Country+eq+null").statusCode())
                .isEqualTo(400);
    }

    @Test
    void ordersBySeveralColumnsWithNullsLast() {
        assertThat(ids(client.query(CUSTOMERS, "$orderby", "LastModificationTime desc,CustomerId", "$top", "9")))
                .containsExactly("1", "4", "O'B/7", "3");
        assertThat(ids(client.query(CUSTOMERS, "$orderby", "Country asc")))
                .last()
                .isEqualTo("4");
        assertThat(ids(client.query(CUSTOMERS, "$orderby", "Country desc")))
                .first()
                .isEqualTo("4");
    }

    @Test
    void selectsColumnsAndAlwaysShowsTheKeyAndTheEtag() {
        JsonNode row = json(client.query(CUSTOMERS, "$select", "Name", "$top", "1"))
                .path("value")
                .path(0);

        assertThat(row.fieldNames()).toIterable().containsExactly("@odata.etag", "CustomerId", "Name");
    }

    @Test
    void skipsAndCounts() {
        HttpResponse<String> response =
                client.query(CUSTOMERS, "$orderby", "CustomerId", "$skip", "1", "$top", "2", "$count", "true");

        assertThat(ids(response)).containsExactly("3", "4");
        assertThat(json(response).path("@odata.count").asInt()).isEqualTo(4);
    }

    @ParameterizedTest
    @CsvSource({
        "$expand=Addresses,501",
        "$apply=x,501",
        "$nonsense=1,400",
        "$Top=1,400",
        "$top=-1,400",
        "$top=ten,400",
        "$count=yes,400",
        "$select=Surname,400",
        "$orderby=Surname,400",
        "$orderby=Name downwards,400",
        "$filter=length(Name) gt 3,501",
        "custom=1,200",
        "$format=json,200"
    })
    void knowsItsQueryOptions(String option, int status) {
        String[] parts = option.split("=", 2);

        HttpResponse<String> response = client.get(CUSTOMERS + "?" + parts[0] + "=" + encode(parts[1]));

        assertThat(response.statusCode()).isEqualTo(status);
    }

    @Test
    void showsARowInTheShapeOfTheProduct() {
        JsonNode row = json(client.get(CUSTOMERS + "(CustomerId='O''B%2F7')"));

        assertThat(row.path("@odata.context").asText()).endsWith("CustomerHandling.svc/$metadata#CustomerSet/$entity");
        assertThat(row.path("luname").asText()).isEqualTo("CustomerInfo");
        assertThat(row.path("keyref").asText()).isEqualTo("CUSTOMER_ID=O'B/7^");
        assertThat(row.get("Objgrants").isNull()).isTrue();
        assertThat(row.get("VatNo").isNull()).isTrue();
        assertThat(row.path("LastModificationTime").asText()).isEqualTo("2026-01-15T09:30:12Z");
        assertThat(row.path("@odata.etag").asText()).startsWith("W/\"Vy8i").endsWith("\"");
    }

    @Test
    void writesDecimalsAsNumbersOrAsTextIfAsked() {
        JsonNode plain = json(client.get(VOUCHERS)).path("value").path(0);
        JsonNode quoted = json(client.get(VOUCHERS, "Accept", "application/json;IEEE754Compatible=true"))
                .path("value")
                .path(0);

        assertThat(plain.path("NetCurrAmount").isNumber()).isTrue();
        assertThat(plain.path("VoucherNo").isNumber()).isTrue();
        assertThat(plain.path("Objstate").asText()).isEqualTo("Approved");
        assertThat(quoted.path("NetCurrAmount").textValue()).isEqualTo("3099.99");
        assertThat(quoted.path("VoucherNo").textValue()).isEqualTo("2026000123");
        assertThat(quoted.path("AccountingYear").isInt()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            (Company='10',VoucherType='F',AccountingYear=2026,VoucherNo=2026000123)   | 200
            (VoucherNo=2026000123,Company='10',VoucherType='F',AccountingYear=2026)   | 200
            (Company='10',VoucherType='F',AccountingYear=2026,VoucherNo=1)            | 404
            (Company='10',VoucherType='F',AccountingYear=2026,VoucherNo='2026000123') | 400
            (Company=10,VoucherType='F',AccountingYear=2026,VoucherNo=2026000123)     | 400
            (Company='10',VoucherType='F',AccountingYear=2026)                        | 400
            (Company='10',VoucherType='F',AccountingYear=2026,VoucherNo=1,)           | 400
            (Company='10',VoucherType='F',AccountingYear=2026,InvoiceId='1')          | 400
            ('10','F',2026,2026000123)                                                | 400
            (Company='1%zz',VoucherType='F',AccountingYear=2026,VoucherNo=1)          | 400
            """)
    void readsNamedAndTypedKeysOnly(String key, int status) throws Exception {
        // URI.create refuses a broken escape, so this one goes over a plain socket
        assertThat(RawHttp.status(sandbox, client, VOUCHERS + key)).isEqualTo(status);
    }

    @Test
    void doesNotUnderstandARawSlashInAKey() {
        assertThat(client.get(CUSTOMERS + "(CustomerId='O''B/7')").statusCode()).isIn(400, 404);
    }

    @Test
    void refusesEncodedSlashesWhereConfigured() {
        try (IfsSandbox strict = IfsSandbox.builder().refuseEncodedSlashes().start()) {
            strict.put("CustomerSet", Map.of("CustomerId", "O'B/7"));
            SandboxClient other = new SandboxClient(strict);

            assertThat(other.get(CUSTOMERS + "(CustomerId='O''B%2F7')").statusCode())
                    .isEqualTo(400);
            assertThat(other.query(CUSTOMERS, "$filter", "CustomerId eq 'O''B/7'")
                            .body())
                    .contains("O'B/7");
        }
    }

    @Test
    void failsATimeFilterOfATimeZoneAwareClient() {
        String filter = "?$filter=" + encode("LastModificationTime ge 2026-01-15T09:30:12Z");

        assertThat(client.get(CUSTOMERS + filter, "X-Ifs-Time-Zone-Aware-Request", "true")
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void refusesAnotherMediaType() {
        assertThat(client.get(CUSTOMERS, "Accept", "text/csv").statusCode()).isEqualTo(406);
    }
}
