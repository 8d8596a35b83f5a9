package io.mlconnector.ifs;

import io.mlconnector.http.Classifier;
import io.mlconnector.http.HttpAnswer;
import io.mlconnector.http.Verdict;
import io.mlconnector.spi.AuthenticationException;
import io.mlconnector.spi.ConfigurationException;
import io.mlconnector.spi.MlConnectorException;
import io.mlconnector.spi.MlConnectorException.Details;
import io.mlconnector.spi.UnavailableException;
import io.mlconnector.spi.WriteOutcome;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** What the answers of IFS mean: a status alone does not tell, because business errors are 500 too. */
final class IfsErrors {

    /** Nothing was executed: cached metadata of the service was outdated. */
    private static final String OUTDATED_METADATA = "MI_MODIFIED_ERROR";

    private static final String DATABASE_ERROR = "DATABASE_ERROR";

    private static final String MODIFIED = "FND_MODIFIED";

    /** Deadlock, lock with NOWAIT, package state discarded, call cancelled: rolled back, and worth another try. */
    private static final Pattern PASSING = Pattern.compile("FND_LOCKED|ORA-0*(60|54|4068|1013)\\b");

    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

    private IfsErrors() {}

    static Verdict classify(HttpAnswer answer) {
        int status = answer.status();
        if (answer.success()) {
            // A redirect to a login page on the same host ends here.
            return isHtml(answer) ? Verdict.UNAUTHENTICATED : Verdict.FINAL;
        }
        if (status == 423) {
            return Verdict.RETRY_NOTHING_DONE;
        }
        if (status == 409 || status >= 500) {
            ErrorBody error = ErrorBody.of(answer.body());
            boolean database = error.code().equals(DATABASE_ERROR) || status == 409;
            if (error.code().equals(OUTDATED_METADATA)
                    || (database && PASSING.matcher(error.text()).find())) {
                return Verdict.RETRY_NOTHING_DONE;
            }
            if (status == 500 && database) {
                return Verdict.FINAL;
            }
        }
        return Classifier.DEFAULT.classify(answer);
    }

    /** What to throw for an answer to a read of a set that is no success. */
    static MlConnectorException refusal(String connection, SetPath set, String operation, HttpAnswer answer) {
        ErrorBody error = ErrorBody.of(answer.body());
        String seen = connection + ": " + operation + ": status " + answer.status()
                + (error.toString().isEmpty() ? "" : " (" + error + ")");
        return switch (answer.status()) {
            case 403 -> new ConfigurationException(seen + ": " + grantNeeded(set));
            case 404 ->
                new ConfigurationException(seen + ": set " + set.set() + " not found in projection " + set.projection()
                        + ", or the projection is not granted; the path is " + set.text());
            case 400, 405, 406, 501 ->
                new ConfigurationException(seen + ": the set " + set
                        + " does not take the query; run the check to see which columns exist");
            default ->
                new UnavailableException(
                        seen,
                        new Details(
                                connection,
                                operation,
                                error.code().isEmpty() ? String.valueOf(answer.status()) : error.code(),
                                answer.requestId().orElse(null)));
        };
    }

    static String grantNeeded(SetPath set) {
        return grantNeeded(set, "read");
    }

    private static String grantNeeded(SetPath set, String action) {
        return "the service user must be granted the projection " + set.projection()
                + " in one of its permission sets, to " + action + " " + set.set();
    }

    /** Whether an answer to a write says that the row has changed since it was read. */
    static boolean isStale(HttpAnswer answer) {
        return answer.status() == 412
                || (answer.status() == 500 && ErrorBody.of(answer.body()).text().contains(MODIFIED));
    }

    /**
     * What to make of an answer to a write that is no success and not stale.
     *
     * @throws MlConnectorException if no other record would fare better
     */
    static WriteOutcome refusedWrite(String connection, SetPath set, String record, HttpAnswer answer) {
        ErrorBody error = ErrorBody.of(answer.body());
        String requestId = answer.requestId().orElse(null);
        String seen = "status " + answer.status() + (error.toString().isEmpty() ? "" : " (" + error + ")");
        String operation = "write " + set;
        var details = new Details(connection, operation, String.valueOf(answer.status()), requestId);
        if (REDIRECTS.contains(answer.status())) {
            throw new AuthenticationException(
                    connection + ": " + operation + ": redirected, so not authenticated", details);
        }
        if (answer.status() == 403) {
            throw new UnavailableException(
                    connection + ": " + operation + ": " + seen + ": " + grantNeeded(set, "change"), details);
        }
        String hint = answer.status() == 428
                ? "; the request had no version of the row, which is a defect of this adapter"
                : "";
        return new WriteOutcome.Rejected(record + ": " + set + " refuses it with " + seen + hint, requestId);
    }

    /**
     * What to make of an answer to a creation that is no success.
     *
     * @throws MlConnectorException if no other record would fare better
     */
    static WriteOutcome refusedCreate(String connection, SetPath set, String record, HttpAnswer answer) {
        WriteOutcome refused = refusedWrite(connection, set, record, answer);
        boolean closed = Set.of(404, 405, 501).contains(answer.status());
        return closed && refused instanceof WriteOutcome.Rejected rejected
                ? new WriteOutcome.Rejected(
                        rejected.reason() + "; this site takes no new rows in " + set + " (" + set.text()
                                + "): name another set in entities.<role>.path",
                        rejected.requestId())
                : refused;
    }

    /** Whether a write was given up because the row is held by another user, or by a transaction that clashed. */
    static boolean isHeld(UnavailableException fault) {
        return Set.of("409", "423", "500").contains(fault.remoteCode().orElse(""));
    }

    /** IFS sends whom it does not know to its login page, often on another host. */
    static MlConnectorException orLogin(UnavailableException fault) {
        String code = fault.remoteCode().orElse("");
        boolean redirect = code.matches("\\d{3}") && REDIRECTS.contains(Integer.valueOf(code));
        if (!redirect) {
            return fault;
        }
        return new AuthenticationException(
                fault.getMessage() + ": not authenticated",
                new Details(
                        fault.connection().orElse(null),
                        fault.operation().orElse(null),
                        code,
                        fault.requestId().orElse(null)),
                fault);
    }

    private static boolean isHtml(HttpAnswer answer) {
        return answer.header("Content-Type").orElse("").toLowerCase(Locale.ROOT).startsWith("text/html");
    }
}
