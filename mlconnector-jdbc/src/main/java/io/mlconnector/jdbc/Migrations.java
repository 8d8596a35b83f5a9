package io.mlconnector.jdbc;

import io.mlconnector.spi.LedgerException;
import io.mlconnector.spi.MlConnectorException.Details;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Brings the schema of a ledger to the version that this code knows: the n-th script leads to version n. */
final class Migrations {

    static final List<String> SCRIPTS =
            List.of("001-ledger.sql", "002-two-way-and-retry.sql", "003-lease-holder.sql", "004-audit-and-inbox.sql");

    private final Session session;
    private final List<String> scripts;

    Migrations(Session session, List<String> scripts) {
        this.session = session;
        this.scripts = scripts;
    }

    /** Runs what is missing, within the session's transaction. */
    void run() {
        session.dialect().lockSchema(session);
        change("CREATE TABLE IF NOT EXISTS ml_schema_version (version {long} PRIMARY KEY)");
        int version = version();
        if (version > scripts.size()) {
            throw new LedgerException(
                    "the ledger has schema version " + version + ", and this ml-connector knows none above "
                            + scripts.size() + ": use the newer ml-connector that made it",
                    Details.NONE);
        }
        for (int next = version + 1; next <= scripts.size(); next++) {
            statements(scripts.get(next - 1)).forEach(this::change);
            change("INSERT INTO ml_schema_version (version) VALUES (" + next + ")");
        }
    }

    private void change(String sql) {
        session.update("bringing the schema up to date", session.dialect().schema(sql), Session.Binding.NONE);
    }

    private int version() {
        int[] version = new int[1];
        session.query(
                "reading the version of the schema",
                "SELECT MAX(version) FROM ml_schema_version",
                Session.Binding.NONE,
                row -> version[0] = (int) row.number());
        return version[0];
    }

    private List<String> statements(String script) {
        try (InputStream in = Migrations.class.getResourceAsStream("schema/" + script)) {
            if (in == null) {
                throw new IllegalStateException("the schema script " + script + " is not in the jar");
            }
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return text
                    .lines()
                    .filter(line -> !line.startsWith("--"))
                    .reduce("", (before, line) -> before + line + "\n")
                    .transform(sql -> List.of(sql.split(";\n")))
                    .stream()
                    .filter(sql -> !sql.isBlank())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the schema script " + script, e);
        }
    }
}
