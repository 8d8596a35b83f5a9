package io.mlconnector.jdbc;

import io.mlconnector.spi.LedgerException;
import io.mlconnector.spi.MlConnectorException.Details;
import java.sql.SQLException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Turns what a driver reports into a {@link LedgerException}, without the secrets that a driver may quote. */
final class Faults {

    private static final Pattern URL = Pattern.compile("(?i)\\bjdbc:\\S+");
    private static final Pattern SECRET = Pattern.compile("(?i)\\b(password|passwd|pwd|secret)(\\s*[=:]\\s*)\\S+");

    private Faults() {}

    static LedgerException of(String operation, Exception fault) {
        String code = fault instanceof SQLException sql ? sql.getSQLState() : null;
        var details = new Details(null, operation, code, null);
        return new LedgerException(operation + " failed: " + redacted(fault.getMessage()), details, safe(fault));
    }

    static LedgerException closed() {
        return new LedgerException("the ledger is closed", Details.NONE);
    }

    private static String redacted(@Nullable String message) {
        String text = message == null ? "no reason given" : message;
        return SECRET.matcher(URL.matcher(text).replaceAll("jdbc:***")).replaceAll("$1$2***");
    }

    /** The fault itself if nothing within it needs hiding, and a stand-in with its stack otherwise. */
    private static Throwable safe(Exception fault) {
        int depth = 0;
        for (Throwable t = fault; t != null && depth < 20; t = t.getCause(), depth++) {
            String message = t.getMessage();
            if (message != null && !message.equals(redacted(message))) {
                var standIn = new SQLException(
                        fault.getClass().getName() + ": " + redacted(fault.getMessage()),
                        fault instanceof SQLException sql ? sql.getSQLState() : null);
                standIn.setStackTrace(fault.getStackTrace());
                return standIn;
            }
        }
        return fault;
    }
}
