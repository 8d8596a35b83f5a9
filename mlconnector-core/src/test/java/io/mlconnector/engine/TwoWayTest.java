package io.mlconnector.engine;

import static io.mlconnector.engine.FakeTwin.called;
import static io.mlconnector.engine.FakeTwin.mailed;
import static io.mlconnector.engine.FakeTwin.named;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlconnector.engine.Flow.Conflicts;
import io.mlconnector.model.Vendor;
import io.mlconnector.spi.AuditQuery;
import io.mlconnector.spi.ConfigurationException;
import io.mlconnector.spi.Letter;
import io.mlconnector.spi.WriteOutcome;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class TwoWayTest {

    private final MovedTime time = new MovedTime();
    private final InMemoryLedger ledger = new InMemoryLedger();
    private final FakeTwin erp = new FakeTwin("erp", time);
    private final FakeTwin bank = new FakeTwin("bank", time);

    private SyncEngine engine(UnaryOperator<Flow.Builder<Vendor>> out) {
        return engine(out, in -> in);
    }

    private SyncEngine engine(UnaryOperator<Flow.Builder<Vendor>> out, UnaryOperator<Flow.Builder<Vendor>> in) {
        return SyncEngine.builder()
                .ledger(ledger)
                .addConnection(erp)
                .addConnection(bank)
                .addFlow(out.apply(
                                Flow.of("out", Vendor.class).from("erp/vendors").to("bank/vendors"))
                        .build())
                .addFlow(in.apply(
                                Flow.of("in", Vendor.class).from("bank/vendors").to("erp/vendors"))
                        .build())
                .clock(time)
                .sleeper(time)
                .random(new Random(7))
                .build();
    }

    private static void settle(SyncEngine engine) {
        for (int round = 0; round < 2; round++) {
            assertThat(engine.runAll()).allSatisfy(report -> {
                assertThat(report.completed()).isTrue();
                assertThat(report.balanced()).isTrue();
            });
        }
    }

    private void assertSilence(SyncEngine engine) {
        int before = erp.writes + bank.writes;
        settle(engine);
        assertThat(erp.writes + bank.writes).isEqualTo(before);
    }

    @Test
    void countsItsOwnWritesAsEchoes() {
        SyncEngine engine = engine(out -> out);
        erp.add("Acme");

        FlowReport out = engine.run("out");
        FlowReport in = engine.run("in");
        FlowReport again = engine.run("in");

        assertThat(out.count(Tally.CREATED)).isEqualTo(1);
        assertThat(in.count(Tally.ECHOED)).isEqualTo(1);
        assertThat(again.readCount()).isZero();
        assertThat(erp.vendors()).hasSize(1);
        assertThat(erp.writes).isZero();
    }

    @Test
    void bringsRecordsAndEditsOfBothSidesToTheOther() {
        SyncEngine engine = engine(out -> out);
        String acme = erp.add("Acme");
        bank.add("Bolt");
        settle(engine);
        String acmeThere = bank.vendors().stream()
                .filter(vendor -> vendor.name().equals("Acme"))
                .findFirst()
                .orElseThrow()
                .key()
                .id();

        erp.edit(acme, named("Acme Ltd"));
        bank.edit(acmeThere, mailed("ap@acme.example"));
        settle(engine);

        assertThat(erp.vendors()).hasSize(2);
        assertThat(bank.vendors()).hasSize(2);
        assertThat(erp.vendor(acme).email()).isEqualTo("ap@acme.example");
        assertThat(bank.vendor(acmeThere).name()).isEqualTo("Acme Ltd");
        assertSilence(engine);
    }

    @Test
    void keepsTheEditOfTheOtherSideThoughTheSinkWritesRecordsWhole() {
        bank.wholeRecords = true;
        SyncEngine engine = engine(out -> out);
        String acme = erp.add("Acme");
        settle(engine);

        bank.edit("b-1", mailed("ap@acme.example"));
        erp.edit(acme, named("Acme Ltd"));
        settle(engine);

        assertThat(bank.vendor("b-1").email()).isEqualTo("ap@acme.example");
        assertThat(bank.vendor("b-1").name()).isEqualTo("Acme Ltd");
        assertThat(erp.vendor(acme).email()).isEqualTo("ap@acme.example");
        assertSilence(engine);
    }

    @Test
    void doesNotBringBackANameThatTheOtherSideHasCut() {
        bank.longestName = 10;
        SyncEngine engine = engine(out -> out);
        String id = erp.add("Vereinigte Metallwerke");

        settle(engine);

        assertThat(bank.vendor("b-1").name()).isEqualTo("Vereinigte");
        assertThat(erp.vendor(id).name()).isEqualTo("Vereinigte Metallwerke");
        assertSilence(engine);
    }

    @Test
    void comesToSilenceWithoutVersionsToo() {
        erp.tellsVersions = false;
        bank.tellsVersions = false;
        bank.longestName = 10;
        SyncEngine engine = engine(out -> out);
        String id = erp.add("Vereinigte Metallwerke");
        settle(engine);

        bank.edit("b-1", mailed("ap@vm.example"));
        settle(engine);

        assertThat(erp.vendor(id).email()).isEqualTo("ap@vm.example");
        assertSilence(engine);
    }

    @Test
    void seesAnEditThatCameRightAfterItsOwnWrite() {
        SyncEngine engine = engine(out -> out);
        String acme = erp.add("Acme");
        engine.run("out");
        bank.edit("b-1", mailed("ap@acme.example"));

        settle(engine);

        assertThat(erp.vendor(acme).email()).isEqualTo("ap@acme.example");
        assertSilence(engine);
    }

    @Test
    void parksWhatBothSidesHaveChangedUntilTheyAgree() {
        SyncEngine engine = engine(out -> out);
        String acme = erp.add("Acme");
        settle(engine);
        erp.edit(acme, named("Acme Ltd"));
        bank.edit("b-1", named("Acme Limited"));

        List<FlowReport> reports = engine.runAll();

        assertThat(reports)
                .allSatisfy(report -> assertThat(report.count(Tally.PARKED)).isEqualTo(1));
        assertThat(letters("out")).singleElement().satisfies(letter -> {
            assertThat(letter.reason()).contains("erp/vendors/" + acme, "bank/vendors/b-1", "name");
            assertThat(letter.kind()).isEqualTo(Letter.Kind.PARKED);
        });

        bank.edit("b-1", named("Acme Ltd"));
        time.sleep(Duration.ofMinutes(5));
        settle(engine);

        assertThat(letters("out")).isEmpty();
        assertThat(letters("in")).isEmpty();
        assertThat(erp.vendor(acme).name()).isEqualTo("Acme Ltd");
        assertSilence(engine);
    }

    @Test
    void writesTheSideThatAPersonPicks() {
        SyncEngine engine = engine(out -> out);
        String acme = erp.add("Acme");
        settle(engine);
        erp.edit(acme, named("Acme Ltd"));
        bank.edit("b-1", named("Acme Limited"));
        engine.runAll();

        FlowReport report = engine.settleConflict("out", erp.key(acme), Conflicts.TARGET_WINS);

        assertThat(report.count(Tally.UPDATED)).isEqualTo(1);
        assertThat(erp.vendor(acme).name()).isEqualTo("Acme Limited");
        assertThat(letters("out")).isEmpty();
        settle(engine);
        assertThat(letters("in")).isEmpty();
        assertSilence(engine);
    }

    @Test
    void letsTheSourceWinWhicheverFlowRunsFirst() {
        SyncEngine engine = engine(out -> out.conflicts(Conflicts.SOURCE_WINS));
        String acme = erp.add("Acme");
        settle(engine);
        erp.edit(acme, named("Acme Ltd"));
        bank.edit("b-1", named("Acme Limited"));

        engine.run("in");
        assertThat(erp.vendor(acme).name()).isEqualTo("Acme Ltd");
        settle(engine);

        assertThat(bank.vendor("b-1").name()).isEqualTo("Acme Ltd");
        assertSilence(engine);
    }

    @Test
    void carriesAWinnerThatWasSetBackBeforeItsFlowCameToReadIt() {
        SyncEngine engine = engine(out -> out.conflicts(Conflicts.SOURCE_WINS));
        String acme = erp.add("Acme");
        String beta = erp.add("Beta");
        settle(engine);
        bank.edit("b-1", named("Acme Limited"));
        bank.edit("b-2", named("Beta Limited"));
        bank.edit("b-2", called("+46 8 1"));
        erp.edit(acme, named("Acme Ltd"));
        erp.edit(beta, named("Beta Ltd"));
        engine.run("in"); // gives way to the names of the ERP, and takes over the telephone number
        erp.edit(acme, named("Acme"));
        erp.edit(beta, named("Beta"));

        settle(engine);

        assertThat(bank.vendor("b-1").name()).isEqualTo("Acme");
        assertThat(bank.vendor("b-2").name()).isEqualTo("Beta");
        assertThat(erp.vendor(beta).phone()).isEqualTo("+46 8 1");
        assertSilence(engine);
    }

    @Test
    void carriesAnEditThatTakesBackWhatBothSidesHadMade() {
        SyncEngine engine = engine(out -> out.conflicts(Conflicts.SOURCE_WINS));
        String acme = erp.add("Acme");
        settle(engine);
        erp.edit(acme, named("Acme Ltd"));
        bank.edit("b-1", named("Acme Ltd"));
        engine.run("in"); // finds both alike
        erp.edit(acme, named("Acme"));

        settle(engine);

        assertThat(bank.vendor("b-1").name()).isEqualTo("Acme");
        assertSilence(engine);
    }

    @Test
    void bringsAnEditOfTheOtherSideOverAlthoughADeferredWriteHadTakenItIn() {
        SyncEngine engine = engine(out -> out.conflicts(Conflicts.SOURCE_WINS));
        String acme = erp.add("Acme");
        settle(engine);
        bank.edit("b-1", mailed("ap@acme.test"));
        erp.edit(acme, named("Acme Ltd"));
        bank.next(WriteOutcome.Deferred.later("busy"));
        engine.run("out");
        time.sleep(Duration.ofHours(1));

        engine.run("out");
        settle(engine);

        assertThat(erp.vendor(acme).email()).isEqualTo("ap@acme.test");
        assertThat(bank.vendor("b-1").name()).isEqualTo("Acme Ltd");
        assertSilence(engine);
    }

    @Test
    void letsTheTargetWin() {
        SyncEngine engine = engine(out -> out.conflicts(Conflicts.TARGET_WINS));
        String acme = erp.add("Acme");
        settle(engine);
        erp.edit(acme, named("Acme Ltd"));
        erp.edit(acme, called("+46 8 1"));
        bank.edit("b-1", named("Acme Limited"));

        settle(engine);

        assertThat(erp.vendor(acme).name()).isEqualTo("Acme Limited");
        assertThat(bank.vendor("b-1").phone()).isEqualTo("+46 8 1");
        assertSilence(engine);
    }

    @Test
    void letsTheLaterChangeWinThoughTheClocksOfTheSystemsDiffer() {
        erp.clockOffset = Duration.ofHours(-3);
        bank.clockOffset = Duration.ofHours(5);
        SyncEngine engine = engine(out -> out.conflicts(Conflicts.NEWEST_WINS));
        String acme = erp.add("Acme");
        settle(engine);
        bank.edit("b-1", named("Acme Limited"));
        time.sleep(Duration.ofMinutes(1));
        erp.edit(acme, named("Acme Ltd"));
        time.sleep(Duration.ofMinutes(1));

        settle(engine);

        assertThat(bank.vendor("b-1").name()).isEqualTo("Acme Ltd");
        assertSilence(engine);
    }

    @Test
    void parksAConflictIfASystemDoesNotTellWhenItChanged() {
        bank.tellsTime = false;
        SyncEngine engine = engine(out -> out.conflicts(Conflicts.NEWEST_WINS));
        String acme = erp.add("Acme");
        settle(engine);
        bank.edit("b-1", named("Acme Limited"));
        erp.edit(acme, named("Acme Ltd"));

        assertThat(engine.run("out").count(Tally.PARKED)).isEqualTo(1);
    }

    @Test
    void leavesFieldsToTheSideThatOwnsThem() {
        SyncEngine engine = engine(out -> out.sourceOwns("name").targetOwns("email"));
        String acme = erp.add("Acme");
        settle(engine);

        erp.edit(acme, mailed("wrong@erp.example"));
        bank.edit("b-1", named("wrong"));
        settle(engine);
        assertThat(bank.vendor("b-1").email()).isNull();
        assertThat(erp.vendor(acme).name()).isEqualTo("Acme");

        erp.edit(acme, named("Acme Ltd"));
        bank.edit("b-1", mailed("ap@acme.example"));
        settle(engine);

        assertThat(bank.vendor("b-1").name()).isEqualTo("Acme Ltd");
        assertThat(bank.vendor("b-1").email()).isEqualTo("ap@acme.example");
        assertThat(erp.vendor(acme).email()).isEqualTo("ap@acme.example");
        assertSilence(engine);
    }

    @Test
    void countsTheSameChangeOnBothSidesAsNoConflict() {
        SyncEngine engine = engine(out -> out);
        String acme = erp.add("Acme");
        settle(engine);
        erp.edit(acme, named("Acme Ltd"));
        bank.edit("b-1", named("Acme Ltd"));
        int before = erp.writes + bank.writes;

        settle(engine);

        assertThat(erp.writes + bank.writes).isEqualTo(before);
        assertThat(letters("out")).isEmpty();
    }

    @Test
    void doesNotOverwriteAnEditThatComesBetweenLookAndWrite() {
        SyncEngine engine = engine(out -> out);
        String acme = erp.add("Acme");
        settle(engine);
        erp.edit(acme, named("Acme Ltd"));
        bank.beforeNextWrite = () -> bank.edit("b-1", named("Acme Limited"));

        FlowReport report = engine.run("out");
        assertThat(report.count(Tally.PARKED)).isEqualTo(1);
        assertThat(bank.vendor("b-1").name()).isEqualTo("Acme Limited");

        time.sleep(Duration.ofMinutes(2));
        assertThat(engine.run("out").count(Tally.PARKED)).isEqualTo(1);
        assertThat(letters("out").get(0).reason()).startsWith("conflict");
    }

    @Test
    void takesNoLostCreationForANewRecordOfTheOtherSide() {
        SyncEngine engine = engine(out -> out);
        erp.add("Acme");
        bank.loseNextAnswer = true;
        engine.run("out");

        settle(engine);

        assertThat(erp.vendors()).hasSize(1);
        assertThat(bank.vendors()).hasSize(1);
    }

    @Test
    void settlesWhatTheOppositeFlowLeftOpenBeforeItReads() {
        erp.add("Acme");
        SyncEngine crashing = engine(out -> out);
        bank.beforeNextWrite = () -> {
            // The document is made, and the process dies: nothing of the answer is settled.
            bank.beforeNextWrite = () -> {};
            ledger.acquire("out");
        };
        assertThat(crashing.run("out").completed()).isFalse();
        assertThat(bank.vendors()).hasSize(1);

        SyncEngine engine = engine(out -> out);
        FlowReport in = engine.run("in");

        assertThat(in.count(Tally.CREATED)).isZero();
        assertThat(in.count(Tally.ECHOED)).isEqualTo(1);
        assertThat(erp.vendors()).hasSize(1);
    }

    @Test
    void removesAtTheOtherSideAndDoesNotBringItBack() {
        SyncEngine engine = engine(out -> out);
        String acme = erp.add("Acme");
        settle(engine);
        erp.delete(acme);

        settle(engine);

        assertThat(bank.vendors()).isEmpty();
        assertThat(erp.vendors()).isEmpty();
        assertSilence(engine);
    }

    @Test
    void parksARemovalOfWhatTheOtherSideHasChanged() {
        SyncEngine engine = engine(out -> out);
        String acme = erp.add("Acme");
        settle(engine);
        erp.delete(acme);
        bank.edit("b-1", named("Acme Ltd"));

        assertThat(engine.run("out").count(Tally.PARKED)).isEqualTo(1);
        assertThat(bank.vendors()).hasSize(1);
    }

    @Test
    void goesOnTwoWaysFromLinksOfAOneWayFlow() {
        SyncEngine oneWay = SyncEngine.builder()
                .ledger(ledger)
                .addConnection(erp)
                .addConnection(bank)
                .addFlow(Flow.of("out", Vendor.class)
                        .from("erp/vendors")
                        .to("bank/vendors")
                        .build())
                .clock(time)
                .sleeper(time)
                .build();
        String acme = erp.add("Acme");
        oneWay.run("out");
        bank.edit("b-1", mailed("ap@acme.example"));

        SyncEngine engine = engine(out -> out);
        settle(engine);

        assertThat(erp.vendors()).hasSize(1);
        assertThat(erp.vendor(acme).email()).isEqualTo("ap@acme.example");
        assertSilence(engine);
    }

    @Test
    void triesAPassingCauseAgainWithGrowingDelay() {
        SyncEngine engine = engine(out -> out);
        erp.add("Acme");
        bank.next(WriteOutcome.Deferred.later("vendor Acme is locked by another user"));
        bank.next(WriteOutcome.Deferred.later("vendor Acme is locked by another user"));

        assertThat(engine.run("out").count(Tally.PARKED)).isEqualTo(1);
        assertThat(engine.run("out").readCount()).isZero();
        time.sleep(Duration.ofSeconds(61));
        assertThat(engine.run("out").count(Tally.PARKED)).isEqualTo(1);
        time.sleep(Duration.ofSeconds(61));
        assertThat(engine.run("out").readCount()).isZero();
        time.sleep(Duration.ofSeconds(60));
        FlowReport last = engine.run("out");

        assertThat(last.count(Tally.CREATED)).isEqualTo(1);
        assertThat(letters("out")).isEmpty();
        assertThat(ledger.<Integer>read(
                        tx -> tx.audit().query(AuditQuery.newest(10)).size()))
                .isEqualTo(3);
    }

    @Test
    void givesUpACauseThatDoesNotPass() {
        SyncEngine engine = engine(out -> out);
        erp.add("Acme");
        for (int i = 0; i < 40; i++) {
            bank.next(WriteOutcome.Deferred.later("period 2026-03 is being closed"));
        }
        for (int i = 0; i < 14; i++) {
            engine.run("out");
            time.sleep(Duration.ofHours(7));
        }

        assertThat(letters("out")).singleElement().satisfies(letter -> {
            assertThat(letter.kind()).isEqualTo(Letter.Kind.DEAD);
            assertThat(letter.reason()).isEqualTo("period 2026-03 is being closed; given up after 12 tries");
        });
    }

    @Test
    void replaysTheLettersThatMeetACondition() {
        SyncEngine engine = engine(out -> out);
        erp.add("Acme");
        erp.add("Bolt");
        bank.next(new WriteOutcome.Rejected("GL account 4711 is unknown", null));
        bank.next(new WriteOutcome.Rejected("name is taken", null));
        engine.run("out");

        FlowReport some = engine.replay("out", letter -> letter.reason().contains("GL account"));
        FlowReport rest = engine.replay("out", letter -> true);

        assertThat(some.count(Tally.CREATED)).isEqualTo(1);
        assertThat(rest.count(Tally.CREATED)).isEqualTo(1);
        assertThat(letters("out")).isEmpty();
    }

    @Test
    void refusesFlowsThatContradictEachOther() {
        assertThatThrownBy(() ->
                        engine(out -> out.conflicts(Conflicts.SOURCE_WINS), in -> in.conflicts(Conflicts.SOURCE_WINS)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("the flows in and out contradict each other");
    }

    @Test
    void refusesToGiveAwayAFieldThatDoesNotExist() {
        assertThatThrownBy(() -> engine(out -> out.sourceOwns("nmae")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("a field 'nmae' that a Vendor does not have; known: active, address");
    }

    private List<Letter> letters(String flow) {
        return ledger.read(tx -> {
            var letters = new java.util.ArrayList<>(tx.deadLetters().list(flow, Letter.Kind.DEAD, "", 100));
            letters.addAll(tx.deadLetters().list(flow, Letter.Kind.PARKED, "", 100));
            return List.copyOf(letters);
        });
    }
}
