package io.mlconnector.jdbc.lease;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlconnector.jdbc.JdbcLedger;
import io.mlconnector.spi.AuditEntry;
import io.mlconnector.spi.AuditQuery;
import io.mlconnector.spi.Lease;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What processes that share a ledger promise each other, on whatever database. Documents are counted at the target. */
@Timeout(120)
abstract class LeaseProcessTest {

    @TempDir
    Path folder = Path.of(".");

    /** Returns the ledger as the arguments of a {@link Contender} name it. */
    abstract String ledger();

    abstract JdbcLedger open();

    @Test
    void sendsNothingWhileAnotherProcessRunsTheFlowAndGoesOnAtOnceAfterItsDeath() throws Exception {
        try (var first = start("a")) {
            assertThat(first.hear()).isEqualTo("SENT erp/a/c1");

            try (var second = start("a")) {
                assertThat(second.hear())
                        .startsWith("REFUSED flow 'a' is held by " + first.pid() + "@")
                        .endsWith(": one process, and one ledger of it, may run a flow at a time");
            }
            assertThat(documents()).containsExactly("erp/a/c1");
            first.goOn();
            assertThat(first.hear()).isEqualTo("SENT erp/a/c2");

            first.kill();
        }

        try (var third = start("a")) {
            assertThat(third.hearTheEnd()).startsWith("ENDED completed=true");
        }
        assertThat(documents()).containsExactly("erp/a/c1", "erp/a/c2", "erp/a/c3");
    }

    @Test
    void runsDifferentFlowsSideBySide() throws Exception {
        try (var first = start("a");
                var second = start("b")) {
            assertThat(first.hear()).isEqualTo("SENT erp/a/c1");
            assertThat(second.hear()).isEqualTo("SENT erp/b/c1");

            assertThat(second.hearTheEnd()).startsWith("ENDED completed=true");
            assertThat(first.hearTheEnd()).startsWith("ENDED completed=true");
        }
        assertThat(documents()).hasSize(6).doesNotHaveDuplicates();
    }

    @Test
    void freesTheFlowAtTheEndOfARun() throws Exception {
        try (var first = start("a");
                var ledger = open()) {
            assertThat(first.hearTheEnd()).startsWith("ENDED completed=true");

            Lease lease = ledger.acquire("a");

            assertThat(lease.epoch()).isEqualTo(2);
        }
    }

    @Test
    void keepsAFlowThoughAnotherLedgerOfItsProcessIsClosed() throws Exception {
        try (var ledger = open()) {
            ledger.acquire("a");
            try (var other = open()) {
                other.acquire("b");
            }

            try (var process = start("a")) {
                assertThat(process.hear())
                        .startsWith("REFUSED flow 'a' is held by "
                                + ProcessHandle.current().pid() + "@");
            }
            try (var process = start("b")) {
                assertThat(process.hearTheEnd()).startsWith("ENDED completed=true");
            }
        }
    }

    final ContenderProcess start(String flow) throws IOException {
        return ContenderProcess.start(ledger(), flow, folder.resolve("documents"));
    }

    final List<String> documents() {
        return Documents.lines(folder.resolve("documents"));
    }

    static List<AuditEntry> audit(JdbcLedger ledger) {
        return ledger.read(tx -> tx.audit().query(AuditQuery.newest(100)));
    }
}
