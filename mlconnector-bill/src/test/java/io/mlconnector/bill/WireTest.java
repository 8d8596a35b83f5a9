package io.mlconnector.bill;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.matching;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.patch;
import static com.github.tomakehurst.wiremock.client.WireMock.patchRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.http.Fault;
import io.mlconnector.model.Bill;
import io.mlconnector.model.GlCoding;
import io.mlconnector.model.Money;
import io.mlconnector.model.Payment;
import io.mlconnector.model.RecordKey;
import io.mlconnector.model.Vendor;
import io.mlconnector.spi.AuthenticationException;
import io.mlconnector.spi.Connector;
import io.mlconnector.spi.ConnectorContext;
import io.mlconnector.spi.IdempotencyKey;
import io.mlconnector.spi.Lookup;
import io.mlconnector.spi.Page;
import io.mlconnector.spi.Position;
import io.mlconnector.spi.References;
import io.mlconnector.spi.Settings;
import io.mlconnector.spi.Sink;
import io.mlconnector.spi.Source;
import io.mlconnector.spi.SourceContext;
import io.mlconnector.spi.TargetRef;
import io.mlconnector.spi.Write;
import io.mlconnector.spi.WriteOutcome;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the wire shows, word by word. */
final class WireTest {

    private static final String SESSION = "3f0c9a5e7b1d48c2a6e41f8b90d2c7aa";
    private static final String VENDOR =
            "{\"id\":\"00902HTZRWKQMLVX3p7f\",\"archived\":false,\"name\":\"Nordhaven Bearings Inc\",\"shortName\":\"S1\","
                    + "\"address\":{\"line1\":\"88 Kiln Street\",\"city\":\"Aurora\",\"zipOrPostalCode\":\"60505\",\"country\":\"US\"},"
                    + "\"billCurrency\":\"USD\",\"autoPay\":{\"enabled\":false},\"updatedTime\":\"2026-11-18T14:02:11.400+00:00\"}";
    private static final String BILL =
            "{\"id\":\"00n02WQKZLTRMPVX7b5e\",\"archived\":false,\"vendorId\":\"00902HTZRWKQMLVX3p7f\",\"amount\":1342.84,"
                    + "\"dueDate\":\"2026-12-18\",\"invoice\":{\"invoiceNumber\":\"NB-1\",\"invoiceDate\":\"2026-11-18\"},"
                    + "\"billLineItems\":[],\"paymentStatus\":\"UNPAID\",\"updatedTime\":\"2026-11-20T09:14:31.882+00:00\"}";
    private static final RecordKey VENDOR_KEY = Fixture.vendor(1).build().key();

    private final WireMockServer server =
            new WireMockServer(WireMockConfiguration.options().dynamicPort());
    private final List<Duration> waits = new ArrayList<>();
    private Connector connector = open();

    private Connector open() {
        server.start();
        var settings = new LinkedHashMap<String, Object>();
        settings.put("baseUrl", server.baseUrl() + "/connect");
        settings.put("username", "ml-connector-sync");
        settings.put("password", "token-value");
        settings.put("organizationId", "00802QWMKTRZLPVH8d4s");
        settings.put("devKey", "01ABCDEFGHJKLMNP7890");
        var context = new ConnectorContext("bill", InstantSource.system(), waits::add, new Random(1));
        return new BillConnectorProvider().open(Settings.of("connections.bill", settings), context);
    }

    @BeforeEach
    void login() {
        server.stubFor(post("/connect/v3/login")
                .withRequestBody(matchingJsonPath("$.devKey", equalTo("01ABCDEFGHJKLMNP7890")))
                .withRequestBody(matchingJsonPath("$.organizationId", equalTo("00802QWMKTRZLPVH8d4s")))
                .willReturn(okJson("{\"sessionId\":\"" + SESSION + "\",\"trusted\":false}")));
    }

    @AfterEach
    void close() {
        connector.close();
        server.stop();
    }

    @SuppressWarnings("unchecked")
    private Source<Bill> bills() {
        return (Source<Bill>) connector.source("bills", SourceContext.EMPTY);
    }

    @SuppressWarnings("unchecked")
    private Sink<Bill> billSink() {
        return (Sink<Bill>) connector.sink("bills");
    }

    @SuppressWarnings("unchecked")
    private Sink<Vendor> vendorSink() {
        return (Sink<Vendor>) connector.sink("vendors");
    }

    private void list(String resource, String... rows) {
        server.stubFor(get(urlPathEqualTo("/connect/v3/" + resource))
                .willReturn(okJson("{\"results\":[" + String.join(",", rows) + "]}")));
    }

    private static Write.Create<Bill> create(Bill bill) {
        References references =
                key -> key.equals(VENDOR_KEY) ? Optional.of(TargetRef.of("00902HTZRWKQMLVX3p7f")) : Optional.empty();
        return new Write.Create<>(bill, new IdempotencyKey("k"), references, Instant.now(), null);
    }

