package io.mlconnector.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlconnector.spi.LedgerException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class FaultsTest {

    @Test
    void namesTheOperationAndKeepsTheCause() {
        var cause = new SQLException("disk I/O error", "58030");

        LedgerException fault = Faults.of("storing 3 links", cause);

        assertThat(fault).hasMessage("storing 3 links failed: disk I/O error").hasCause(cause);
        assertThat(fault.operation()).contains("storing 3 links");
        assertThat(fault.remoteCode()).contains("58030");
    }

    @Test
    void hidesTheSecretsThatADriverQuotes() {
        var cause = new SQLException(
                "No suitable driver found for jdbc:postgresql://db/books?user=u&password=hunter2",
                new IllegalStateException("password: hunter2"));

        LedgerException fault = Faults.of("opening the ledger", cause);

        assertThat(fault).hasMessage("opening the ledger failed: No suitable driver found for jdbc:***");
        assertThat(everythingPrinted(fault)).doesNotContain("hunter2");
    }

    @Test
    void hidesTheSecretsOfDeeperCauses() {
        var cause = new SQLException("cannot connect", new IllegalStateException("Password = hunter2"));

        LedgerException fault = Faults.of("opening the ledger", cause);

        assertThat(everythingPrinted(fault)).doesNotContain("hunter2").contains("cannot connect");
    }

    @Test
    void managesWithoutAMessage() {
        assertThat(Faults.of("reading", new SQLException())).hasMessage("reading failed: no reason given");
    }

    private static String everythingPrinted(Throwable fault) {
        var text = new StringWriter();
        fault.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
