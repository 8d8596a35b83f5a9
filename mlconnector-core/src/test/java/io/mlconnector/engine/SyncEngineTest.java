package io.mlconnector.engine;

import static io.mlconnector.engine.FakeErp.customer;
import static io.mlconnector.engine.FakeErp.invoice;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlconnector.model.Customer;
import io.mlconnector.model.Invoice;
import io.mlconnector.model.RecordKey;
import io.mlconnector.spi.Action;
import io.mlconnector.spi.AuditEntry;
import io.mlconnector.spi.AuditQuery;
import io.mlconnector.spi.AuthenticationException;
import io.mlconnector.spi.ConfigurationException;
import io.mlconnector.spi.Intent;
import io.mlconnector.spi.Ledger;
import io.mlconnector.spi.LedgerException;
import io.mlconnector.spi.LedgerTransaction;
import io.mlconnector.spi.Letter;
import io.mlconnector.spi.MlConnectorException;
import io.mlconnector.spi.Position;
import io.mlconnector.spi.TargetRef;
import io.mlconnector.spi.UnavailableException;
import io.mlconnector.spi.Write;
import io.mlconnector.spi.WriteOutcome;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SyncEngineTest {

    private static final RecordKey CUSTOMER_1 = new RecordKey("erp", "customers", "1");

    private final MovedTime time = new MovedTime();
    private final InMemoryLedger ledger = new InMemoryLedger();
    private final FakeErp erp = new FakeErp();
    private final FakeBank bank = new FakeBank();
    private final SyncEngine engine = engine(
            Flow.of("customers", Customer.class)
                    .from("erp/customers")
                    .to("bank/customers")
                    .build(),
            Flow.of("invoices", Invoice.class)
                    .from("erp/invoices")
                    .to("bank/invoices")
                    .build());

    private SyncEngine engine(Flow<?>... flows) {
        SyncEngine.Builder builder = SyncEngine.builder()
                .ledger(ledger)
                .addConnection(erp)
                .addConnection(bank)
                .clock(time)
                .sleeper(time)
                .random(new Random(7));
        for (Flow<?> flow : flows) {
            builder.addFlow(flow);
        }
        return builder.build();
    }

    @Test
    void createsEveryRecordOnceAndNothingInTheSecondRun() {
        IntStream.range(0, 35).forEach(i -> erp.customers.put(customer("c" + i, "Name " + i)));

        FlowReport first = engine.run("customers");
        FlowReport second = engine.run("customers");

        assertThat(first.count(Tally.CREATED)).isEqualTo(35);
        assertThat(first.readCount()).isEqualTo(35);
        assertThat(first.balanced()).isTrue();
        assertThat(second.readCount()).isZero();
        assertThat(bank.customers.documents).hasSize(35);
    }

    @Test
    void recognisesWhatItHasWrittenWhenTheSourceReadsAnOverlap() {
        erp.customers.put(customer("1", "Müller"));
        engine.run("customers");
        erp.customers.put(customer("1", "Müller"));

        FlowReport report = engine.run("customers");

        assertThat(report.count(Tally.UNCHANGED)).isEqualTo(1);
        assertThat(bank.customers.writes).hasSize(1);
    }

    @Test
    void sendsAnUpdateThatNamesTheChangedFields() {
        erp.customers.put(customer("1", "Müller"));
        engine.run("customers");
        erp.customers.put(customer("1", "Mueller"));

        FlowReport report = engine.run("customers");

        assertThat(report.count(Tally.UPDATED)).isEqualTo(1);
        Write.Update<Customer> update = (Write.Update<Customer>) bank.customers.writes.get(1);
        assertThat(update.changedFields()).containsExactly("name");
        assertThat(update.target().id()).isEqualTo("C-1");
    }

    @Test
    void takesTheLastOfSeveralChangesOfOneRecordInAPage() {
        erp.customers.put(customer("1", "one"));
        erp.customers.put(customer("1", "two"));

        FlowReport report = engine.run("customers");

        assertThat(report.readCount()).isEqualTo(2);
        assertThat(report.balanced()).isTrue();
        assertThat(bank.customers.documents.get("C-1")).isEqualTo(customer("1", "two"));
        assertThat(bank.customers.writes).hasSize(1);
    }

    @Test
    void removesAtTheTargetWhatIsGoneAtTheSource() {
        erp.customers.put(customer("1", "Müller"));
        engine.run("customers");
        erp.customers.delete(CUSTOMER_1);

        FlowReport report = engine.run("customers");

        assertThat(report.count(Tally.REMOVED)).isEqualTo(1);
        assertThat(bank.customers.documents).isEmpty();
        assertThat(ledger.<Long>read(tx -> tx.mappings().count(io.mlconnector.spi.Endpoint.parse("bank/customers"))))
                .isZero();
    }

    @Test
    void keepsAtTheTargetWhatIsGoneAtTheSourceIfTheFlowSaysSo() {
        SyncEngine keeping = engine(Flow.of("customers", Customer.class)
                .from("erp/customers")
                .to("bank/customers")
                .deletes(Flow.Deletes.KEEP)
                .build());
        erp.customers.put(customer("1", "Müller"));
        erp.customers.pageSize = 1;
        erp.customers.delete(CUSTOMER_1);

        FlowReport report = keeping.run("customers");

        assertThat(report.count(Tally.UNCHANGED)).isEqualTo(1);
        assertThat(bank.customers.documents).hasSize(1);
    }

    @Test
    void removesWhatACompleteScanNoLongerLists() {
        erp.customers.scan = true;
        erp.customers.listOnly(customers(0, 25));
        engine.run("customers");
        erp.customers.listOnly(customers(3, 25));

        FlowReport report = engine.run("customers");

        assertThat(report.count(Tally.REMOVED)).isEqualTo(3);
        assertThat(report.count(Tally.UNCHANGED)).isEqualTo(22);
        assertThat(report.balanced()).isTrue();
        assertThat(bank.customers.documents).hasSize(22);
        assertThat(engine.run("customers").count(Tally.REMOVED)).isZero();
    }

    @Test
    void removesNothingAfterAScanThatBrokeOrListedNothing() {
        erp.customers.scan = true;
        erp.customers.listOnly(customers(0, 25));
        engine.run("customers");

        erp.customers.listOnly(customers(3, 25));
        erp.customers.failAtPoll = erp.customers.polls + 2;
        FlowReport broken = engine.run("customers");
        FlowReport resumed = engine.run("customers");
        erp.customers.listOnly(List.of());
        FlowReport empty = engine.run("customers");

        assertThat(broken.completed()).isFalse();
        assertThat(List.of(broken, resumed, empty))
                .allSatisfy(report -> assertThat(report.count(Tally.REMOVED)).isZero());
        assertThat(bank.customers.documents).hasSize(25);
    }

    private static List<Customer> customers(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> customer("c" + (10 + i), "Name " + i))
                .toList();
    }

    @Test
    void looksForADocumentWhoseAnswerWasLostBeforeItSendsAgain() {
        erp.customers.put(customer("1", "Müller"));
        bank.customers.loseNextAnswer();

        FlowReport report = engine.run("customers");

        assertThat(report.count(Tally.CREATED)).isEqualTo(1);
        assertThat(bank.customers.documents).hasSize(1);
        assertThat(bank.customers.writes).hasSize(1);
        assertThat(time.sleeps()).contains(FakeBank.SETTLE_TIME);
        assertThat(audit(CUSTOMER_1)).extracting(AuditEntry::outcome).containsExactly(AuditEntry.Outcome.FOUND);
    }

    @Test
    void writesAgainUnderTheSameKeyWhatDidNotArrive() {
        erp.customers.put(customer("1", "Müller"));
        bank.customers.next(new WriteOutcome.Ambiguous("reset"));

        FlowReport report = engine.run("customers");

        assertThat(report.count(Tally.CREATED)).isEqualTo(1);
        assertThat(bank.customers.documents).hasSize(1);
        assertThat(bank.customers.writes).hasSize(2);
        assertThat(bank.customers.writes.get(0).idempotencyKey())
                .isEqualTo(bank.customers.writes.get(1).idempotencyKey());
        assertThat(bank.customers.finds).hasSize(1);
    }

    @Test
    void holdsInDoubtWhatNobodyCanTellAndDoesNotSendItAgain() {
        erp.customers.put(customer("1", "Müller"));
        bank.customers.loseNextAnswer();
        bank.customers.cannotTell = "two documents match";

        FlowReport report = engine.run("customers");
        erp.customers.put(customer("1", "Müller again"));
        FlowReport later = engine.run("customers");

        assertThat(report.count(Tally.IN_DOUBT)).isEqualTo(1);
        assertThat(later.count(Tally.IN_DOUBT)).isEqualTo(1);
        assertThat(bank.customers.writes).hasSize(1);
        assertThat(ledger.<List<Intent>>read(tx -> tx.intents().inDoubt("customers")))
                .singleElement()
                .satisfies(intent -> assertThat(intent.doubt()).isEqualTo("two documents match"));
    }

    @Test
    void aPersonConfirmsAWriteInDoubtAndTheRecordGoesOn() {
        leaveInDoubt();

        engine.confirm("customers", CUSTOMER_1, "C-1", "ada");
        erp.customers.put(customer("1", "Mueller"));
        FlowReport report = engine.run("customers");

        assertThat(engine.inDoubt("customers")).isEmpty();
        assertThat(report.count(Tally.UPDATED)).isEqualTo(1);
        assertThat(bank.customers.documents).hasSize(1);
        assertThat(audit(CUSTOMER_1))
                .extracting(AuditEntry::outcome)
                .containsExactly(AuditEntry.Outcome.IN_DOUBT, AuditEntry.Outcome.SETTLED, AuditEntry.Outcome.APPLIED);
        assertThat(audit(CUSTOMER_1).get(1).detail()).isEqualTo("confirmed by ada");
    }

    @Test
    void aPersonHasAWriteInDoubtSentAgain() {
        bank.customers.next(new WriteOutcome.Ambiguous("reset"));
        bank.customers.cannotTell = "search is down";
        erp.customers.put(customer("1", "Müller"));
        engine.run("customers");
        bank.customers.cannotTell = null;

        FlowReport report = engine.writeAgain("customers", CUSTOMER_1);

        assertThat(report.count(Tally.CREATED)).isEqualTo(1);
        assertThat(report.balanced()).isTrue();
        assertThat(bank.customers.documents).hasSize(1);
        assertThat(engine.inDoubt("customers")).isEmpty();
    }

    @Test
    void aPersonDiscardsAWriteInDoubtAndItsContentIsNotSentAgain() {
        leaveInDoubt();

        engine.discard("customers", CUSTOMER_1, "ada");
        erp.customers.put(customer("1", "Müller"));
        FlowReport report = engine.run("customers");

        assertThat(engine.inDoubt("customers")).isEmpty();
        assertThat(report.count(Tally.DEAD)).isEqualTo(1);
        assertThat(bank.customers.writes).hasSize(1);
        assertThatThrownBy(() -> engine.discard("customers", CUSTOMER_1, "ada"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no write of erp/customers/1 by flow customers is in doubt");
    }

    private void leaveInDoubt() {
        erp.customers.put(customer("1", "Müller"));
        bank.customers.loseNextAnswer();
        bank.customers.cannotTell = "two documents match";
        engine.run("customers");
        bank.customers.cannotTell = null;
    }

    @Test
    void settlesOpenIntentsOfADeadProcessBeforeItReads() {
        erp.customers.put(customer("1", "Müller"));
        erp.customers.put(customer("2", "Maier"));
        bank.customers.next((store, write) -> {
            store.apply(write);
            throw new Error("the process dies after the remote commit");
        });

        assertThatThrownBy(() -> engine.run("customers")).hasMessageContaining("a lane died");
        FlowReport report = engine(Flow.of("customers", Customer.class)
                        .from("erp/customers")
                        .to("bank/customers")
                        .build())
                .run("customers");

        assertThat(bank.customers.documents).hasSize(2);
        assertThat(report.recovered()).isGreaterThanOrEqualTo(1);
        assertThat(report.balanced()).isTrue();
        assertThat(report.count(Tally.UNCHANGED) + report.count(Tally.CREATED)).isEqualTo(2);
    }

    @Test
    void waitsForTheWholeSettleTimeBecauseADeadProcessMayHaveSentItsWriteJustBeforeItDied() {
        erp.customers.put(customer("1", "Müller"));
        bank.customers.next((store, write) -> {
            time.sleep(FakeBank.SETTLE_TIME.multipliedBy(3));
            throw new Error("dies long after the intent was committed");
        });
        assertThatThrownBy(() -> engine.run("customers")).hasMessageContaining("a lane died");
        int sleeps = time.sleeps().size();

        engine.run("customers");

        assertThat(time.sleeps().subList(sleeps, time.sleeps().size())).contains(FakeBank.SETTLE_TIME);
    }

    @Test
    void parksAnInvoiceUntilItsCustomerIsThere() {
        erp.invoices.put(invoice("I1", "1", "119.00"));

        FlowReport waiting = engine.run("invoices");
        erp.customers.put(customer("1", "Müller"));
        engine.run("customers");
        FlowReport arrived = engine.run("invoices");

        assertThat(waiting.count(Tally.PARKED)).isEqualTo(1);
        assertThat(waiting.outcome(Tally.PARKED).money()).containsEntry("EUR", new BigDecimal("119"));
        assertThat(arrived.count(Tally.CREATED)).isEqualTo(1);
        assertThat(arrived.replayed()).isEqualTo(1);
        assertThat(arrived.balanced()).isTrue();
        assertThat(bank.invoices.documents).hasSize(1);
        assertThat(bank.invoices.referencesOfLastWrite().resolve(CUSTOMER_1))
                .hasValueSatisfying(target -> assertThat(target.id()).isEqualTo("C-1"));
        assertThat(letters("invoices", Letter.Kind.PARKED)).isEmpty();
    }

    @Test
    void looksForAnUnmatchedRecordAgainAndAgainUntilItAppearsWithoutALink() {
        IntStream.range(0, 21)
                .forEach(i -> bank.invoices.next(WriteOutcome.Deferred.unmatched(CUSTOMER_1, "fits nothing")));
        erp.invoices.put(invoice("I1", "1", "119.00"));
        FlowReport first = engine.run("invoices");
        for (int tries = 0; tries < 20; tries++) {
            time.sleep(Duration.ofHours(7));
            assertThat(engine.run("invoices").count(Tally.PARKED)).isEqualTo(1);
        }
        bank.invoices.next(new WriteOutcome.Applied(TargetRef.of("I-1"), null));
        time.sleep(Duration.ofHours(7));

        FlowReport found = engine.run("invoices");

        assertThat(first.count(Tally.PARKED)).isEqualTo(1);
        assertThat(found.count(Tally.CREATED)).isEqualTo(1);
        assertThat(found.balanced()).isTrue();
        assertThat(letters("invoices", Letter.Kind.PARKED)).isEmpty();
        assertThat(letters("invoices", Letter.Kind.DEAD)).isEmpty();
    }

    @Test
    void triesAnUnmatchedRecordAtOnceWhenWhatItAwaitsGetsALink() {
        bank.invoices.next(WriteOutcome.Deferred.unmatched(CUSTOMER_1, "fits nothing"));
        erp.invoices.put(invoice("I1", "1", "119.00"));
        engine.run("invoices");
        assertThat(engine.run("invoices").replayed()).isZero();
        erp.customers.put(customer("1", "Müller"));
        engine.run("customers");

        assertThat(engine.run("invoices").count(Tally.CREATED)).isEqualTo(1);
    }

    @Test
    void doesNotSendAParkedInvoiceAgainWhileItsCustomerIsMissing() {
        erp.invoices.put(invoice("I1", "1", "119.00"));
        engine.run("invoices");
        erp.invoices.put(invoice("I1", "1", "119.00"));

        FlowReport report = engine.run("invoices");

        assertThat(report.count(Tally.PARKED)).isEqualTo(1);
        assertThat(bank.invoices.writes).hasSize(1);
        assertThat(letters("invoices", Letter.Kind.PARKED)).hasSize(1);
    }

    @Test
    void keepsARefusedRecordAsDeadLetterAndGoesOn() {
        erp.customers.put(customer("1", "Müller"));
        erp.customers.put(customer("2", "Maier"));
        bank.customers.next((store, write) ->
                write.key().equals(CUSTOMER_1) ? new WriteOutcome.Rejected("name too long", "req-7") : null);
        bank.customers.next((store, write) ->
                write.key().equals(CUSTOMER_1) ? new WriteOutcome.Rejected("name too long", "req-7") : null);

        FlowReport report = engine.run("customers");
        FlowReport second = engine.run("customers");

        assertThat(report.count(Tally.DEAD)).isEqualTo(1);
        assertThat(report.count(Tally.CREATED)).isEqualTo(1);
        assertThat(report.balanced()).isTrue();
        assertThat(second.readCount()).isZero();
        assertThat(letters("customers", Letter.Kind.DEAD)).singleElement().satisfies(letter -> {
            assertThat(letter.reason()).isEqualTo("name too long");
            assertThat(letter.payload()).contains("Müller");
        });
    }

    @Test
    void replaysADeadLetterUnderANewKeyOnceItIsMended() {
        erp.customers.put(customer("1", "Müller"));
        bank.customers.next(new WriteOutcome.Rejected("closed", null));
        engine.run("customers");

        FlowReport report = engine.replay("customers", List.of(CUSTOMER_1));

        assertThat(report.count(Tally.CREATED)).isEqualTo(1);
        assertThat(report.replayed()).isEqualTo(1);
        assertThat(letters("customers", Letter.Kind.DEAD)).isEmpty();
        assertThat(bank.customers.writes.get(0).idempotencyKey())
                .isNotEqualTo(bank.customers.writes.get(1).idempotencyKey());
    }

    @Test
    void aNewerVersionFromTheSourceReplacesADeadLetter() {
        erp.customers.put(customer("1", "Müller"));
        bank.customers.next(new WriteOutcome.Rejected("too long", null));
        engine.run("customers");
        erp.customers.put(customer("1", "M"));

        FlowReport report = engine.run("customers");

        assertThat(report.count(Tally.CREATED)).isEqualTo(1);
        assertThat(letters("customers", Letter.Kind.DEAD)).isEmpty();
    }

    @Test
    void buriesARecordThatCannotBeReadAndGoesOn() {
        erp.customers.put(customer("1", "Müller"));
        erp.customers.garble(new RecordKey("erp", "customers", "2"), "{\"NAME\":null}");

        FlowReport report = engine.run("customers");
        erp.customers.garble(new RecordKey("erp", "customers", "2"), "{\"NAME\":null}");
        FlowReport again = engine.run("customers");

        assertThat(report.count(Tally.DEAD)).isEqualTo(1);
        assertThat(report.count(Tally.CREATED)).isEqualTo(1);
        assertThat(again.count(Tally.DEAD)).isEqualTo(1);
        assertThat(letters("customers", Letter.Kind.DEAD)).singleElement().satisfies(letter -> {
            assertThat(letter.reason()).isEqualTo("name is missing");
            assertThat(letter.attempts()).isEqualTo(1);
        });
    }

    @Test
    void aReplayOfAnUnreadableRecordFetchesItAnew() {
        RecordKey key = new RecordKey("erp", "customers", "2");
        erp.customers.garble(key, "{\"NAME\":null}");
        engine.run("customers");

        FlowReport stillBad = engine.replay("customers", List.of(key));
        erp.customers.put(customer("2", "Maier"));
        FlowReport mended = engine.replay("customers", List.of(key));

        assertThat(stillBad.count(Tally.DEAD)).isEqualTo(1);
        assertThat(stillBad.balanced()).isTrue();
        assertThat(mended.count(Tally.CREATED)).isEqualTo(1);
        assertThat(letters("customers", Letter.Kind.DEAD)).isEmpty();
    }

    @Test
    void keepsThePositionWhenAPageFails() {
        IntStream.range(0, 25).forEach(i -> erp.customers.put(customer("c" + i, "Name " + i)));
        bank.customers.next((store, write) -> {
            throw new UnavailableException("the bank is down", MlConnectorException.Details.NONE);
        });

        FlowReport failed = engine.run("customers");
        Position position = ledger.read(tx -> tx.positions().position("customers"));
        FlowReport report = engine.run("customers");

        assertThat(failed.completed()).isFalse();
        assertThat(failed.failureReason())
                .hasValueSatisfying(reason -> assertThat(reason).contains("the bank is down"));
        assertThat(failed.balanced()).isTrue();
        assertThat(position).isEqualTo(Position.START);
        assertThat(report.completed()).isTrue();
        assertThat(bank.customers.documents).hasSize(25);
    }

    @Test
    void stopsAtOnceWhenCredentialsAreRefused() {
        IntStream.range(0, 30).forEach(i -> erp.customers.put(customer("c" + i, "Name " + i)));
        for (int i = 0; i < 4; i++) {
            bank.customers.next((store, write) -> {
                throw new AuthenticationException("key refused", MlConnectorException.Details.NONE);
            });
        }

        FlowReport report = engine.run("customers");

        assertThat(report.failureReason())
                .hasValueSatisfying(reason -> assertThat(reason).contains("AuthenticationException"));
        assertThat(bank.customers.writes).hasSizeLessThanOrEqualTo(4);
        assertThat(report.balanced()).isTrue();
        assertThat(ledger.<List<Intent>>read(tx -> tx.intents().open("customers")))
                .isEmpty();
    }

    @Test
    void anotherFlowRunsAlthoughOneFails() {
        erp.customers.put(customer("1", "Müller"));
        erp.customers.failAtPoll = 2;

        List<FlowReport> reports = engine.runAll();

        assertThat(reports).extracting(FlowReport::flow).containsExactly("customers", "invoices");
        assertThat(reports.get(1).completed()).isTrue();
    }

    @Test
    void waitsOutTheSettleTimeAfterARestartBecauseTheLastWriteMayHaveBeenSentLate() {
        erp.customers.put(customer("1", "Müller"));
        bank.customers.next(new WriteOutcome.Throttled(Duration.ofHours(1)));
        bank.customers.next(new WriteOutcome.Ambiguous("no answer"));
        bank.customers.findFails = true;
        engine.run("customers");
        bank.customers.findFails = false;
        Instant restart = time.instant();

        engine.run("customers");

        assertThat(bank.customers.documents).hasSize(1);
        assertThat(time.instant()).isAfterOrEqualTo(restart.plus(FakeBank.SETTLE_TIME));
    }

    @Test
    void countsTheSettleTimeFromTheEndOfACallThatTimedOut() {
        erp.customers.put(customer("1", "Müller"));
        bank.customers.next((store, write) -> {
            time.sleep(Duration.ofSeconds(30));
            return new WriteOutcome.Ambiguous("no answer within 30 s");
        });

        engine.run("customers");

        assertThat(time.sleeps()).contains(FakeBank.SETTLE_TIME);
    }

    @Test
    void listsWhatItHasReadAsAbandonedWhenTheLedgerFailsBeforeAnythingIsSent() {
        IntStream.range(0, 5).forEach(i -> erp.invoices.put(invoice("i" + i, "c", "10.00")));
        for (int healthyReads = 0; healthyReads < 8; healthyReads++) {
            Ledger failing = failingAfter(healthyReads);
            SyncEngine tested = SyncEngine.builder()
                    .ledger(failing)
                    .addConnection(erp)
                    .addConnection(bank)
                    .addFlow(Flow.of("invoices", Invoice.class)
                            .from("erp/invoices")
                            .to("bank/invoices")
                            .build())
                    .clock(time)
                    .sleeper(time)
                    .build();

            FlowReport report;
            try {
                report = tested.run("invoices");
            } catch (LedgerException e) {
                continue; // before the pass began
            }

            assertThat(report.balanced())
                    .as("ledger fails after %s reads", healthyReads)
                    .isTrue();
        }
    }

    private static Ledger failingAfter(int healthyReads) {
        var inner = new InMemoryLedger();
        var reads = new AtomicInteger();
        return new PassingLedger(inner) {
            @Override
            public <R> R read(Function<LedgerTransaction, R> work) {
                if (reads.incrementAndGet() > healthyReads) {
                    throw new LedgerException("the disk is gone", MlConnectorException.Details.NONE);
                }
                return super.read(work);
            }
        };
    }

    @Test
    void aDefectOfASourceEndsItsOwnFlowAndIsReported() {
        erp.customers.defect = true;

        List<FlowReport> reports = engine.runAll();

        assertThat(reports.get(0).failureReason())
                .hasValueSatisfying(reason -> assertThat(reason).contains("a defect of the adapter"));
        assertThat(reports.get(1).completed()).isTrue();
    }

    @Test
    void waitsAsLongAsAThrottledTargetWants() {
        erp.customers.put(customer("1", "Müller"));
        bank.customers.next(new WriteOutcome.Throttled(Duration.ofSeconds(77)));

        FlowReport report = engine.run("customers");

        assertThat(report.count(Tally.CREATED)).isEqualTo(1);
        assertThat(time.sleeps()).anySatisfy(sleep -> assertThat(sleep).isGreaterThanOrEqualTo(Duration.ofSeconds(77)));
    }

    @Test
    void triesAStaleVersionAgainAndParksTheRecordAfterThreeRounds() {
        erp.customers.put(customer("1", "Müller"));
        for (int i = 0; i < 3; i++) {
            bank.customers.next(new WriteOutcome.Conflicted("etag"));
        }

        FlowReport report = engine.run("customers");

        assertThat(bank.customers.writes).hasSize(3);
        assertThat(report.count(Tally.PARKED)).isEqualTo(1);

        time.sleep(Duration.ofMinutes(2));
        assertThat(engine.run("customers").count(Tally.CREATED)).isEqualTo(1);
    }

    @Test
    void treatsADefectOfAnAdapterAsALostAnswer() {
        erp.customers.put(customer("1", "Müller"));
        bank.customers.next((store, write) -> {
            store.apply(write);
            throw new NullPointerException("a defect");
        });

        FlowReport report = engine.run("customers");

        assertThat(report.count(Tally.CREATED)).isEqualTo(1);
        assertThat(bank.customers.documents).hasSize(1);
    }

    @Test
    void givesTwoKeysToTwoChangesThatLookTheSame() {
        erp.customers.put(customer("1", "A"));
        engine.run("customers");
        for (String name : List.of("B", "A", "B")) {
            time.sleep(Duration.ofSeconds(5));
            erp.customers.put(customer("1", name));
            engine.run("customers");
        }

        assertThat(bank.customers.writes.stream().map(Write::idempotencyKey).distinct())
                .hasSize(4);
        assertThat(bank.customers.documents.get("C-1")).isEqualTo(customer("1", "B"));
    }

    @Test
    void movesThePositionOnlyAfterThePageIsSettled() {
        IntStream.range(0, 25).forEach(i -> erp.customers.put(customer("c" + i, "Name " + i)));

        engine.run("customers");

        assertThat(erp.customers.settled).containsExactly(new Position("10"), new Position("20"), new Position("25"));
        assertThat(ledger.<Position>read(tx -> tx.positions().position("customers")))
                .isEqualTo(new Position("25"));
    }

    @Test
    void sendsBatchesAsLargeAsTheSinkTakes() {
        bank.customers.maxBatch = 5;
        IntStream.range(0, 10).forEach(i -> erp.customers.put(customer("c" + i, "Name " + i)));

        FlowReport report = engine.run("customers");

        assertThat(report.count(Tally.CREATED)).isEqualTo(10);
    }

    @Test
    void plansWithoutWriting() {
        erp.customers.put(customer("1", "Müller"));
        engine.run("customers");
        erp.customers.put(customer("1", "Mueller"));
        erp.customers.put(customer("2", "Maier"));

        Plan plan = engine.plan("customers");

        assertThat(plan.changes()).extracting(PlannedChange::action).containsExactly(Action.UPDATE, Action.CREATE);
        assertThat(plan.changes().get(0).changedFields()).containsExactly("name");
        assertThat(plan.calls()).isEqualTo(2);
        assertThat(bank.customers.writes).hasSize(1);
        assertThat(engine.run("customers").count(Tally.UPDATED)).isEqualTo(1);
    }

    @Test
    void appliesASavedPlanAndLeavesOutWhatHasChangedSince() {
        erp.customers.put(customer("1", "Müller"));
        erp.customers.put(customer("2", "Maier"));
        erp.customers.put(customer("3", "Schulz"));
        Plan plan = Plan.parse(engine.plan("customers").toJson());
        erp.customers.put(customer("2", "Meier"));

        AppliedPlan applied = engine.apply(plan);
        FlowReport run = engine.run("customers");

        assertThat(applied.report().count(Tally.CREATED)).isEqualTo(2);
        assertThat(applied.report().balanced()).isTrue();
        assertThat(applied.leftOut()).containsExactly(new RecordKey("erp", "customers", "2"));
        assertThat(run.count(Tally.CREATED)).isEqualTo(1);
        assertThat(bank.customers.documents).hasSize(3);
        assertThat(bank.customers.documents.values()).contains(customer("2", "Meier"));
    }

    @Test
    void aPlanThatIsAppliedTwiceWritesOnce() {
        erp.customers.put(customer("1", "Müller"));
        Plan plan = engine.plan("customers");

        engine.apply(plan);
        AppliedPlan again = engine.apply(plan);

        assertThat(again.report().readCount()).isZero();
        assertThat(again.leftOut()).hasSize(1);
        assertThat(bank.customers.documents).hasSize(1);
    }

    @Test
    void leavesOutFilteredRecordsAndCountsThem() {
        SyncEngine filtering = engine(Flow.of("customers", Customer.class)
                .from("erp/customers")
                .to("bank/customers")
                .addFilter(customer -> !customer.name().startsWith("Test"))
                .addTransform(customer -> customer("1", customer.name().toUpperCase(java.util.Locale.ROOT)))
                .build());
        erp.customers.put(customer("1", "Müller"));
        erp.customers.put(customer("2", "Test"));

        FlowReport report = filtering.run("customers");

        assertThat(report.polled()).isEqualTo(2);
        assertThat(report.filtered()).isEqualTo(1);
        assertThat(report.readCount()).isEqualTo(1);
        assertThat(bank.customers.documents.get("C-1")).isEqualTo(customer("1", "MÜLLER"));
    }

    @Test
    void aStepThatFailsMakesADeadLetter() {
        SyncEngine failing = engine(Flow.of("customers", Customer.class)
                .from("erp/customers")
                .to("bank/customers")
                .addTransform(customer -> customer("other", "X"))
                .build());
        erp.customers.put(customer("1", "Müller"));

        FlowReport report = failing.run("customers");

        assertThat(report.count(Tally.DEAD)).isEqualTo(1);
        assertThat(letters("customers", Letter.Kind.DEAD))
                .singleElement()
                .satisfies(letter -> assertThat(letter.reason()).contains("changed the key"));
    }

    @Test
    void auditsEveryWriteWithTheRulesThatMadeIt() {
        erp.customers.put(customer("1", "Müller"));

        engine.run("customers");

        assertThat(audit(CUSTOMER_1)).singleElement().satisfies(entry -> {
            assertThat(entry.action()).isEqualTo(Action.CREATE);
            assertThat(entry.target()).isEqualTo(new RecordKey("bank", "customers", "C-1"));
            assertThat(entry.changes()).isEqualTo(Map.of("name", "name <- NAME => holder <- name"));
            assertThat(entry.requestId()).isEqualTo("req-C-1");
            assertThat(entry.mapping()).isEqualTo("erp:1 -> bank:1");
            assertThat(entry.sourceVersion()).isEqualTo("v0");
            assertThat(entry.attempts()).isEqualTo(1);
        });
        assertThat(ledger.<java.util.Optional<String>>read(tx -> tx.audit().verify()))
                .isEmpty();
    }

    @Test
    void listenersSeeTheBooksGrowAndCannotHarmARun() {
        var seen = new ArrayList<Long>();
        IntStream.range(0, 25).forEach(i -> erp.customers.put(customer("c" + i, "Name " + i)));
        SyncEngine listening = SyncEngine.builder()
                .ledger(ledger)
                .addConnection(erp)
                .addConnection(bank)
                .addFlow(Flow.of("customers", Customer.class)
                        .from("erp/customers")
                        .to("bank/customers")
                        .build())
                .addListener(new SyncListener() {
                    @Override
                    public void pageSettled(FlowReport soFar) {
                        seen.add(soFar.readCount());
                        throw new IllegalStateException("a broken listener");
                    }
                })
                .build();

        FlowReport report = listening.run("customers");

        assertThat(seen).containsExactly(10L, 20L, 25L);
        assertThat(report.completed()).isTrue();
    }

    @Test
    void refusesFlowsThatDoNotFitWithAllFaultsAtOnce() {
        assertThatThrownBy(() -> engine(
                        Flow.of("a", Customer.class)
                                .from("erp/customers")
                                .to("nowhere/customers")
                                .build(),
                        Flow.of("b", Customer.class)
                                .from("erp/customers")
                                .to("bank/invoices")
                                .build(),
                        Flow.of("c", Customer.class)
                                .from("erp/ledgers")
                                .to("bank/customers")
                                .build()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("flow a names an unknown connection 'nowhere'; known: [bank, erp]")
                .hasMessageContaining(
                        "flow b carries Customer, but erp/customers reads Customer and bank/invoices takes"
                                + " Invoice")
                .hasMessageContaining("flow c: erp has no ledgers");
    }

    @Test
    void leavesNoThreadBehind() {
        IntStream.range(0, 25).forEach(i -> erp.customers.put(customer("c" + i, "Name " + i)));

        engine.run("customers");
        engine.close();

        assertThat(Thread.getAllStackTraces().keySet())
                .filteredOn(
                        thread -> thread.getName().startsWith("mlconnector-customers") && !interruptedOrDead(thread))
                .isEmpty();
    }

    @Test
    void checksEveryConnection() {
        assertThat(engine.check().keySet()).isEqualTo(Set.of("erp", "bank"));
    }

    private static boolean interruptedOrDead(Thread thread) {
        try {
            thread.join(5_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return !thread.isAlive();
    }

    private List<Letter> letters(String flow, Letter.Kind kind) {
        return ledger.read(tx -> tx.deadLetters().list(flow, kind, "", 100));
    }

    private List<AuditEntry> audit(RecordKey source) {
        return ledger.read(tx -> tx.audit().query(AuditQuery.ofSource(source)));
    }
}
