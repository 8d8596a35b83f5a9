package io.mlconnector.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.mlconnector.model.RecordKey;
import io.mlconnector.spi.Endpoint;
import io.mlconnector.spi.Fingerprint;
import io.mlconnector.spi.Lease;
import io.mlconnector.spi.LedgerException;
import io.mlconnector.spi.Link;
import io.mlconnector.spi.Position;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JdbcLedgerTest {

    private static final Endpoint TARGET = new Endpoint("stripe", "invoices");

    @TempDir
    Path directory = Path.of(".");

    private Path file = Path.of("ledger.db");

    @BeforeEach
    void nameTheFile() {
        file = directory.resolve("state/of/our books.db");
    }

    @Test
    void createsTheFileWithItsDirectoriesForItsOwnerAlone() throws IOException {
        try (JdbcLedger ledger = JdbcLedger.sqlite(file)) {
            save(ledger, ledger.acquire("f"), "1");

            assertThat(owner(file)).isEqualTo("rw-------");
            assertThat(owner(Path.of(file + "-wal"))).isEqualTo("rw-------");
            assertThat(owner(Path.of(file + "-shm"))).isEqualTo("rw-------");
        }
    }

    private static String owner(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    void syncsEveryCommit() throws SQLException {
        JdbcLedger.sqlite(file).close();
        var connections = new SqliteConnections(file);
        var connection = connections.takeWriter();

        try (var statement = connection.createStatement()) {
            assertThat(first(statement, "PRAGMA journal_mode")).isEqualTo("wal");
            assertThat(first(statement, "PRAGMA synchronous")).isEqualTo("2");
            assertThat(first(statement, "PRAGMA busy_timeout")).isEqualTo("10000");
            assertThat(first(statement, "PRAGMA foreign_keys")).isEqualTo("1");
        } finally {
            connections.giveWriter(connection, true);
            connections.close();
        }
    }

    private static String first(java.sql.Statement statement, String sql) throws SQLException {
        try (var result = statement.executeQuery(sql)) {
            assertThat(result.next()).isTrue();
            return result.getString(1);
        }
    }

    @Test
    void showsAnotherProcessWhatIsCommitted() {
        try (JdbcLedger ours = JdbcLedger.sqlite(file);
                JdbcLedger theirs = JdbcLedger.sqlite(file)) {
            Lease lease = ours.acquire("f");
            save(ours, lease, "1");
            ours.release(lease);

            assertThat(position(theirs, "f")).isEqualTo("1");
            assertThat(theirs.acquire("f")).isEqualTo(new Lease("f", 2));
        }
    }

    @Test
    void refusesAFlowThatAnotherLedgerHolds() {
        try (JdbcLedger ours = JdbcLedger.sqlite(file);
                JdbcLedger theirs = JdbcLedger.sqlite(file)) {
            Lease lease = ours.acquire("f");

            assertThatExceptionOfType(LedgerException.class)
                    .isThrownBy(() -> theirs.acquire("f"))
                    .withMessageMatching(
                            "flow 'f' is held by " + ProcessHandle.current().pid()
                                    + "@.+, this process: one process, and one ledger of it, may run a flow at a time");

            save(ours, lease, "1");
            assertThat(theirs.acquire("g")).isEqualTo(new Lease("g", 1));
        }
    }

    @Test
    void refusesALeaseThatWasGivenBack() {
        try (JdbcLedger ours = JdbcLedger.sqlite(file);
                JdbcLedger theirs = JdbcLedger.sqlite(file)) {
            Lease lease = ours.acquire("f");
            ours.release(lease);

            assertThatExceptionOfType(LedgerException.class)
                    .isThrownBy(() -> save(ours, lease, "1"))
                    .withMessage("flow 'f': the lease of epoch 1 is over: it was given back, or its lock was lost");
            assertThat(theirs.acquire("f")).isEqualTo(new Lease("f", 2));
            assertThatExceptionOfType(LedgerException.class)
                    .isThrownBy(() -> save(theirs, new Lease("f", 1), "1"))
                    .withMessage("flow 'f': the lease of epoch 1 is refused, the newest epoch is 2");
        }
    }

    @Test
    void freesItsFlowsWhenItIsClosed() {
        JdbcLedger ours = JdbcLedger.sqlite(file);
        ours.acquire("f");
        ours.close();

        try (JdbcLedger theirs = JdbcLedger.sqlite(file)) {
            assertThat(theirs.acquire("f")).isEqualTo(new Lease("f", 2));
        }
    }

    @Test
    void knowsTheFileByItsRealName() throws IOException {
        Path link = directory.resolve("link.db");
        try (JdbcLedger ours = JdbcLedger.sqlite(file)) {
            Files.createSymbolicLink(link, file);
            ours.acquire("f");

            try (JdbcLedger theirs = JdbcLedger.sqlite(link)) {
                assertThatExceptionOfType(LedgerException.class).isThrownBy(() -> theirs.acquire("f"));
            }
        }
    }

    @Test
    void takesTurnsWithAnotherProcess() throws Exception {
        try (JdbcLedger ours = JdbcLedger.sqlite(file);
                JdbcLedger theirs = JdbcLedger.sqlite(file)) {
            var first = CompletableFuture.runAsync(() -> countUp(ours, "a"));
            var second = CompletableFuture.runAsync(() -> countUp(theirs, "b"));
            first.get(60, TimeUnit.SECONDS);
            second.get(60, TimeUnit.SECONDS);

            assertThat(position(ours, "b")).isEqualTo("100");
            assertThat(position(theirs, "a")).isEqualTo("100");
        }
    }

    private static void countUp(JdbcLedger ledger, String flow) {
        Lease lease = ledger.acquire(flow);
        for (int i = 1; i <= 100; i++) {
            save(ledger, lease, "" + i);
        }
    }

    @Test
    void readsOneStateWhileAWriterCommits() {
        try (JdbcLedger ledger = JdbcLedger.sqlite(file)) {
            Lease lease = ledger.acquire("f");
            save(ledger, lease, "1");

            List<String> seen = ledger.read(tx -> {
                String before = tx.positions().position("f").value();
                CompletableFuture.runAsync(() -> save(ledger, lease, "2")).join();
                return List.of(before, tx.positions().position("f").value());
            });

            assertThat(seen).containsExactly("1", "1");
            assertThat(position(ledger, "f")).isEqualTo("2");
        }
    }

    @Test
    void refusesASecondQuestionInALookUp() {
        try (JdbcLedger ledger = JdbcLedger.sqlite(file)) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> ledger.lookUp(tx -> {
                        tx.positions().position("f");
                        return tx.positions().position("g");
                    }))
                    .withMessage("a look-up is one question to the ledger; several are a read");
        }
    }

    @Test
    void closesWhileReadersStillRead() {
        JdbcLedger ledger = JdbcLedger.sqlite(file);
        save(ledger, ledger.acquire("f"), "1");

        String seen = ledger.read(tx -> {
            CompletableFuture.runAsync(ledger::close).join();
            return tx.positions().position("f").value();
        });

        assertThat(seen).isEqualTo("1");
        assertThatExceptionOfType(LedgerException.class).isThrownBy(() -> position(ledger, "f"));
    }

    @Test
    void refusesADirectory() {
        assertThatExceptionOfType(LedgerException.class)
                .isThrownBy(() -> JdbcLedger.sqlite(directory))
                .withMessage("cannot keep a ledger in %s: it is a directory", directory);
    }

    @Test
    void refusesAFileOfAnotherKindAndLeavesItAlone() throws IOException {
        Path report = Files.writeString(directory.resolve("report.csv"), "id,amount\n1,2.50\n");

        assertThatExceptionOfType(LedgerException.class)
                .isThrownBy(() -> JdbcLedger.sqlite(report))
                .withMessage("cannot keep a ledger in %s: it is not an SQLite file", report);

        assertThat(report).hasContent("id,amount\n1,2.50\n");
    }

    @Test
    void refusesAFileThatOnlyBeginsLikeSqlite() throws IOException {
        Path broken = Files.writeString(directory.resolve("broken.db"), "SQLite format 3\0" + "x".repeat(5000));

        assertThatExceptionOfType(LedgerException.class)
                .isThrownBy(() -> JdbcLedger.sqlite(broken))
                .withMessageContaining("opening the ledger " + broken);
    }

    @Test
    void refusesAPathThatTheDriverWouldMisread() {
        assertThatExceptionOfType(LedgerException.class)
                .isThrownBy(() -> JdbcLedger.sqlite(directory.resolve("a?mode=memory")))
                .withMessageContaining("'?'");
    }

    @Test
    void refusesASchemaFromANewerVersion() {
        JdbcLedger.sqlite(file).close();
        Sql.execute(file, "INSERT INTO ml_schema_version (version) VALUES (70)");

        assertThatExceptionOfType(LedgerException.class)
                .isThrownBy(() -> JdbcLedger.sqlite(file))
                .withMessage("the ledger has schema version 70, and this ml-connector knows none above "
                        + Migrations.SCRIPTS.size() + ": use the newer ml-connector that made it");
    }

    @Test
    void namesTheOperationThatFailedAndCommitsNothingOfItsTransaction() {
        try (JdbcLedger ledger = JdbcLedger.sqlite(file)) {
            Lease lease = ledger.acquire("f");
            Sql.execute(file, "DROP TABLE ml_link");

            assertThatExceptionOfType(LedgerException.class)
                    .isThrownBy(() -> ledger.inTransaction(lease, tx -> {
                        tx.positions().save("f", new Position("1"));
                        try {
                            tx.mappings().put(links(1));
                        } catch (LedgerException e) {
                            assertThat(e.operation()).contains("storing 1 links");
                        }
                        return "the work goes on";
                    }))
                    .withMessageContaining("storing 1 links failed")
                    .withMessageContaining("ml_link");

            assertThat(position(ledger, "f")).isEmpty();
            save(ledger, lease, "2");
            assertThat(position(ledger, "f")).isEqualTo("2");
        }
    }

    @Test
    void saysThatAStoredRowCannotBeUnderstood() {
        try (JdbcLedger ledger = JdbcLedger.sqlite(file)) {
            ledger.inTransaction(ledger.acquire("f"), tx -> {
                tx.mappings().put(links(1));
                return "";
            });
            Sql.execute(file, "UPDATE ml_link SET fingerprint = 'nonsense'");

            assertThatExceptionOfType(LedgerException.class)
                    .isThrownBy(() -> ledger.read(tx -> tx.mappings().find(source(0), TARGET)))
                    .withMessageStartingWith("looking up the link of ifs/invoices/0 failed");
        }
    }

    @Test
    void storesMoreLinksThanOneBatchHolds() {
        try (JdbcLedger ledger = JdbcLedger.sqlite(file)) {
            ledger.inTransaction(ledger.acquire("f"), tx -> {
                tx.mappings().put(links(2500));
                return "";
            });

            assertThat(ledger.<Long>read(tx -> tx.mappings().count(TARGET))).isEqualTo(2500);
        }
    }

    private static List<Link> links(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new Link(source(i), TARGET.key("in_" + i), null, Fingerprint.none(), Instant.EPOCH))
                .toList();
    }

    private static RecordKey source(int number) {
        return new RecordKey("ifs", "invoices", "" + number);
    }

    private static void save(JdbcLedger ledger, Lease lease, String position) {
        ledger.<Boolean>inTransaction(lease, tx -> {
            tx.positions().save(lease.flow(), new Position(position));
            return true;
        });
    }

    private static String position(JdbcLedger ledger, String flow) {
        return ledger.read(tx -> tx.positions().position(flow).value());
    }
}
