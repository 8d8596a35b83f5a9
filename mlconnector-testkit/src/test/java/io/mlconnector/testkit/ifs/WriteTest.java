package io.mlconnector.testkit.ifs;

import static io.mlconnector.testkit.ifs.SandboxClient.CUSTOMERS;
import static io.mlconnector.testkit.ifs.SandboxClient.VOUCHERS;
import static io.mlconnector.testkit.ifs.SandboxClient.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WriteTest {

    private static final String JSON = "application/json";
    private static final String ONE = CUSTOMERS + "(CustomerId='1')";

    private final SettableClock clock = new SettableClock();
    private final IfsSandbox sandbox = IfsSandbox.builder().clock(clock).start();
    private final SandboxClient client = new SandboxClient(sandbox);

    @BeforeEach
    void fill() {
        sandbox.put("CustomerSet", Map.of("CustomerId", "1", "Name", "Nordlys", "City", "Stockholm"));
    }

    @AfterEach
    void stop() {
        sandbox.close();
    }

    private String etag() {
        return json(client.get(ONE)).path("@odata.etag").asText();
    }

    private HttpResponse<String> create(String body) {
        return client.send("POST", CUSTOMERS, body, "Content-Type", JSON);
    }

    private HttpResponse<String> patch(String body, String etag) {
        return client.send("PATCH", ONE, body, "Content-Type", JSON, "If-Match", etag);
    }

    private static JsonNode error(HttpResponse<String> response) {
        return json(response).path("error");
    }

    @Test
    void createsARowAndTellsWhereItIs() {
        HttpResponse<String> response = create("{\"CustomerId\":\"O'B/7 Ü\",\"Name\":\"O'Brien\"}");

        assertThat(response.statusCode()).isEqualTo(201);
        assertThat(json(response).path("Name").asText()).isEqualTo("O'Brien");
        assertThat(json(response).path("LastModificationTime").asText()).isEqualTo("2026-01-15T09:30:12Z");
        assertThat(response.headers().firstValue("Location").orElseThrow())
                .isEqualTo(sandbox.baseUrl() + CUSTOMERS + "(CustomerId='O''B%2F7%20%C3%9C')");
        assertThat(response.headers().firstValue("ETag"))
                .contains(json(response).path("@odata.etag").asText());
        assertThat(sandbox.row("CustomerSet", "O'B/7 Ü")).isPresent();
    }

    @Test
    void numbersACreateWithoutKey() {
        HttpResponse<String> first = create("{\"Name\":\"A\"}");
        HttpResponse<String> second = create("{\"Name\":\"B\",\"CustomerId\":\"\"}");

        assertThat(json(first).path("CustomerId").asText()).isEqualTo("90000001");
        assertThat(json(second).path("CustomerId").asText()).isEqualTo("90000002");
    }

    @Test
    void numbersProposalsPerInvoice() {
        sandbox.put("CompanySet", Map.of("Company", "10"));
        sandbox.put("SupplierInfoGeneralSet", Map.of("SupplierId", "S1"));
        String path = "/main/ifsapplications/projection/v1/PostingProposalHandling.svc/PostingProposalHeadSet";
        String body = "{\"Company\":\"10\",\"InvoiceId\":700987,\"GrossAmount\":1190,\"Identity\":\"S1\",";

        HttpResponse<String> first = client.send("POST", path, body + "\"InvoiceNo\":\"1\"}", "Content-Type", JSON);
        HttpResponse<String> second = client.send("POST", path, body + "\"InvoiceNo\":\"2\"}", "Content-Type", JSON);

        assertThat(first.headers().firstValue("Location").orElseThrow())
                .endsWith("PostingProposalHeadSet(Company='10',InvoiceId=700987,ProposalId=1)");
        assertThat(json(first).path("Objstate").asText()).isEqualTo("Preliminary");
        assertThat(json(second).path("ProposalId").asInt()).isEqualTo(2);
    }

    @Test
    void answersACreateWithoutBodyIfAsked() {
        HttpResponse<String> response =
                client.send("POST", CUSTOMERS, "{\"Name\":\"A\"}", "Content-Type", JSON, "Prefer", "return=minimal");

        assertThat(response.statusCode()).isEqualTo(204);
        assertThat(response.headers().firstValue("Location")).isPresent();
    }

    @Test
    void refusesADuplicateAsADatabaseError() {
        HttpResponse<String> response = create("{\"CustomerId\":\"1\"}");

        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(error(response).path("code").asText()).isEqualTo("DATABASE_ERROR");
        assertThat(error(response).path("details").path(0).path("message").asText())
                .contains("FND_RECORD_EXIST");
    }

    @Test
    void refusesACreateWithoutAMandatoryKey() {
        HttpResponse<String> response = client.send("POST", VOUCHERS, "{\"Company\":\"10\"}", "Content-Type", JSON);

        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(error(response).path("details").path(0).path("message").asText())
                .contains("[VOUCHER_TYPE]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"Surname\":\"x\"}",
                "{\"luname\":\"CustomerInfo\"}",
                "{\"Objstate\":\"Released\"}",
                "{\"@odata.etag\":\"x\"}",
                "{\"Name\":5}",
                "{\"Name\":\"a\",\"Name\":\"b\"}",
                "{\"Name\":",
                "[]",
            })
    void refusesABodyThatIsWrong(String body) {
        HttpResponse<String> created = create(body);
        HttpResponse<String> patched = patch(body, etag());

        assertThat(created.statusCode()).isEqualTo(400);
        assertThat(error(created).path("code").asText()).isEqualTo("ODP_DESERIALIZATION_ERROR");
        assertThat(patched.statusCode()).isEqualTo(400);
        assertThat(sandbox.rows("CustomerSet")).hasSize(1);
    }

    @Test
    void refusesAWrongOrMissingContentType() {
        HttpResponse<String> missing = client.send("POST", CUSTOMERS, "{}");
        HttpResponse<String> wrong = client.send("POST", CUSTOMERS, "{}", "Content-Type", "text/plain");

        assertThat(missing.statusCode()).isEqualTo(400);
        assertThat(error(missing).path("code").asText()).isEqualTo("ODP_DESERIALIZATION_ERROR");
        assertThat(wrong.statusCode()).isEqualTo(415);
    }

    @Test
    void readsNumbersInTheFormThatTheContentTypePromises() {
        String text = "{\"Company\":\"10\",\"VoucherType\":\"F\",\"AccountingYear\":2026,\"NetCurrAmount\":\"1.50\"}";
        String number = text.replace("\"1.50\"", "1.50");

        assertThat(client.send("POST", VOUCHERS, text, "Content-Type", JSON).statusCode())
                .isEqualTo(400);
        assertThat(client.send("POST", VOUCHERS, number, "Content-Type", JSON).statusCode())
                .isEqualTo(201);
        assertThat(client.send("POST", VOUCHERS, text, "Content-Type", JSON + ";IEEE754Compatible=true")
                        .statusCode())
                .isEqualTo(201);
        assertThat(sandbox.rows("VoucherSet"))
                .extracting(row -> row.decimal("NetCurrAmount"))
                .containsOnly(new BigDecimal("1.50"));
    }

    @Test
    void patchesARowAndStampsItInWholeSeconds() {
        String etag = etag();
        clock.set(Instant.parse("2026-01-15T09:31:40.999Z"));

        HttpResponse<String> response = patch("{\"City\":null,\"Name\":\"Nordlys AB\"}", etag);

        assertThat(response.statusCode()).isEqualTo(200);
        IfsRow row = sandbox.row("CustomerSet", "1").orElseThrow();
        assertThat(row.text("Name")).isEqualTo("Nordlys AB");
        assertThat(row.has("City")).isFalse();
        assertThat(row.instant("LastModificationTime")).isEqualTo("2026-01-15T09:31:40Z");
        assertThat(etag()).isNotEqualTo(etag);
    }

    @Test
    void refusesAPatchWithoutIfMatch() {
        for (String method : new String[] {"PATCH", "PUT", "DELETE"}) {
            HttpResponse<String> response = client.send(method, ONE, "{\"Name\":\"x\"}", "Content-Type", JSON);

            assertThat(response.statusCode()).isEqualTo(428);
            assertThat(error(response).path("code").asText()).isEqualTo("ODP_MISSING_PRECONDITION");
        }
        assertThat(sandbox.row("CustomerSet", "1").orElseThrow().text("Name")).isEqualTo("Nordlys");
    }

    @Test
    void refusesAStaleEtag() {
        String etag = etag();
        clock.set(SettableClock.START.plusSeconds(5));
        sandbox.patch("CustomerSet", Map.of("CustomerId", "1", "Name", "changed"));

        HttpResponse<String> response = patch("{\"Name\":\"mine\"}", etag);

        assertThat(response.statusCode()).isEqualTo(412);
        assertThat(error(response).path("code").asText()).isEqualTo("ODP_PRECONDITION_FAILED");
        assertThat(patch("{\"Name\":\"mine\"}", "*").statusCode()).isEqualTo(200);
    }

    @Test
    void givesTwoUpdatesWithinASecondTheSameEtag() {
        String etag = etag();
        sandbox.patch("CustomerSet", Map.of("CustomerId", "1", "Name", "changed"));

        assertThat(etag()).isEqualTo(etag);
        assertThat(patch("{\"Name\":\"overwrites\"}", etag).statusCode()).isEqualTo(200);
    }

    @Test
    void neverCreatesByPatch() {
        HttpResponse<String> response = client.send(
                "PATCH", CUSTOMERS + "(CustomerId='2')", "{\"Name\":\"x\"}", "Content-Type", JSON, "If-Match", "*");

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(error(response).path("code").asText()).isEqualTo("ODP_RESOURCE_NOTFOUND");
    }

    @Test
    void replacesByPutAndDeletes() {
        HttpResponse<String> put =
                client.send("PUT", ONE, "{\"Name\":\"only\"}", "Content-Type", JSON, "If-Match", etag());
        HttpResponse<String> deleted = client.send("DELETE", ONE, "", "If-Match", etag());

        assertThat(put.statusCode()).isEqualTo(200);
        assertThat(json(put).get("City").isNull()).isTrue();
        assertThat(deleted.statusCode()).isEqualTo(204);
        assertThat(client.get(ONE).statusCode()).isEqualTo(404);
    }

    @Test
    void doesNotLetAClientStampARowOrChangeItsKey() {
        HttpResponse<String> stamp = patch("{\"LastModificationTime\":\"2026-01-15T09:30:12Z\"}", etag());
        HttpResponse<String> key = patch("{\"CustomerId\":\"2\"}", etag());

        assertThat(stamp.statusCode()).isEqualTo(500);
        assertThat(error(stamp).path("code").asText()).isEqualTo("DATABASE_ERROR");
        assertThat(key.statusCode()).isEqualTo(400);
    }

    @Test
    void keepsARowLockedUntilItsLateCommit() {
        sandbox.commitLater("CustomerSet", Map.of("CustomerId", "1", "Name", "late"), Duration.ofSeconds(3));

        HttpResponse<String> locked = patch("{\"Name\":\"mine\"}", etag());
        sandbox.advance(Duration.ofSeconds(3));

        assertThat(locked.statusCode()).isEqualTo(500);
        assertThat(locked.body()).contains("FND_LOCKED");
        assertThat(patch("{\"Name\":\"mine\"}", etag()).statusCode()).isEqualTo(200);
    }

    @Test
    void allowsOnlyTheMethodsOfAResource() {
        assertThat(client.send("PATCH", CUSTOMERS, "{}", "Content-Type", JSON).statusCode())
                .isEqualTo(405);
        assertThat(client.send("POST", ONE, "{}", "Content-Type", JSON).statusCode())
                .isEqualTo(405);
    }

    private static final String NOTES = VOUCHERS.replace("VoucherSet", "NotesInfoVirtuals");
    private static final String KEY_REF = "COMPANY=10^VOUCHER_TYPE=F^ACCOUNTING_YEAR=2026^VOUCHER_NO=7^";

    private String openNotes(String keyReference) {
        String body = "{\"PackageName\":\"VOUCHER_NOTE_API\",\"KeyRef\":\"" + keyReference + "\"}";
        return json(client.send("POST", NOTES, body, "Content-Type", JSON))
                .path("Objkey")
                .asText();
    }

    @Test
    void keepsTheNotesOfEachRecordApart() {
        String key = openNotes(KEY_REF);
        String path = NOTES + "(Objkey='" + key + "')/FinNotesArray";

        HttpResponse<String> noted =
                client.send("POST", path, "{\"ParentObjkey\":\"" + key + "\",\"Text\":\"paid\"}", "Content-Type", JSON);

        assertThat(noted.statusCode()).isEqualTo(201);
        assertThat(openNotes(KEY_REF)).isEqualTo(key);
        assertThat(json(client.get(path)).path("value")).hasSize(1);
        String other = openNotes(KEY_REF.replace("7", "8"));
        assertThat(other).isNotEqualTo(key);
        assertThat(json(client.get(NOTES + "(Objkey='" + other + "')/FinNotesArray"))
                        .path("value"))
                .isEmpty();
    }

    @Test
    void refusesANoteUnderAnotherParentAndANoteThatIsTooLong() {
        String key = openNotes(KEY_REF);
        String path = NOTES + "(Objkey='" + key + "')/FinNotesArray";
        String start = "{\"ParentObjkey\":\"" + key + "\",\"Text\":\"";

        assertThat(client.send("POST", path, start.replace(key, "99") + "x\"}", "Content-Type", JSON)
                        .statusCode())
                .isEqualTo(400);
        assertThat(client.send("POST", path, start + "x".repeat(2001) + "\"}", "Content-Type", JSON)
                        .statusCode())
                .isEqualTo(400);
        assertThat(client.send("POST", path, start + "x".repeat(2000) + "\"}", "Content-Type", JSON)
                        .statusCode())
                .isEqualTo(201);
    }

    @Test
    void keepsCustomFieldsOfVouchersUnderTheirLengthAndTellsIt() {
        sandbox.put("VoucherSet", Map.of("Company", "10", "VoucherType", "F", "AccountingYear", 2026, "VoucherNo", 7L));
        String path = VOUCHERS + "(Company='10',VoucherType='F',AccountingYear=2026,VoucherNo=7)";

        HttpResponse<String> written = client.send(
                "PATCH",
                path,
                "{\"Cf_Stripe_Entries\":\"" + "x".repeat(4000) + "\",\"Cf_Stripe_Paid\":12.50}",
                "Content-Type",
                JSON,
                "If-Match",
                "*");
        HttpResponse<String> tooLong = client.send(
                "PATCH",
                path,
                "{\"Cf_Stripe_Entries\":\"" + "x".repeat(4001) + "\"}",
                "Content-Type",
                JSON,
                "If-Match",
                "*");

        assertThat(written.statusCode()).isEqualTo(200);
        assertThat(tooLong.statusCode()).isEqualTo(400);
        assertThat(error(tooLong).path("message").asText()).contains("Cf_Stripe_Entries");
        assertThat(client.get(VOUCHERS.replace("VoucherSet", "$metadata"), "Accept", "application/xml")
                        .body())
                .contains("Name=\"Cf_Stripe_Entries\" Type=\"Edm.String\" MaxLength=\"4000\"");
    }

    @Test
    void letsAClientReadAndNotWriteAReadOnlyColumn() {
        EntitySetDefinition set = EntitySetDefinition.builder("main/A.svc", "ThingSet")
                .addKey("Id", EdmType.STRING)
                .addReadOnly("Balance", EdmType.DECIMAL)
                .addColumns(EdmType.STRING, "Text")
                .build();
        try (IfsSandbox other = IfsSandbox.builder().addSet(set).start()) {
            other.put("ThingSet", Map.of("Id", "1", "Balance", "5"));
            var reader = new SandboxClient(other);
            String path = "/main/A.svc/ThingSet(Id='1')";

            HttpResponse<String> refused =
                    reader.send("PATCH", path, "{\"Balance\":6}", "Content-Type", JSON, "If-Match", "*");
            HttpResponse<String> replaced =
                    reader.send("PUT", path, "{\"Text\":\"x\"}", "Content-Type", JSON, "If-Match", "*");

            assertThat(refused.statusCode()).isEqualTo(500);
            assertThat(refused.body()).contains("FND_FIELD_READONLY", "BALANCE");
            assertThat(json(replaced).path("Balance").decimalValue()).isEqualByComparingTo("5");
        }
    }

    @Test
    void answersWithoutVersionAndLetsOthersGoFirstWhenToldTo() {
        sandbox.failNext(1, IfsFault.withoutEtag());
        HttpResponse<String> bare = client.get(ONE);
        String etag = etag();
        sandbox.failNext(1, IfsFault.overtakenBy(() -> {
            sandbox.advance(Duration.ofSeconds(2));
            sandbox.patch("CustomerSet", Map.of("CustomerId", "1", "City", "Malmö"));
        }));

        HttpResponse<String> late = patch("{\"Name\":\"mine\"}", etag);

        assertThat(bare.headers().firstValue("ETag")).isEmpty();
        assertThat(json(bare).has("@odata.etag")).isFalse();
        assertThat(json(bare).path("Name").asText()).isEqualTo("Nordlys");
        assertThat(late.statusCode()).isEqualTo(412);
    }
}
