package io.mlconnector.jdbc.kill;

import io.mlconnector.testkit.postgres.PostgresServer;
import java.nio.file.Path;

/** Where the ledger is kept. */
enum Store {
    SQLITE("SQLite") {
        @Override
        String empty(Path folder) {
            return folder.resolve("ledger.db").toString();
        }
    },
    POSTGRESQL("PostgreSQL") {
        @Override
        String empty(Path folder) {
            return PostgresServer.shared().newDatabase().getURL() + "?user=postgres";
        }
    };

    private final String text;

    Store(String text) {
        this.text = text;
    }

    /** Returns an empty ledger as the child takes it: a file or the URL of a database. */
    abstract String empty(Path folder);

    @Override
    public String toString() {
        return text;
    }
}
