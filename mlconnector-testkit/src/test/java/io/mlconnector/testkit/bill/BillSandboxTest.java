package io.mlconnector.testkit.bill;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BillSandboxTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ADDRESS =
            "\"address\":{\"line1\":\"88 Kiln Street\",\"city\":\"Aurora\",\"zipOrPostalCode\":\"60505\",\"country\":\"US\"}";

    private final BillSandbox bill = BillSandbox.start();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private String session = "";

    @AfterEach
    void stop() {
        bill.close();
    }

    private HttpRequest request(String method, String path, String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(bill.baseUrl() + path))
                .header("devKey", BillSandbox.DEV_KEY)
                .header("Content-Type", "application/json")
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        return (session.isEmpty() ? request : request.header("sessionId", session)).build();
    }

    private HttpResponse<String> call(String method, String path, String body) throws Exception {
        return http.send(request(method, path, body), BodyHandlers.ofString());
    }

    private static JsonNode json(HttpResponse<String> answer) throws IOException {
        return JSON.readTree(answer.body());
    }

    private void login() throws Exception {
        String body = "{\"username\":\"%s\",\"password\":\"%s\",\"organizationId\":\"%s\",\"devKey\":\"%s\"}"
                .formatted(BillSandbox.USERNAME, bill.password(), BillSandbox.ORGANIZATION, BillSandbox.DEV_KEY);
        session = json(call("POST", "/v3/login", body)).path("sessionId").asText();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static void assertRefused(HttpResponse<String> answer, int status, String code) throws IOException {
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(json(answer).isArray()).isTrue();
        assertThat(json(answer).path(0).path("code").asText()).isEqualTo(code);
    }

    @Test
    void aSessionEndsForBeingIdle() throws Exception {
        assertRefused(call("GET", "/v3/vendors", ""), 401, "BDC_1109");
        login();
        bill.advance(Duration.ofMinutes(34));
        assertThat(call("GET", "/v3/vendors", "").statusCode()).isEqualTo(200);

        bill.advance(Duration.ofMinutes(36));

        assertRefused(call("GET", "/v3/vendors", ""), 401, "BDC_1109");
    }

    @Test
    void aFourthCallAtOnceIsRefused() throws Exception {
        login();
        var held = new ArrayList<HeldCall>();
        var answers = new ArrayList<CompletableFuture<HttpResponse<String>>>();
        for (int i = 0; i < 3; i++) {
            held.add(bill.holdNext(false, (method, path) -> path.endsWith("/vendors")));
            answers.add(http.sendAsync(request("GET", "/v3/vendors", ""), BodyHandlers.ofString()));
            assertThat(held.get(i).awaitReached(30)).isTrue();
        }

        assertRefused(call("GET", "/v3/vendors", ""), 400, "BDC_1322");

        held.forEach(HeldCall::release);
        assertThat(answers)
                .allSatisfy(answer -> assertThat(answer.join().statusCode()).isEqualTo(200));
    }

    @Test
    void theCallsOfAnHourAreLimited() throws Exception {
        try (BillSandbox few = BillSandbox.builder().requestsPerHour(2).start()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(few.baseUrl() + "/v3/vendors"))
                    .build();
            http.send(request, BodyHandlers.ofString());
            http.send(request, BodyHandlers.ofString());

            assertRefused(http.send(request, BodyHandlers.ofString()), 400, "BDC_1144");
        }
    }

    @Test
    void unknownFieldsAreRefusedEachByItsName() throws Exception {
        login();

        HttpResponse<String> answer =
                call("POST", "/v3/vendors", "{\"name\":\"A\"," + ADDRESS + ",\"autoPay\":{},\"nmae\":1}");

        assertRefused(answer, 400, "BDC_1002");
        assertThat(json(answer)).hasSize(2);
        assertThat(bill.vendors()).isEmpty();
    }

    @Test
    void aBulkTakesAllOrNothing() throws Exception {
        login();
        String good = "{\"name\":\"A\"," + ADDRESS + "}";

        assertRefused(call("POST", "/v3/vendors/bulk", "[" + good + ",{\"name\":\"B\"}]"), 400, "BDC_1002");
        assertThat(bill.vendors()).isEmpty();

        assertThat(json(call("POST", "/v3/vendors/bulk", "[" + good + "," + good + "]"))
                        .path("vendors"))
                .hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "max=0",
                "max=101",
                "filters=invoice.invoiceNumber:eq:1",
                "filters=vendorId:sw:\"009\"",
                "filters=id:in:1,2",
                "sort=invoiceNumber:asc",
                "sort=updatedTime",
                "page=nonsense"
            })
    void listsTakeOnlyWhatIsDocumented(String query) throws Exception {
        login();
        int equals = query.indexOf('=') + 1;

        HttpResponse<String> answer =
                call("GET", "/v3/bills?" + query.substring(0, equals) + encoded(query.substring(equals)), "");

        assertRefused(answer, 400, "BDC_1002");
    }

    @Test
    void aTokenTravelsAloneAndTheLastPageNamesNone() throws Exception {
        login();
        for (int number = 0; number < 5; number++) {
            bill.enterVendor("Vendor " + number, "USD");
        }
        JsonNode first = json(call("GET", "/v3/vendors?max=3&sort=" + encoded("createdTime:asc"), ""));
        String token = encoded(first.path("nextPage").asText());

        assertRefused(call("GET", "/v3/vendors?max=3&sort=name:asc&page=" + token, ""), 400, "BDC_1002");
        JsonNode last = json(call("GET", "/v3/vendors?max=3&page=" + token, ""));

        assertThat(first.path("results")).hasSize(3);
        assertThat(last.path("results")).hasSize(2);
        assertThat(last.has("nextPage")).isFalse();
    }

    @Test
    void aBillOfAVendorWithAutomaticPaymentIsPaidAtOnce() {
        String vendor = bill.enterVendor("Nordhaven", "USD");
        bill.autoPay(vendor, true);

        bill.enterBill(vendor, "NB-1", "100.00");

        assertThat(bill.payments()).hasSize(1);
        assertThat(bill.bills().get(0).path("paymentStatus").asText()).isEqualTo("PAID");
    }

    @Test
    void aNumberIsTakenTwiceSoThatDoublesShow() {
        String vendor = bill.enterVendor("Nordhaven", "USD");

        bill.enterBill(vendor, "NB-1", "100.00");
        bill.enterBill(vendor, "NB-1", "100.00");

        assertThat(bill.doubledBills()).isEqualTo(1);
    }

    @Test
    void aPaymentNeedsASecondFactor() throws Exception {
        login();

        assertRefused(call("POST", "/v3/payments", "{}"), 403, "BDC_1361");
    }

    @Test
    void whatIsUsedOfTheCallsAtOnceIsCountedInRounds() throws Exception {
        try (BillSandbox rounds = BillSandbox.builder()
                .latency(Duration.ofMillis(20))
                .rounds(Duration.ofMillis(200))
                .start()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(rounds.baseUrl() + "/v3/vendors"))
                    .build();
            rounds.measureUse();
            http.send(request, BodyHandlers.ofString());
            assertThat(rounds.use()).isEqualTo(1.0 / 3);

            rounds.measureUse();
            List<CompletableFuture<HttpResponse<String>>> three = List.of(
                    http.sendAsync(request, BodyHandlers.ofString()),
                    http.sendAsync(request, BodyHandlers.ofString()),
                    http.sendAsync(request, BodyHandlers.ofString()));
            three.forEach(CompletableFuture::join);
            assertThat(rounds.use()).isEqualTo(1.0);
        }
    }
}
