package io.mlconnector.jdbc;

import static io.mlconnector.jdbc.Samples.TARGET;
import static org.assertj.core.api.Assertions.assertThat;

import io.mlconnector.engine.Flow;
import io.mlconnector.engine.FlowReport;
import io.mlconnector.engine.SyncEngine;
import io.mlconnector.engine.SyncListener;
import io.mlconnector.model.Invoice;
import io.mlconnector.spi.Lease;
import io.mlconnector.spi.Position;
import io.mlconnector.testkit.postgres.PostgresServer;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** How often a page of 1,000 changes waits for the database, counted at the sockets of the driver. */
class PostgresRoundTripsTest {

    private static final int SIZE = 1000;

    /** The driver prepares a statement on the server when it has come five times, so there are pages of both kinds. */
    private static final int PAGES = 8;

    private final TestPool pool = new TestPool(counted(), false);
    private final JdbcLedger ledger = JdbcLedger.open(pool.dataSource());

    private static PGSimpleDataSource counted() {
        PGSimpleDataSource database = PostgresServer.shared().newDatabase();
        database.setSocketFactory(CountingSockets.class.getName());
        return database;
    }

    @AfterEach
    void close() throws SQLException {
        ledger.close();
        pool.closeIdle();
    }

    @Test
    void waitsAtMostFiveTimesForAPageOfNewOrChangedRecordsAndTwiceForAnUnchangedOne() {
        var roundTrips = new ArrayList<Integer>();
        try (SyncEngine engine = SyncEngine.builder()
                .ledger(ledger)
                .addConnection(new Pages("erp", PAGES, SIZE))
                .addConnection(new Pages("bank", PAGES, SIZE))
                .addFlow(Flow.of("invoices", Invoice.class)
                        .from("erp/invoices")
                        .to("bank/invoices")
                        .batch(SIZE)
                        .build())
                .addListener(countingPages(roundTrips))
                .build()) {

            assertThat(pass(engine, roundTrips)).containsOnly(5);
            assertThat(pass(engine, roundTrips)).containsOnly(2);
            assertThat(pass(engine, roundTrips)).containsOnly(5);
        }
    }

    private static SyncListener countingPages(List<Integer> roundTrips) {
        return new SyncListener() {
            @Override
            public void pageSettled(FlowReport soFar) {
                roundTrips.add(CountingSockets.roundTrips());
            }
        };
    }

    /** Returns the round trips between one page and the next. */
    private static List<Integer> pass(SyncEngine engine, List<Integer> roundTrips) {
        roundTrips.clear();
        FlowReport report = engine.run("invoices");
        assertThat(report.completed()).isTrue();
        assertThat(report.readCount()).isEqualTo(PAGES * SIZE);
        assertThat(roundTrips).hasSize(PAGES);
        var between = new ArrayList<Integer>();
        for (int page = 1; page < PAGES; page++) {
            between.add(roundTrips.get(page) - roundTrips.get(page - 1));
        }
        return between;
    }

    @Test
    void looksUpAPageInOneRoundTripAndReadsOneStateInTwo() {
        for (int i = 0; i < 8; i++) {
            assertThat(roundTrips(() -> ledger.lookUp(tx -> tx.mappings().known("f", TARGET, Samples.sources(SIZE)))))
                    .isEqualTo(1);
            assertThat(roundTrips(() -> ledger.read(tx -> tx.mappings().resolve("stripe", Samples.sources(SIZE)))))
                    .isEqualTo(2);
        }
    }

    @Test
    void writesIntentsInOneRoundTripAndASettlementInTwo() {
        Lease lease = ledger.acquire("f");
        for (int i = 0; i < 8; i++) {
            assertThat(roundTrips(() -> Samples.write(ledger, lease, tx -> {}))).isEqualTo(1);
            assertThat(roundTrips(() ->
                            Samples.write(ledger, lease, tx -> tx.intents().put(Samples.intents("f", SIZE)))))
                    .isEqualTo(1);
            assertThat(roundTrips(() -> Samples.write(ledger, lease, tx -> {
                        tx.mappings().put(Samples.links(SIZE));
                        tx.intents().close("f", Samples.sources(SIZE));
                        tx.audit().append(Samples.entries("f", SIZE));
                        tx.positions().save("f", new Position("1"));
                    })))
                    .isEqualTo(2);
        }
    }

    private static int roundTrips(Runnable work) {
        int before = CountingSockets.roundTrips();
        work.run();
        return CountingSockets.roundTrips() - before;
    }
}
