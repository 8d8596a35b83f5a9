package io.mlconnector.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.mlconnector.model.RecordKey;
import io.mlconnector.spi.InboxEvent;
import io.mlconnector.spi.InboxEvent.State;
import io.mlconnector.spi.InboxGroup;
import io.mlconnector.spi.Lease;
import io.mlconnector.spi.Position;
import io.mlconnector.spi.WebhookInbox;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every {@link WebhookInbox} promises. */
abstract class WebhookInboxContract extends AuditLogContract {

    @Test
    final void keepsEventsWhole() {
        InboxEvent full = new InboxEvent(
                STRIPE,
                "evt_1",
                "invoice.paid",
                TARGET.key("in_1"),
                NOW_KEPT,
                NOW_KEPT.minusSeconds(2),
                State.PENDING,
                3,
                NOW_KEPT.plusSeconds(60),
                "no answer");
        InboxEvent bare = InboxEvent.received(STRIPE, "evt_2", "", null, NOW_KEPT, null);

        assertThat(put(full, "{\"id\": \"evt_1\"}")).isTrue();
        assertThat(put(bare, null)).isTrue();

        assertThat(find("evt_1")).contains(full);
        assertThat(find("evt_2")).contains(bare);
        assertThat(find("evt_3")).isEmpty();
        assertThat(payload("evt_1")).contains("{\"id\": \"evt_1\"}");
        assertThat(payload("evt_2")).isEmpty();
        assertThat(payload("evt_3")).isEmpty();
    }

    @Test
    final void keepsTheMillisecondsOfAnEvent() {
        put(InboxEvent.received(STRIPE, "evt_1", "invoice.paid", null, NOW, NOW), null);

        assertThat(find("evt_1"))
                .contains(InboxEvent.received(STRIPE, "evt_1", "invoice.paid", null, NOW_KEPT, NOW_KEPT));
        assertThat(due(NOW)).hasSize(1);
    }

    @Test
    final void storesAnEventOnceHoweverOftenItIsSent() {
        assertThat(put(event("evt_1"), null)).isTrue();
        done("evt_1");

        assertThat(put(event("evt_1", "in_9", NOW_KEPT.plusSeconds(9)), "{}")).isFalse();

        assertThat(find("evt_1").map(InboxEvent::object)).contains(TARGET.key("in_1"));
        assertThat(find("evt_1").map(InboxEvent::state)).contains(State.DONE);
        assertThat(payload("evt_1")).isEmpty();
    }

    @Test
    final void tellsTheSameEventIdOfTwoConnectionsApart() {
        InboxEvent other = InboxEvent.received("stripe-us", "evt_1", "invoice.paid", null, NOW_KEPT, null);

        assertThat(put(event("evt_1"), null)).isTrue();
        assertThat(put(other, null)).isTrue();
        done("evt_1");

        assertThat(pending(STRIPE)).isZero();
        assertThat(pending("stripe-us")).isEqualTo(1);
        assertThat(this.<List<InboxGroup>>read(tx -> tx.inbox().due("stripe-us", NOW_KEPT, 9)))
                .containsExactly(new InboxGroup(null, List.of(other)));
    }

    @Test
    final void isToldOfANewEventOnceThoughTwoThreadsReceiveItAtOnce() {
        int rounds = 50;

        withThreads(
                2,
                threads -> IntStream.range(0, rounds).forEach(round -> {
                    var start = new CyclicBarrier(2);
                    Callable<Boolean> receiving = () -> {
                        start.await(30, TimeUnit.SECONDS);
                        return put(event("evt_" + round), null);
                    };
                    Future<Boolean> first = threads.submit(receiving);
                    Future<Boolean> second = threads.submit(receiving);
                    assertThat(List.of(result(first), result(second))).containsExactlyInAnyOrder(true, false);
                }));

        assertThat(pending(STRIPE)).isEqualTo(rounds);
    }

    @Test
    final void receivesEventsWhileAFlowWrites() {
        int rounds = 50;
        Lease lease = ledger.acquire(FLOW);

        withThreads(2, threads -> {
            Future<?> writing = threads.submit(() -> {
                for (int i = 1; i <= rounds; i++) {
                    Position position = new Position("" + i);
                    write(lease, tx -> tx.positions().save(FLOW, position));
                }
            });
            Future<?> receiving = threads.submit(() -> {
                for (int i = 1; i <= rounds; i++) {
                    put(event("evt_" + i), null);
                }
            });
            await(writing);
            await(receiving);
        });

        assertThat(position()).isEqualTo(new Position("" + rounds));
        assertThat(pending(STRIPE)).isEqualTo(rounds);
    }