    @Test
    void everyCallCarriesDeveloperKeyAndSession() {
        list("vendors", VENDOR);

        ((Source<?>) connector.source("vendors", SourceContext.EMPTY)).poll(Position.START);

        server.verify(getRequestedFor(urlPathEqualTo("/connect/v3/vendors"))
                .withHeader("devKey", equalTo("01ABCDEFGHJKLMNP7890"))
                .withHeader("sessionId", equalTo(SESSION))
                .withHeader("Authorization", absent()));
    }

    @Test
    void aLoginThatIsRefusedIsOneCall() {
        server.stubFor(post("/connect/v3/login")
                .willReturn(aResponse()
                        .withStatus(401)
                        .withBody("[{\"code\":\"BDC_1101\",\"severity\":\"ERROR\",\"message\":\"Wrong.\"}]")));

        assertThatThrownBy(() -> bills().fetch("00n1"))
                .isInstanceOf(AuthenticationException.class)
                .hasMessageContaining("BDC_1101 Wrong.");

        server.verify(1, postRequestedFor(urlPathEqualTo("/connect/v3/login")));
    }

    @Test
    void aPageIsAskedForByTimeAndATokenTravelsAlone() {
        // an empty page that names a next one, a page behind it
        server.stubFor(get(urlPathEqualTo("/connect/v3/vendors"))
                .withQueryParam("sort", equalTo("updatedTime:desc"))
                .willReturn(okJson("{\"results\":[" + VENDOR + "]}")));
        server.stubFor(get(urlPathEqualTo("/connect/v3/vendors"))
                .withQueryParam("sort", equalTo("updatedTime:asc"))
                .withQueryParam("filters", matching("archived:eq:false,updatedTime:lt:\"2026-11-18T14:02:11.401Z\""))
                .willReturn(okJson("{\"results\":[],\"nextPage\":\"dG9rZW4=\"}")));
        server.stubFor(get(urlPathEqualTo("/connect/v3/vendors"))
                .withQueryParam("page", equalTo("dG9rZW4="))
                .withQueryParam("filters", absent())
                .withQueryParam("sort", absent())
                .willReturn(okJson("{\"results\":[" + VENDOR + "]}")));

        Page<?> page = connector.source("vendors", SourceContext.EMPTY).poll(Position.START);

        assertThat(page.changes()).hasSize(1);
        server.verify(getRequestedFor(urlPathEqualTo("/connect/v3/vendors"))
                .withQueryParam("page", equalTo("dG9rZW4="))
                .withQueryParam("max", equalTo("100")));
    }

    @Test
    void theChartOfAccountsIsReadToItsLastPage() {
        list("vendors", VENDOR);
        list("bills");
        String chart = "/connect/v3/classifications/chart-of-accounts";
        server.stubFor(get(urlPathEqualTo(chart))
                .withQueryParam("page", absent())
                .willReturn(okJson(
                        "{\"results\":[{\"id\":\"0ca1\",\"account\":{\"number\":\"6000\"}}],\"nextPage\":\"p2\"}")));
        server.stubFor(get(urlPathEqualTo(chart))
                .withQueryParam("page", equalTo("p2"))
                .willReturn(okJson("{\"results\":[{\"id\":\"0ca2\",\"account\":{\"number\":\"6120\"}}]}")));
        server.stubFor(post("/connect/v3/bills").willReturn(okJson(BILL).withStatus(201)));
        Bill bill = Fixture.bill(1, 1)
                .lines(List.of(Fixture.line("1", Money.of("1240.50", "USD"), new GlCoding("6120", null, Map.of()))))
                .build();

        WriteOutcome outcome = billSink().write(List.of(create(bill))).get(0);

        assertThat(outcome).isInstanceOf(WriteOutcome.Applied.class);
        server.verify(postRequestedFor(urlPathEqualTo("/connect/v3/bills"))
                .withRequestBody(containing("{\"amount\":1240.50,"))
                .withRequestBody(
                        matchingJsonPath("$.billLineItems[0].classifications.chartOfAccountId", equalTo("0ca2")))
                .withRequestBody(matchingJsonPath("$.billLineItems[1].description", equalTo("Sales tax")))
                .withRequestBody(matchingJsonPath("$.purchaseOrderNumber", equalTo("PO-77120")))
                .withRequestBody(matchingJsonPath("$.description", equalTo("[ifs/bills/B1]"))));
    }

    @Test
    void aBillWithoutAnAnswerIsSoughtByVendorAndDueDate() {
        list("vendors", VENDOR);
        list("bills");
        server.stubFor(post("/connect/v3/bills").willReturn(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER)));
        Write.Create<Bill> create = create(Fixture.bill(1, 1).build());

        assertThat(billSink().write(List.of(create)).get(0)).isInstanceOf(WriteOutcome.Ambiguous.class);
        list("bills", BILL);

