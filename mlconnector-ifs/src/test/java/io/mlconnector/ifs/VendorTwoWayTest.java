package io.mlconnector.ifs;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlconnector.engine.Flow;
import io.mlconnector.engine.Flow.Conflicts;
import io.mlconnector.engine.FlowReport;
import io.mlconnector.engine.InMemoryLedger;
import io.mlconnector.engine.SyncEngine;
import io.mlconnector.engine.Tally;
import io.mlconnector.ifs.IfsSettings.Preset;
import io.mlconnector.model.Vendor;
import io.mlconnector.spi.Connector;
import io.mlconnector.spi.ConnectorContext;
import io.mlconnector.spi.Settings;
import io.mlconnector.testkit.ifs.IfsRow;
import io.mlconnector.testkit.ifs.IfsSandbox;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Suppliers of two systems that are kept in step both ways. */
class VendorTwoWayTest {

    private final BillFixture here = new BillFixture(Preset.GENERIC);
    private final IfsSandbox there = IfsSandbox.builder().clock(here.clock).start();
    private final SyncEngine engine = engine();

    @AfterEach
    void stop() {
        here.close();
        there.close();
    }

    private SyncEngine engine() {
        Map<String, Object> create = Map.of("create", true);
        Connector other = new IfsConnectorProvider()
                .open(
                        Settings.of(
                                "connections.ifs-other",
                                TestConnection.to(there).with("vendors", create).settings()),
                        new ConnectorContext("ifs-other", here.clock, here.clock, new Random(8)));
        return SyncEngine.builder()
                .ledger(new InMemoryLedger())
                .addConnection(here.connection.with("vendors", create).open())
                .addConnection(other)
                .addFlow(Flow.of("out", Vendor.class)
                        .from("ifs-test/vendors")
                        .to("ifs-other/vendors")
                        .conflicts(Conflicts.NEWEST_WINS)
                        .build())
                .addFlow(Flow.of("back", Vendor.class)
                        .from("ifs-other/vendors")
                        .to("ifs-test/vendors")
                        .build())
                .clock(here.clock)
                .sleeper(here.clock)
                .random(new Random(7))
                .build();
    }

    /** Runs both flows, and tells how many records they wrote. */
    private long round() {
        here.clock.sleep(Duration.ofMinutes(10));
        long written = 0;
        for (String flow : new String[] {"out", "back"}) {
            FlowReport report = engine.run(flow);
            assertThat(report.balanced()).isTrue();
            written += report.count(Tally.CREATED) + report.count(Tally.UPDATED);
        }
        return written;
    }

    private void edit(IfsSandbox sandbox, String column, String value) {
        here.clock.sleep(Duration.ofMinutes(1));
        sandbox.patch("SupplierInfoGeneralSet", Map.of("SupplierId", "V1001", column, value));
    }

    private static IfsRow row(IfsSandbox sandbox) {
        return sandbox.row("SupplierInfoGeneralSet", "V1001").orElseThrow();
    }

    @Test
    void fallsSilentAfterItsOwnWrites() {
        assertThat(round()).isEqualTo(5);

        assertThat(round()).isZero();
        assertThat(there.rows("SupplierInfoGeneralSet")).hasSize(5);
        assertThat(row(there).text("Name")).isEqualTo(row(here.sandbox).text("Name"));
    }

    @Test
    void bringsEditsOfDifferentFieldsTogetherInTwoRounds() {
        round();
        edit(here.sandbox, "Name", "Renamed here");
        edit(there, "Phone", "+49 30 1");

        round();
        round();

        assertThat(round()).isZero();
        for (IfsSandbox sandbox : new IfsSandbox[] {here.sandbox, there}) {
            assertThat(row(sandbox).text("Name")).isEqualTo("Renamed here");
            assertThat(row(sandbox).text("Phone")).isEqualTo("+49 30 1");
            assertThat(row(sandbox).text("City")).isEqualTo("Berlin");
        }
    }

    @Test
    void letsTheNewestOfTwoEditsOfOneFieldWin() {
        round();
        edit(here.sandbox, "Name", "Earlier");
        edit(there, "Name", "Later");

        round();
        round();

        assertThat(row(here.sandbox).text("Name")).isEqualTo("Later");
        assertThat(row(there).text("Name")).isEqualTo("Later");
        assertThat(round()).isZero();
    }
}
