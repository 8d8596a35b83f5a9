package io.mlconnector.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlconnector.model.Customer;
import io.mlconnector.model.RecordKey;
import io.mlconnector.spi.Change;
import io.mlconnector.spi.Lease;
import io.mlconnector.spi.Ledger;
import io.mlconnector.spi.LedgerTransaction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class PlannerTest {

    private static final Flow<Customer> FLOW = Flow.of("customers", Customer.class)
            .from("erp/customers")
            .to("bank/customers")
            .build();

    private final CountingLedger ledger = new CountingLedger();
    private final Planner<Customer> planner = new Planner<>(FLOW, ledger, null);

    private static Candidate<Customer> candidate(String id, String name) {
        return Candidate.read(Change.upsert(FakeErp.customer(id, name), Instant.EPOCH, null));
    }

    @Test
    void theLastChangeOfARecordInAPageCounts() {
        Candidate<Customer> first = candidate("1", "A");
        Candidate<Customer> last = candidate("1", "B");
        Candidate<Customer> other = candidate("2", "C");

        Plans<Customer> plans = planner.plan(List.of(first, other, last));

        assertThat(plans.found()).extracting(Planned::candidate).containsExactly(other, last);
        assertThat(plans.untouched()).containsExactly(first);
    }

    @Test
    void asksTheLedgerOnceForAPageOfAnySize() {
        var page = new ArrayList<Candidate<Customer>>();
        for (int i = 0; i < 1000; i++) {
            page.add(candidate("c" + i, "A"));
            page.add(candidate("c" + i / 2, "B"));
        }

        Plans<Customer> plans = planner.plan(page);
        Plans<Customer> again = planner.plan(page.subList(0, 10));

        assertThat(ledger.reads).isEqualTo(2);
        assertThat(plans.found()).hasSize(1000);
        assertThat(plans.found().stream()
                        .map(planned -> planned.candidate().key())
                        .distinct())
                .hasSize(1000);
        assertThat(plans.untouched()).hasSize(1000);
        assertThat(again.found())
                .extracting(planned -> planned.candidate().key())
                .doesNotHaveDuplicates()
                .contains(new RecordKey("erp", "customers", "c4"));
    }

    /** Counts how often it is asked. */
    private static final class CountingLedger implements Ledger {

        private final InMemoryLedger ledger = new InMemoryLedger();
        private int reads;

        @Override
        public Lease acquire(String flow) {
            return ledger.acquire(flow);
        }

        @Override
        public <R> R inTransaction(Lease lease, Function<LedgerTransaction, R> work) {
            return ledger.inTransaction(lease, work);
        }

        @Override
        public <R> R withoutLease(Function<LedgerTransaction, R> work) {
            return ledger.withoutLease(work);
        }

        @Override
        public <R> R read(Function<LedgerTransaction, R> work) {
            reads++;
            return ledger.read(work);
        }

        @Override
        public void close() {
            ledger.close();
        }
    }
}
