package io.mlconnector.engine;

import static io.mlconnector.engine.FakeErp.customer;
import static org.assertj.core.api.Assertions.assertThat;

import io.mlconnector.model.Customer;
import io.mlconnector.model.RecordKey;
import io.mlconnector.spi.AuthenticationException;
import io.mlconnector.spi.Change;
import io.mlconnector.spi.ConnectionState;
import io.mlconnector.spi.MlConnectorException.Details;
import io.mlconnector.spi.WriteOutcome;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class HealthTest {

    private final FakeErp erp = new FakeErp();
    private final FakeBank bank = new FakeBank();
    private final InMemoryLedger ledger = new InMemoryLedger();
    private final MovedTime time = new MovedTime();
    private final SyncEngine engine = SyncEngine.builder()
            .ledger(ledger)
            .addConnection(erp)
            .addConnection(bank)
            .addFlow(Flow.of("customers", Customer.class)
                    .from("erp/customers")
                    .to("bank/customers")
                    .build())
            .clock(time)
            .sleeper(time)
            .build();

    private Health.OfFlow flow() {
        return engine.health().flows().get(0);
    }

    @Test
    void allIsWellBeforeTheFirstRunAndAfterAGoodOne() {
        assertThat(engine.health().status()).isEqualTo(Health.Status.UP);
        assertThat(flow().lastSuccessAt()).isNull();
        assertThat(flow().behind()).isNull();
        erp.customers.put(customer("1", "Mueller"));
        Instant before = time.instant();

        engine.run("customers");

        assertThat(engine.health().status()).isEqualTo(Health.Status.UP);
        assertThat(engine.health().reasons()).isEmpty();
        assertThat(flow().lastSuccessAt()).isEqualTo(before);
    }

    @Test
    void aFlowThatFailsOnceIsDegradedAndThreeTimesInARowDown() {
        erp.customers.put(customer("1", "Mueller"));
        erp.customers.failAtPoll = 1;

        engine.run("customers");

        assertThat(flow().status()).isEqualTo(Health.Status.DEGRADED);
        assertThat(engine.health().reasons())
                .containsExactly("flow customers: the last run failed: UnavailableException: the ERP is down");

        erp.customers.failAtPoll = 2;
        engine.run("customers");
        erp.customers.failAtPoll = 3;
        engine.run("customers");

        assertThat(flow().failuresInARow()).isEqualTo(3);
        assertThat(engine.health().status()).isEqualTo(Health.Status.DOWN);

        engine.run("customers");

        assertThat(engine.health().status()).isEqualTo(Health.Status.UP);
        assertThat(flow().failuresInARow()).isZero();
    }

    @Test
    void deadLettersAndWritesInDoubtDegradeAFlow() {
        erp.customers.garble(new RecordKey("erp", "customers", "bad"), "{}");
        erp.customers.put(customer("1", "Mueller"));
        bank.customers.loseNextAnswer();
        bank.customers.cannotTell = "the search is out of order";

        engine.run("customers");

        assertThat(flow().status()).isEqualTo(Health.Status.DEGRADED);
        assertThat(flow().reasons()).containsExactly("1 in doubt", "1 dead letters");
        assertThat(flow().dead()).isEqualTo(1);
        assertThat(flow().inDoubt()).isEqualTo(1);
        assertThat(flow().parked()).isZero();
    }

    @Test
    void countsWhatIsParkedWithoutBlamingTheFlow() {
        erp.customers.put(customer("1", "Mueller"));
        bank.customers.next(WriteOutcome.Deferred.later("another user has locked it"));

        engine.run("customers");

        assertThat(flow().parked()).isEqualTo(1);
        assertThat(flow().status()).isEqualTo(Health.Status.UP);
    }

    @Test
    void tellsHowOldTheStateIsThatHasReachedTheTarget() {
        engine.run("customers");
        assertThat(flow().behind()).isZero();

        time.sleep(Duration.ofMinutes(10));
        assertThat(flow().behind()).isEqualTo(Duration.ofMinutes(10));

        Instant remote = Instant.parse("2030-01-01T00:00:00Z");
        erp.customers.pageSize = 1;
        erp.customers.put(Change.upsert(customer("1", "Mueller"), remote.minusSeconds(40), "v1")
                .asOf(remote));
        erp.customers.put(customer("2", "Meier"));
        erp.customers.failAtPoll = erp.customers.polls + 2;
        engine.run("customers");

        assertThat(flow().behind()).isEqualTo(Duration.ofSeconds(40));
    }

    @Test
    void aConnectionWhoseCredentialsAreRefusedIsDownAndOneThatIsPausedDegraded() {
        bank.state = new ConnectionState(
                1, new AuthenticationException("status 401", Details.NONE).getMessage(), true, Duration.ZERO, null);
        assertThat(engine.health().status()).isEqualTo(Health.Status.DOWN);
        assertThat(engine.health().reasons())
                .containsExactly("connection bank: the credentials are refused: status 401");

        bank.state = new ConnectionState(0, null, false, Duration.ofSeconds(30), null);
        assertThat(engine.health().status()).isEqualTo(Health.Status.DEGRADED);
        assertThat(engine.health().reasons()).containsExactly("connection bank: nothing is sent for another PT30S");

        bank.state = new ConnectionState(2, "no answer", false, Duration.ZERO, null);
        assertThat(engine.health().status()).isEqualTo(Health.Status.DEGRADED);

        bank.state = new ConnectionState(3, "no answer", false, Duration.ZERO, null);
        assertThat(engine.health().status()).isEqualTo(Health.Status.DOWN);
    }

    @Test
    void saysSoWhenTheLedgerCannotBeRead() {
        ledger.close();

        Health health = engine.health();

        assertThat(health.status()).isEqualTo(Health.Status.DOWN);
        assertThat(health.reasons()).containsExactly("ledger: the ledger is closed");
        assertThat(health.connections()).hasSize(2);
    }
}
