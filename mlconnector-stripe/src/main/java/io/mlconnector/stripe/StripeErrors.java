package io.mlconnector.stripe;

import io.mlconnector.http.OutcomeUnknownException;
import io.mlconnector.spi.AuthenticationException;
import io.mlconnector.spi.MappingException;
import io.mlconnector.spi.MlConnectorException;
import io.mlconnector.spi.MlConnectorException.Details;
import io.mlconnector.spi.UnavailableException;
import io.mlconnector.spi.WriteOutcome;
import io.mlconnector.spi.WriteOutcome.Ambiguous;
import io.mlconnector.spi.WriteOutcome.Rejected;
import java.util.function.Supplier;

/** Turns faults into outcomes of a record or faults of the connection. */
final class StripeErrors {

    private final String connection;

    StripeErrors(String connection) {
        this.connection = connection;
    }

    /** Runs a write. A fault of the system is thrown only while nothing has taken effect. */
    WriteOutcome outcome(Attempt attempt, Supplier<WriteOutcome> write) {
        try {
            return write.get();
        } catch (RejectedException | MappingException e) {
            return new Rejected(attempt.record() + ": " + e.getMessage(), null);
        } catch (OutcomeUnknownException e) {
            return new Ambiguous(attempt.record() + ": " + e.evidence());
        } catch (StripeRefusedException e) {
            return refused(attempt, e);
        } catch (MlConnectorException e) {
            return halfDone(attempt, e);
        }
    }

    /** Runs something that only reads. */
    <R> R reading(Supplier<R> read) {
        try {
            return read.get();
        } catch (StripeRefusedException e) {
            throw fault(e);
        }
    }

    /** Returns the fault of the connection that an answer to a read shows. */
    MlConnectorException fault(StripeRefusedException refused) {
        Details details =
                new Details(connection, refused.operation(), String.valueOf(refused.status()), refused.requestId());
        String message = connection + ": " + refused.reason();
        return refused.status() == 401 || refused.status() == 403
                ? new AuthenticationException(message, details)
                : new UnavailableException(message, details);
    }

    private WriteOutcome refused(Attempt attempt, StripeRefusedException e) {
        if (e.status() == 401 || e.status() == 403) {
            return halfDone(attempt, fault(e));
        }
        if (e.status() >= 500 || e.status() == 409 || e.status() == 429) {
            return new Ambiguous(attempt.record() + ": " + e.reason());
        }
        return new Rejected(attempt.record() + ": " + e.reason(), e.requestId());
    }

    private static WriteOutcome halfDone(Attempt attempt, MlConnectorException e) {
        if (attempt.effect() == null) {
            throw e;
        }
        return new Ambiguous(attempt.record() + ": after " + attempt.effect() + ": " + e.getMessage());
    }
}