    @Test
    final void givesAllPendingEventsOfAnObjectTogetherInTheOrderOfReceipt() {
        InboxEvent first = event("evt_z", "in_1", NOW_KEPT);
        InboxEvent other = event("evt_o", "in_2", NOW_KEPT.plusSeconds(1));
        InboxEvent second = event("evt_b", "in_1", NOW_KEPT.plusSeconds(2));
        InboxEvent tie = event("evt_c", "in_1", NOW_KEPT.plusSeconds(2));
        InboxEvent elsewhere = InboxEvent.received(
                STRIPE,
                "evt_e",
                "charge.refunded",
                new RecordKey(STRIPE, "charges", "in_1"),
                NOW_KEPT.plusSeconds(3),
                null);
        List.of(tie, elsewhere, other, second, first).forEach(event -> put(event, "{}"));

        assertThat(due(NOW_KEPT.plusSeconds(3)))
                .containsExactly(
                        new InboxGroup(TARGET.key("in_1"), List.of(first, second, tie)),
                        new InboxGroup(TARGET.key("in_2"), List.of(other)),
                        new InboxGroup(new RecordKey(STRIPE, "charges", "in_1"), List.of(elsewhere)));
    }

    @Test
    final void leavesEventsThatTellOfNoObjectApart() {
        InboxEvent first = InboxEvent.received(STRIPE, "evt_1", "ping", null, NOW_KEPT, null);
        InboxEvent second = InboxEvent.received(STRIPE, "evt_2", "ping", null, NOW_KEPT, null);
        put(second, null);
        put(first, null);

        assertThat(due(NOW_KEPT))
                .containsExactly(new InboxGroup(null, List.of(first)), new InboxGroup(null, List.of(second)));
    }

    @Test
    final void limitsHowManyObjectsAreGivenButNotTheirEvents() {
        for (int i = 0; i < 6; i++) {
            put(event("evt_" + i, "in_" + i % 3, NOW_KEPT.plusSeconds(i)), null);
        }

        List<InboxGroup> two = read(tx -> tx.inbox().due(STRIPE, NOW_KEPT.plusSeconds(9), 2));

        assertThat(two)
                .extracting(InboxGroup::eventIds)
                .containsExactly(List.of("evt_0", "evt_3"), List.of("evt_1", "evt_4"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read(tx -> tx.inbox().due(STRIPE, NOW, 0)));
    }

    @Test
    final void givesNoEventBeforeItsTimeUnlessANewOneTellsOfTheSameObject() {
        Instant retryAt = NOW_KEPT.plusSeconds(60);
        put(event("evt_1"), null);
        failed("no answer", retryAt, "evt_1");

        assertThat(due(retryAt.minusMillis(1))).isEmpty();
        assertThat(due(retryAt)).extracting(InboxGroup::eventIds).containsExactly(List.of("evt_1"));

        put(event("evt_2", "in_1", NOW_KEPT.plusSeconds(1)), null);

        assertThat(due(NOW_KEPT.plusSeconds(1)))
                .extracting(InboxGroup::eventIds)
                .containsExactly(List.of("evt_1", "evt_2"));
    }

    @Test
    final void countsFailuresAndKeepsTheirReason() {
        put(event("evt_1"), null);
        put(event("evt_2"), null);
        failed("no answer", NOW_KEPT.plusSeconds(1), "evt_1", "evt_2");
        failed("still none", NOW_KEPT.plusSeconds(2), "evt_1");

        InboxEvent failedTwice = find("evt_1").orElseThrow();
        assertThat(failedTwice.attempts()).isEqualTo(2);
        assertThat(failedTwice.reason()).isEqualTo("still none");
        assertThat(failedTwice.nextTryAt()).isEqualTo(NOW_KEPT.plusSeconds(2));
        assertThat(failedTwice.state()).isEqualTo(State.PENDING);
        assertThat(due(NOW_KEPT.plusSeconds(2)).get(0).attempts()).isEqualTo(2);
        done("evt_1");
        assertThat(find("evt_1").map(InboxEvent::reason)).isEmpty();
    }

    @Test
    final void keepsWhatIsSettledSettled() {
        put(event("evt_1"), null);
        put(event("evt_2"), null);
        done("evt_1");
        freely(tx -> tx.inbox().ignored(STRIPE, List.of("evt_2"), "not ours", NOW));

        failed("too late", NOW_KEPT, "evt_1", "evt_2", "unknown");
        done("evt_2");
        freely(tx -> tx.inbox().ignored(STRIPE, List.of("evt_1"), "too late", NOW));

        assertThat(find("evt_1").map(InboxEvent::state)).contains(State.DONE);
        assertThat(find("evt_1").map(InboxEvent::attempts)).contains(0);
        assertThat(find("evt_2").map(InboxEvent::state)).contains(State.IGNORED);
        assertThat(find("evt_2").map(InboxEvent::reason)).contains("not ours");
        assertThat(due(NOW)).isEmpty();
    }

    @Test
    final void leavesAnEventPendingThatArrivesWhileItsObjectIsProcessed() {
        put(event("evt_1"), null);
        List<InboxGroup> taken = due(NOW);
        put(event("evt_2", "in_1", NOW_KEPT), null);

        write(tx -> tx.inbox().done(STRIPE, taken.get(0).eventIds(), NOW));

        assertThat(due(NOW)).extracting(InboxGroup::eventIds).containsExactly(List.of("evt_2"));
    }

    @Test
    final void countsPendingEvents() {
        assertThat(pending(STRIPE)).isZero();
        for (int i = 0; i < 5; i++) {
            put(event("evt_" + i), null);
        }
        done("evt_0", "evt_1");
        failed("no answer", NOW_KEPT.plusSeconds(60), "evt_2");

        assertThat(pending(STRIPE)).isEqualTo(3);
    }

    @Test
    final void purgesWhatWasSettledBeforeATimeAndNothingThatWaits() {
        put(event("old"), null);
        put(event("older"), null);
        put(event("new"), null);
        put(event("waits", "in_1", Instant.EPOCH), null);
        put(ignoredAtOnce("ignored at once"), null);
        freely(tx -> tx.inbox().ignored(STRIPE, List.of("older"), "not ours", NOW_KEPT.minusMillis(2)));
        freely(tx -> tx.inbox().done(STRIPE, List.of("old"), NOW_KEPT.minusMillis(1)));
        freely(tx -> tx.inbox().done(STRIPE, List.of("new"), NOW_KEPT));

        assertThat(this.<Long>withoutLease(tx -> tx.inbox().purge(NOW_KEPT))).isEqualTo(3);
        assertThat(this.<Long>withoutLease(tx -> tx.inbox().purge(NOW_KEPT))).isZero();

        assertThat(find("old")).isEmpty();
        assertThat(find("older")).isEmpty();
        assertThat(find("ignored at once")).isEmpty();
        assertThat(find("new")).isPresent();
        assertThat(find("waits")).isPresent();
        assertThat(put(event("new"), null)).isFalse();
        assertThat(put(event("old"), null)).isTrue();
    }

    private static InboxEvent ignoredAtOnce(String id) {
        Instant received = NOW_KEPT.minusSeconds(60);
        return new InboxEvent(STRIPE, id, "ping", null, received, null, State.IGNORED, 0, received, "not ours");
    }

    @Test
    final void refusesAPayloadThatIsTooLong() {
        String longest = "x".repeat(WebhookInbox.LONGEST_PAYLOAD);

        assertThat(put(event("evt_1"), longest)).isTrue();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> put(event("evt_2"), longest + "x"))
                .withMessageContaining("evt_2")
                .withMessageContaining("262144 characters: 262145");

        assertThat(find("evt_2")).isEmpty();
    }

