package io.mlconnector.bill;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlconnector.model.Bill;
import io.mlconnector.spi.Change;
import io.mlconnector.spi.Connector;
import io.mlconnector.spi.Finding;
import io.mlconnector.spi.Page;
import io.mlconnector.spi.Position;
import io.mlconnector.spi.Source;
import io.mlconnector.spi.SourceContext;
import io.mlconnector.spi.WebhookParser;
import io.mlconnector.spi.WebhookReading;
import io.mlconnector.testkit.bill.BillFault;
import io.mlconnector.testkit.bill.BillSandbox;
import io.mlconnector.testkit.bill.BillWebhooks;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class SubscriptionsTest {

    private static final String URL = "https://hooks.customer.example/bill";
    private static final byte[] EVENT = ("{\"metadata\":{\"eventId\":\"e1\",\"eventType\":\"bill.updated\"},"
                    + "\"bill\":{\"id\":\"00n1\"}}")
            .getBytes(StandardCharsets.UTF_8);

    private final Fixture fixture =
            new Fixture(BillSandbox.builder(), Map.of("webhooks", Map.of("url", URL, "checkEvery", "PT15M")));

    @AfterEach
    void close() {
        fixture.close();
    }

    private static Position pass(Connector connector, Position from, List<String> ids) {
        @SuppressWarnings("unchecked")
        Source<Bill> source = (Source<Bill>) connector.source("bills", SourceContext.EMPTY);
        Position position = from;
        Page<Bill> page;
        do {
            page = source.poll(position);
            page.changes().stream().map(Change::key).forEach(key -> ids.add(key.id()));
            position = page.next();
        } while (!page.last());
        return position;
    }

    private Position pass() {
        return pass(fixture.connector(), Position.START, new ArrayList<>());
    }

    private String subscription() {
        return fixture.bill.subscriptions().get(0).path("id").asText();
    }

    private String key() {
        return fixture.bill.signingKey(subscription()).orElseThrow();
    }

    private WebhookReading read(Connector connector, String key) {
        WebhookParser parser = connector.webhooks().orElseThrow();
        return parser.read(
                Map.of("x-bill-sha-signature", List.of(BillWebhooks.sign(key, EVENT))), EVENT, fixture.bill.now());
    }

    @Test
    void makesOneSubscriptionForAllEventsAndKeepsItsKey() {
        pass();
        pass();

        assertThat(fixture.bill.subscriptions()).singleElement().satisfies(made -> {
            assertThat(made.path("notificationUrl").asText()).isEqualTo(URL);
            assertThat(events(made)).isEqualTo(Set.copyOf(Subscriptions.EVENTS));
        });
        assertThat(read(fixture.connector(), key())).isInstanceOf(WebhookReading.Accepted.class);
        assertThat(read(fixture.open(), key())).isInstanceOf(WebhookReading.Accepted.class);
    }

    private static Set<String> events(JsonNode subscription) {
        return subscription.path("events").findValuesAsText("type").stream().collect(Collectors.toSet());
    }

    @Test
    void adoptsASubscriptionWhoseKeyIsLostAndGivesItANewOne() {
        pass();
        String lost = key();
        fixture.store.secrets.clear();

        Connector later = fixture.open();
        pass(later, Position.START, new ArrayList<>());

        assertThat(fixture.bill.subscriptions()).hasSize(1);
        assertThat(key()).isNotEqualTo(lost);
        assertThat(read(later, key())).isInstanceOf(WebhookReading.Accepted.class);
        assertThat(read(later, lost)).isInstanceOf(WebhookReading.Refused.class);
    }

    @Test
    void givesTheSubscriptionANewKeyWhenTheOldOneIsOldAndTakesBothForAWhile() {
        fixture.settings.put("webhooks", Map.of("url", URL, "checkEvery", "PT15M", "rotateEvery", "P30D"));
        Connector connector = fixture.open();
        pass(connector, Position.START, new ArrayList<>());
        String first = key();
        fixture.bill.advance(Duration.ofDays(29));
        pass(connector, Position.START, new ArrayList<>());
        assertThat(key()).isEqualTo(first);

        fixture.bill.advance(Duration.ofDays(1));
        pass(connector, Position.START, new ArrayList<>());

        assertThat(key()).isNotEqualTo(first);
        assertThat(read(connector, key())).isInstanceOf(WebhookReading.Accepted.class);
        assertThat(read(connector, first)).isInstanceOf(WebhookReading.Accepted.class);
    }

    @Test
    void removesTheSubscriptionWhenWebhooksAreNoLongerWanted() {
        pass();
        assertThat(fixture.bill.subscriptions()).hasSize(1);

        fixture.settings.put("webhooks", Map.of("url", URL, "remove", true));
        pass(fixture.open(), Position.START, new ArrayList<>());

        assertThat(fixture.bill.subscriptions()).isEmpty();
    }

    @Test
    void makesASubscriptionOnceAlthoughTheAnswerWasLost() {
        fixture.bill.failNext(
                1,
                BillFault.droppedAnswer(),
                (method, path) -> method.equals("POST") && path.endsWith("/subscriptions"));

        pass();

        assertThat(fixture.bill.subscriptions()).hasSize(1);
        assertThat(read(fixture.connector(), key())).isInstanceOf(WebhookReading.Accepted.class);
    }

    @Test
    void turnsASubscriptionOnAgainAndReadsWhatItHasMissed() {
        String vendor = fixture.bill.enterVendor("Nordhaven", "USD");
        String id = fixture.bill.enterBill(vendor, "NB-1", "100.00");
        Position position = pass();
        fixture.bill.disableSubscription(subscription());
        fixture.bill.advance(Duration.ofMinutes(20));
        fixture.bill.pay(id, null, "CLEARED");
        var ids = new ArrayList<String>();

        pass(fixture.connector(), position, ids);

        assertThat(fixture.bill
                        .subscriptions()
                        .get(0)
                        .path("status")
                        .path("enabled")
                        .asBoolean())
                .isTrue();
        assertThat(ids).contains(id);
        assertThat(fixture.bill.requestCount("GET", "/events/subscription/" + subscription()))
                .isEqualTo(1);
    }

    @Test
    void looksAfterTheSubscriptionOnlyFromTimeToTime() {
        pass();
        pass();
        assertThat(fixture.bill.requestCount("GET", "/subscriptions")).isEqualTo(1);

        fixture.bill.advance(Duration.ofMinutes(16));
        pass();

        assertThat(fixture.bill.requestCount("GET", "/subscriptions")).isEqualTo(2);
    }

    @Test
    void pollingGoesOnWhereNoSubscriptionCanBeMade() {
        fixture.bill.failNext(
                10, BillFault.errors(403, "BDC_1121"), (method, path) -> path.startsWith("/connect-events"));
        String vendor = fixture.bill.enterVendor("Nordhaven", "USD");
        String id = fixture.bill.enterBill(vendor, "NB-1", "100.00");
        var ids = new ArrayList<String>();

        pass(fixture.connector(), Position.START, ids);

        assertThat(ids).contains(id);
    }

    @Test
    void theCheckTellsHowTheSubscriptionIs() {
        assertThat(fixture.connector().check(Set.of("bills")))
                .contains(Finding.ok("webhooks", "no subscription yet; the first pass makes it"));
        pass();
        fixture.bill.disableSubscription(subscription());

        assertThat(fixture.connector().check(Set.of("bills")))
                .anySatisfy(
                        finding -> assertThat(finding.detail()).contains("is off; the next pass turns it on again"));
    }
}
