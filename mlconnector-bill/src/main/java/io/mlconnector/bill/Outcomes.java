package io.mlconnector.bill;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mlconnector.http.OutcomeUnknownException;
import io.mlconnector.model.BusinessRecord;
import io.mlconnector.spi.AuthenticationException;
import io.mlconnector.spi.MappingException;
import io.mlconnector.spi.TargetRef;
import io.mlconnector.spi.UnavailableException;
import io.mlconnector.spi.Write;
import io.mlconnector.spi.WriteOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What becomes of the writes of a batch, in their order. For one thread. */
final class Outcomes<T extends BusinessRecord> {

    private final List<Write<T>> batch;
    private final List<@Nullable WriteOutcome> outcomes;
    private boolean effect;

    Outcomes(List<Write<T>> batch) {
        this.batch = batch;
        this.outcomes = new ArrayList<>(Collections.nCopies(batch.size(), null));
    }

    /** Settles one write; whatever is wrong with its record ends it. */
    void settle(int at, Supplier<WriteOutcome> work) {
        prepare(at, () -> put(at, work.get()));
    }

    /** Prepares one write, which stays open unless something is wrong with its record. */
    void prepare(int at, Runnable work) {
        String record = String.valueOf(batch.get(at).key());
        try {
            work.run();
        } catch (RejectedException | MappingException e) {
            put(at, new WriteOutcome.Rejected(record + ": " + e.getMessage(), null));
        } catch (BillRefusedException e) {
            put(at, refused(at, e));
        } catch (OutcomeUnknownException e) {
            put(at, new WriteOutcome.Ambiguous(record + ": " + e.evidence()));
        }
    }

    private WriteOutcome refused(int at, BillRefusedException refusal) {
        String reason = batch.get(at).key() + ": BILL refuses it: " + refusal.getMessage();
        // Whether a server's error came before or after the effect, nobody says.
        return refusal.error().status() >= 500
                ? new WriteOutcome.Ambiguous(reason)
                : new WriteOutcome.Rejected(reason, refusal.requestId());
    }

    void put(int at, WriteOutcome outcome) {
        effect |= outcome instanceof WriteOutcome.Applied || outcome instanceof WriteOutcome.Ambiguous;
        outcomes.set(at, outcome);
    }

    boolean isOpen(int at) {
        return outcomes.get(at) == null;
    }

    boolean isAmbiguous(int at) {
        return outcomes.get(at) instanceof WriteOutcome.Ambiguous;
    }

    /**
     * Runs what sends. A fault of the system is thrown only while nothing has taken effect; later, what is open is to be sent again.
     */
    void sending(Runnable work) {
        try {
            work.run();
        } catch (UnavailableException | AuthenticationException e) {
            if (!effect) {
                throw e;
            }
            for (int at = 0; at < outcomes.size(); at++) {
                if (isOpen(at)) {
                    put(at, new WriteOutcome.Throttled(Duration.ZERO));
                }
            }
        }
    }

    Bulk.Item item(int at, ObjectNode body, Predicate<JsonNode> identity, Consumer<JsonNode> learned) {
        return new Bulk.Item() {
            @Override
            public ObjectNode body() {
                return body;
            }

            @Override
            public boolean is(JsonNode created) {
                return identity.test(created);
            }

            @Override
            public void created(JsonNode created, BillApi.Written written) {
                learned.accept(created);
                put(at, new WriteOutcome.Applied(reference(created), written.requestId()));
            }

            @Override
            public void refused(BillRefusedException refusal) {
                put(at, Outcomes.this.refused(at, refusal));
            }

            @Override
            public void unknown(String evidence) {
                put(at, new WriteOutcome.Ambiguous(batch.get(at).key() + ": " + evidence));
            }
        };
    }

    static TargetRef reference(JsonNode object) {
        JsonNode updated = object.path(UpdatedSet.UPDATED);
        return new TargetRef(object.path("id").asText(), updated.isTextual() ? updated.asText() : null);
    }

    static WriteOutcome applied(BillApi.Written written) {
        return new WriteOutcome.Applied(reference(written.body()), written.requestId());
    }

    List<WriteOutcome> all() {
        var all = new ArrayList<WriteOutcome>(outcomes.size());
        for (WriteOutcome outcome : outcomes) {
            all.add(requireNonNull(outcome, "every write ends"));
        }
        return all;
    }
}
