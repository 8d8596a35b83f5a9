package io.mlconnector.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlconnector.engine.Flow.Conflicts;
import io.mlconnector.model.Vendor;
import io.mlconnector.spi.Lease;
import io.mlconnector.spi.Ledger;
import io.mlconnector.spi.LedgerException;
import io.mlconnector.spi.LedgerTransaction;
import io.mlconnector.spi.MlConnectorException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.BeforeTry;

/**
 * Whatever people edit on both sides, whichever answers are lost and whenever the ledger fails: the two sides come to agree
 * and to silence, and no vendor is doubled.
 */
class TwoWayPropertiesTest {

    private MovedTime time = new MovedTime();
    private FakeTwin erp = new FakeTwin("erp", time);
    private FakeTwin bank = new FakeTwin("bank", time);
    private FailingLedger ledger = new FailingLedger();
    private int added;

    @BeforeTry
    void startAnew() {
        time = new MovedTime();
        erp = new FakeTwin("erp", time);
        bank = new FakeTwin("bank", time);
        ledger = new FailingLedger();
    }

    @Property(tries = 500)
    void bothSidesComeToAgreeAndToSilence(
            @ForAll @Size(max = 25) List<@IntRange(max = 999_999) Integer> steps,
            @ForAll boolean versions,
            @ForAll boolean wholeRecords,
            @ForAll boolean cutsNames,
            @ForAll Winner winner) {
        erp.tellsVersions = versions;
        bank.tellsVersions = versions;
        bank.wholeRecords = wholeRecords;
        bank.longestName = cutsNames ? 8 : 100;
        erp.add("a first vendor");
        added = 1;
        SyncEngine engine = engine(winner.policy);

        for (int step : steps) {
            play(step, engine);
        }
        ledger.failAt = -1;
        for (int round = 0; round < 6; round++) {
            time.sleep(Duration.ofHours(7));
            assertThat(engine.runAll())
                    .allSatisfy(report -> assertThat(report.balanced()).isTrue());
        }

        int writes = erp.writes + bank.writes;
        time.sleep(Duration.ofHours(7));
        engine.runAll();
        assertThat(erp.writes + bank.writes).as("silence").isEqualTo(writes);
        assertThat(erp.vendors()).hasSize(added);
        assertThat(contents(erp)).containsExactlyInAnyOrderElementsOf(contents(bank));
    }

    private SyncEngine engine(Conflicts policy) {
        return SyncEngine.builder()
                .ledger(ledger)
                .addConnection(erp)
                .addConnection(bank)
                .addFlow(Flow.of("out", Vendor.class)
                        .from("erp/vendors")
                        .to("bank/vendors")
                        .conflicts(policy)
                        .build())
                .addFlow(Flow.of("in", Vendor.class)
                        .from("bank/vendors")
                        .to("erp/vendors")
                        .build())
                .clock(time)
                .sleeper(time)
                .random(new Random(7))
                .build();
    }

    /** One edit, one lost answer, one failure of the ledger to come, or one run of a flow. */
    private void play(int step, SyncEngine engine) {
        FakeTwin side = step % 2 == 0 ? erp : bank;
        List<Vendor> vendors = side.vendors();
        String id = vendors.isEmpty()
                ? ""
                : vendors.get(step / 7 % vendors.size()).key().id();
        String text = (step % 5 == 0 ? "a longer text " : "t") + step % 11;
        switch (step / 2 % 9) {
            case 0 -> {
                side.add(text + "/" + step);
                added++;
            }
            case 1 -> edit(side, id, FakeTwin.named(text));
            case 2 -> edit(side, id, FakeTwin.mailed(text));
            case 3 -> edit(side, id, FakeTwin.called(step % 3 == 0 ? null : text));
            case 4 -> side.loseNextAnswer = true;
            case 5 -> ledger.failAt = ledger.transactions + 1 + step % 4;
            case 6 -> engine.run("out");
            case 7 -> engine.run("in");
            default -> time.sleep(Duration.ofMinutes(step % 90));
        }
    }

    private static void edit(FakeTwin side, String id, java.util.function.UnaryOperator<Vendor> change) {
        if (!id.isEmpty()) {
            side.edit(id, change);
        }
    }

    private List<List<Object>> contents(FakeTwin side) {
        var contents = new ArrayList<List<Object>>();
        for (Vendor vendor : side.vendors()) {
            String name = vendor.name();
            contents.add(List.of(
                    name.substring(0, Math.min(name.length(), bank.longestName)),
                    String.valueOf(vendor.email()),
                    String.valueOf(vendor.phone())));
        }
        return contents;
    }

    /** Policies that decide by themselves. */
    enum Winner {
        SOURCE(Conflicts.SOURCE_WINS),
        TARGET(Conflicts.TARGET_WINS);

        private final Conflicts policy;

        Winner(Conflicts policy) {
            this.policy = policy;
        }
    }

    /** A ledger that fails once, at a transaction to come. */
    private static final class FailingLedger implements Ledger {

        private final Ledger ledger = new InMemoryLedger();
        private int transactions;
        private int failAt = -1;

        @Override
        public Lease acquire(String flow) {
            return ledger.acquire(flow);
        }

        @Override
        public <R> R inTransaction(Lease lease, Function<LedgerTransaction, R> work) {
            if (++transactions == failAt) {
                throw new LedgerException("the ledger fails", MlConnectorException.Details.NONE);
            }
            return ledger.inTransaction(lease, work);
        }

        @Override
        public <R> R withoutLease(Function<LedgerTransaction, R> work) {
            return ledger.withoutLease(work);
        }

        @Override
        public <R> R read(Function<LedgerTransaction, R> work) {
            return ledger.read(work);
        }

        @Override
        public void close() {
            ledger.close();
        }
    }
}
