package io.mlconnector.stripe;

import io.mlconnector.model.RecordKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds what Stripe holds of a record that the ledger does not know: written with a ledger that is lost, or marked with the
 * record's key by hand. Search shows what is older than its lag; younger writes are recognised by their idempotency key. Where no
 * object at all carries a key, as in the first load, nothing is looked up. Safe for threads.
 *
 * @param <R> the kind of object
 */
final class Existing<R> {
    private static final Logger LOG = LoggerFactory.getLogger(Existing.class);

    private final Function<String, List<R>> search;
    private final Function<R, Optional<R>> current;
    private final Function<R, Map<String, String>> metadata;
    private final String keyName;
    private @Nullable Boolean any;

    /**
     * @param search returns what search shows for a query
     * @param current reads an object again; empty if it is gone
     * @param metadata the metadata of an object
     * @param keyName the metadata key that holds the record's key
     */
    Existing(
            Function<String, List<R>> search,
            Function<R, Optional<R>> current,
            Function<R, Map<String, String>> metadata,
            String keyName) {
        this.search = search;
        this.current = current;
        this.metadata = metadata;
        this.keyName = keyName;
    }

    /** Returns the objects of a record as they are now. */
    List<R> of(RecordKey key) {
        if (!any()) {
            return List.of();
        }
        String wanted = Texts.key(key);
        return search.apply(field() + ":" + quoted(wanted)).stream()
                .flatMap(object -> current.apply(object).stream())
                .filter(object -> wanted.equals(metadata.apply(object).get(keyName)))
                .toList();
    }

    private synchronized boolean any() {
        if (any == null) {
            any = anyKeyed();
        }
        return any;
    }

    /** Accounts of some countries have no search; they lose this second look only. */
    private boolean anyKeyed() {
        try {
            return !search.apply("-" + field() + ":null").isEmpty();
        } catch (StripeRefusedException e) {
            if (e.status() != 400 && e.status() != 404) {
                throw e;
            }
            LOG.warn("no search for objects that the ledger does not know: {}", e.reason());
            return false;
        }
    }

    private String field() {
        return "metadata[" + quoted(keyName) + "]";
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
