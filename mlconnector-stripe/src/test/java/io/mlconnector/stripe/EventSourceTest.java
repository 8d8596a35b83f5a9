package io.mlconnector.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlconnector.model.Payment;
import io.mlconnector.model.RecordKey;
import io.mlconnector.spi.Change;
import io.mlconnector.spi.InboxEvent;
import io.mlconnector.spi.Page;
import io.mlconnector.spi.Position;
import io.mlconnector.spi.UnavailableException;
import io.mlconnector.testkit.stripe.StripeFault;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EventSourceTest {

    private static final String PAYMENTS = "payments";

    private final Till till = new Till();

    @AfterEach
    void close() {
        till.close();
    }

    @Test
    void losesNoneOfManyEventsOfOneSecond() {
        till.restart(Map.of("reading", Map.of("pageSize", 3)));
        till.pass(PAYMENTS);
        Set<String> paid = new HashSet<>();
        for (int i = 0; i < 10; i++) {
            paid.add(Till.id(till.stripe.money().pay(till.open(1000))));
        }

        assertThat(till.<Payment>pass(PAYMENTS).keySet()).containsAll(paid);
    }

    @Test
    void readsAnEventOnceThoughPassesOverlap() {
        till.pass(PAYMENTS);
        till.stripe.money().pay(till.open(1000));
        till.pass(PAYMENTS);
        long before = till.calls();

        assertThat(till.<Payment>pass(PAYMENTS)).isEmpty();

        assertThat(till.calls() - before).isEqualTo(1);
    }

    @Test
    void readsAnEventAgainWhosePageWasNotSettled() {
        till.pass(PAYMENTS);
        till.stripe.money().pay(till.open(1000));
        Page<Payment> abandoned = till.payments().poll(till.position(PAYMENTS));

        Page<Payment> again = till.payments().poll(till.position(PAYMENTS));

        assertThat(again.changes()).hasSize(1).isEqualTo(abandoned.changes());
    }

    @Test
    void findsAnEventThatAppearsSomeMinutesLate() {
        till.pass(PAYMENTS);
        String late = till.open(1000);
        till.stripe.eventBehaviour().late(20, Duration.ofMinutes(2));
        till.stripe.money().pay(late);
        till.stripe.eventBehaviour().late(0, Duration.ZERO);
        till.stripe.money().pay(till.open(2000));
        Map<String, Change<Payment>> first = till.pass(PAYMENTS);
        till.stripe.advance(Duration.ofMinutes(2));

        assertThat(first).hasSize(1);
        assertThat(till.<Payment>only(PAYMENTS).allocations().get(0).document()).isEqualTo(Till.invoiceKey(late));
    }

    @Test
    void findsAnEventThatAppearsHoursLate() {
        till.pass(PAYMENTS);
        String late = till.open(1000);
        till.stripe.eventBehaviour().late(20, Duration.ofHours(3));
        till.stripe.money().pay(late);
        till.stripe.eventBehaviour().late(0, Duration.ZERO);
        int found = 0;
        for (int hour = 0; hour < 5; hour++) {
            till.stripe.money().pay(till.open(2000));
            found += till.<Payment>pass(PAYMENTS).values().stream()
                    .filter(change ->
                            change.record().allocations().get(0).document().equals(Till.invoiceKey(late)))
                    .toList()
                    .size();
            till.stripe.advance(Duration.ofHours(1));
            till.fixture.passTime(Duration.ofHours(1));
        }

        assertThat(found).isEqualTo(1);
    }

    @Test
    void twoEventsOfOneChangeAreReadOnce() {
        till.pass(PAYMENTS);
        String invoice = till.open(1000);
        till.stripe.eventBehaviour().twice(20);
        till.stripe.money().pay(invoice);
        long before = till.calls();

        assertThat(till.<Payment>pass(PAYMENTS)).hasSize(1);

        // events, rows, fee
        assertThat(till.calls() - before).isEqualTo(3);
    }

    @Test
    void comparesEverythingAfterStripeForgotTheEvents() {
        till.stripe.money().pay(till.open(500));
        till.pass(PAYMENTS);
        String missed = Till.id(till.stripe.money().pay(till.open(1000)));
        till.stripe.advance(Duration.ofDays(31));

        assertThat(till.<Payment>pass(PAYMENTS)).containsKey(missed);
    }

    @Test
    void comparesEverythingAfterALongSilenceEvenIfNoEventWasKnown() {
        till.pass(PAYMENTS);
        String missed = Till.id(till.stripe.money().pay(till.open(1000)));
        till.stripe.advance(Duration.ofDays(31));
        till.fixture.passTime(Duration.ofDays(31));

        assertThat(till.<Payment>pass(PAYMENTS)).containsKey(missed);
    }

    @Test
    void comparesEverythingIfThePositionKnowsAnEventThatStripeDoesNot() {
        String paid = Till.id(till.stripe.money().pay(till.open(1000)));
        till.pass(PAYMENTS);
        till.later();
        String foreign = till.position(PAYMENTS).value().replaceAll("evt_[^,]+", "evt_ofAnotherAccount");
        till.setPosition(PAYMENTS, new Position(foreign));

        assertThat(till.<Payment>pass(PAYMENTS)).containsKey(paid);
    }

    @Test
    void comparesEverythingIfThePositionCannotBeRead() {
        String paid = Till.id(till.stripe.money().pay(till.open(1000)));
        till.setPosition(PAYMENTS, new Position("evt_123"));

        assertThat(till.<Payment>pass(PAYMENTS)).containsKey(paid);
    }

    @Test
    void goesOnAfterARestartInTheMiddleOfAPass() {
        Map<String, Object> small = Map.of("reading", Map.of("pageSize", 2));
        till.restart(small);
        till.pass(PAYMENTS);
        Set<String> paid = new HashSet<>();
        for (int i = 0; i < 5; i++) {
            paid.add(Till.id(till.stripe.money().pay(till.open(1000))));
        }
        Set<String> read = new HashSet<>();
        Position position = till.position(PAYMENTS);
        for (boolean last = false; !last; ) {
            till.restart(small);
            Page<Payment> page = till.payments().poll(position);
            page.changes().forEach(change -> read.add(change.key().id()));
            position = page.next();
            last = page.last();
        }

        assertThat(read).containsAll(paid);
    }

    @Test
    void readsNothingOlderThanItIsToldTo() {
        till.stripe.money().pay(till.open(1000));
        till.restart(Map.of(
                "reading",
                Map.of("from", Instant.now().plus(Duration.ofDays(2)).toString().substring(0, 10))));

        assertThat(till.<Payment>pass(PAYMENTS)).isEmpty();
    }

    @Test
    void aFaultOfStripeEndsThePassAndThePositionStays() {
        till.pass(PAYMENTS);
        till.stripe.money().pay(till.open(1000));
        till.restart(Map.of("maxRetries", 0));
        till.stripe.failNext(1, StripeFault.serverError(), (method, path) -> path.equals("/v1/invoice_payments"));

        assertThatThrownBy(() -> till.pass(PAYMENTS)).isInstanceOf(UnavailableException.class);
        assertThat(till.<Payment>pass(PAYMENTS)).hasSize(1);
    }

    @Test
    void tellsWhichRecordsAnEventConcerns() {
        String invoice = till.open(1000);
        JsonNode row = till.stripe.money().pay(invoice);
        String intent = row.path("payment").path("payment_intent").asText();

        assertThat(affected("payments", "payment_intent.succeeded", "payment_intent", intent))
                .containsExactly(Till.id(row));
        assertThat(affected("payments", "charge.updated", "charge", till.charge(0)))
                .containsExactly(Till.id(row));
        assertThat(affected("payments", "invoice.paid", "invoice", invoice)).containsExactly(Till.id(row));
        assertThat(affected("payments", "customer.updated", "customer", till.customer()))
                .isEmpty();
        assertThat(affected("refunds", "invoice.paid", "invoice", invoice)).isEmpty();
        assertThat(affected("invoice-status", "invoice.paid", "invoice", invoice))
                .containsExactly(invoice);
    }

    @Test
    void asksOnceForTheEventsOfOneObject() {
        JsonNode row = till.stripe.money().pay(till.open(1000));
        String intent = row.path("payment").path("payment_intent").asText();
        till.source(PAYMENTS);
        long before = till.calls();

        affected("payments", "payment_intent.succeeded", "payment_intent", intent);
        affected("payments", "charge.succeeded", "payment_intent", intent);

        assertThat(till.calls() - before).isEqualTo(1);
    }

    @Test
    void hasAnEventTriedAgainWhileItsPaymentIsNotToBeSeen() {
        String invoice = till.open(5000);
        JsonNode intent = till.stripe.money().payWithoutInvoice(till.customer(), 5000, "eur", invoice);

        assertThatThrownBy(() -> affected("payments", "payment_intent.succeeded", "payment_intent", Till.id(intent)))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining(Till.id(intent));
    }

    private List<String> affected(String source, String type, String object, String id) {
        return till.source(source)
                .affectedBy(InboxEvent.received(
                        "stripe", "evt_1", type, new RecordKey("stripe", object, id), Instant.now(), null));
    }
}