        assertThat(billSink().find(create))
                .isEqualTo(new Lookup.Found(new TargetRef("00n02WQKZLTRMPVX7b5e", "2026-11-20T09:14:31.882+00:00")));
        server.verify(1, postRequestedFor(urlPathEqualTo("/connect/v3/bills")));
        server.verify(getRequestedFor(urlPathEqualTo("/connect/v3/bills"))
                .withQueryParam(
                        "filters",
                        equalTo("vendorId:eq:00902HTZRWKQMLVX3p7f,dueDate:gte:2026-12-18,dueDate:lte:2026-12-18,"
                                + "archived:eq:false")));
    }

    @Test
    void aServerErrorInHtmlLeavesTheOutcomeOpen() {
        list("vendors", VENDOR);
        list("bills");
        server.stubFor(
                post("/connect/v3/bills").willReturn(aResponse().withStatus(502).withBody("<html>Bad Gateway</html>")));

        assertThat(billSink().write(List.of(create(Fixture.bill(1, 1).build()))).get(0))
                .isInstanceOf(WriteOutcome.Ambiguous.class);
        server.verify(1, postRequestedFor(urlPathEqualTo("/connect/v3/bills")));
    }

    @Test
    void aVendorWhoseListSaysNothingOfAutomaticPaymentIsReadAlone() {
        list("vendors", VENDOR.replace(",\"autoPay\":{\"enabled\":false}", ""));
        server.stubFor(get(urlPathEqualTo("/connect/v3/vendors/00902HTZRWKQMLVX3p7f"))
                .willReturn(okJson(VENDOR.replace("\"enabled\":false", "\"enabled\":true"))));
        list("bills");

        assertThat(billSink().write(List.of(create(Fixture.bill(1, 1).build()))).get(0))
                .isInstanceOfSatisfying(
                        WriteOutcome.Rejected.class,
                        rejected -> assertThat(rejected.reason()).contains("would move money"));
        server.verify(0, postRequestedFor(urlPathEqualTo("/connect/v3/bills")));
    }

    @Test
    void aChangeOfAVendorHasNoBankData() {
        server.stubFor(patch(urlPathEqualTo("/connect/v3/vendors/00902HTZRWKQMLVX3p7f"))
                .willReturn(okJson(VENDOR)));
        var update = new Write.Update<>(
                Fixture.vendor(1).phone("1").build(),
                TargetRef.of("00902HTZRWKQMLVX3p7f"),
                Set.of("phone"),
                new IdempotencyKey("k"),
                References.NONE,
                Instant.now());

        assertThat(vendorSink().write(List.of(update)).get(0)).isInstanceOf(WriteOutcome.Applied.class);

        server.verify(patchRequestedFor(urlPathEqualTo("/connect/v3/vendors/00902HTZRWKQMLVX3p7f"))
                .withRequestBody(equalTo("{\"phone\":\"1\"}")));
    }

    @Test
    void aWriteThatNeedsASecondFactorIsSentOnce() {
        list("vendors", VENDOR);
        list("bills");
        server.stubFor(post("/connect/v3/bills")
                .willReturn(aResponse()
                        .withStatus(403)
                        .withBody("[{\"code\":\"BDC_1361\",\"message\":\"Untrusted session.\"}]")));

        assertThatThrownBy(() ->
                        billSink().write(List.of(create(Fixture.bill(1, 1).build()))))
                .isInstanceOf(AuthenticationException.class);

        server.verify(1, postRequestedFor(urlPathEqualTo("/connect/v3/bills")));
        server.verify(1, postRequestedFor(urlPathEqualTo("/connect/v3/login")));
    }

    @Test
    void paymentsStandAsTheirWordsSay() {
        list("vendors", VENDOR);
        String payment = "{\"id\":\"stp%s\",\"vendorId\":\"00902HTZRWKQMLVX3p7f\",\"billId\":\"00n02WQKZLTRMPVX7b5e\","
                + "\"amount\":1342.84,\"processDate\":\"2026-12-15\",\"singleStatus\":\"%s\","
                + "\"updatedTime\":\"2026-12-18T21:40:0%s.870+00:00\"}";
        list(
                "payments",
                String.format(payment, 1, "SCHEDULED", 1),
                String.format(payment, 2, "CLEARED", 2),
                String.format(payment, 3, "VOIDED", 3),
                String.format(payment, 4, "FOO", 4));
        server.stubFor(get(urlPathEqualTo("/connect/v3/payments"))
                .withQueryParam("sort", containing("desc"))
                .willReturn(okJson("{\"results\":[" + String.format(payment, 4, "FOO", 4) + "]}")));
        @SuppressWarnings("unchecked")
        var payments = (Source<Payment>) connector.source("payments", SourceContext.EMPTY);

        Page<Payment> page = payments.poll(Position.START);

        assertThat(page.changes())
                .extracting(change -> requireNonNull(change.record()).status())
                .containsExactly(Payment.Status.PENDING, Payment.Status.SUCCEEDED, Payment.Status.CANCELED);
        assertThat(page.malformed())
                .singleElement()
                .satisfies(row -> assertThat(row.faults().toString()).contains("FOO"));
    }
}