    @Test
    final void settlesThousandsOfEventsAtOnce() {
        List<String> ids = IntStream.range(0, 2500).mapToObj(i -> "evt_" + i).toList();
        freely(tx -> ids.forEach(id -> tx.inbox().put(event(id), null)));
        assertThat(due(NOW)).hasSize(1);
        assertThat(due(NOW).get(0).events()).hasSize(2500);

        freely(tx -> tx.inbox().done(STRIPE, due(NOW, tx.inbox()), NOW));

        assertThat(pending(STRIPE)).isZero();
    }

    private static List<String> due(Instant now, WebhookInbox inbox) {
        var ids = new ArrayList<String>();
        inbox.due(STRIPE, now, 9).forEach(group -> ids.addAll(group.eventIds()));
        return ids;
    }

    private boolean put(InboxEvent event, @Nullable String payload) {
        return this.<Boolean>withoutLease(tx -> tx.inbox().put(event, payload));
    }

    private void done(String... ids) {
        freely(tx -> tx.inbox().done(STRIPE, List.of(ids), NOW));
    }

    private void failed(String reason, Instant retryAt, String... ids) {
        freely(tx -> tx.inbox().failed(STRIPE, List.of(ids), reason, retryAt));
    }

    private List<InboxGroup> due(Instant now) {
        return read(tx -> tx.inbox().due(STRIPE, now, 100));
    }

    private Optional<InboxEvent> find(String id) {
        return read(tx -> tx.inbox().find(STRIPE, id));
    }

    private Optional<String> payload(String id) {
        return read(tx -> tx.inbox().payload(STRIPE, id));
    }

    private long pending(String connection) {
        return this.<Long>read(tx -> tx.inbox().pending(connection));
    }

    private static boolean result(Future<Boolean> future) {
        try {
            return future.get(60, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }
}
