package io.mlconnector.stripe;

import com.google.gson.JsonObject;
import io.mlconnector.model.BusinessRecord;
import io.mlconnector.spi.Change;
import io.mlconnector.spi.Lineage;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What differs from one kind of record to the next; {@link EventSource} does the rest. */
interface Reader<T extends BusinessRecord> {

    Class<T> type();

    /** The types of events that may concern a record, at most twenty. */
    List<String> events();

    /** The lists that together show every record, newest object first. */
    List<Listing> lists();

    /** Makes records of a page of a list. */
    Found<T> listed(Listing list, List<JsonObject> objects);

    /** Reads the current state of what events tell of. */
    Found<T> hinted(List<Hint> hints);

    /** Reads what one event tells of, as far as its records are to be named. */
    default Found<T> affected(Hint hint) {
        return hinted(List.of(hint));
    }

    Optional<Change<T>> fetch(String id);

    Lineage lineage();

    /** A list and its parameters. */
    record Listing(String path, Map<String, Object> query) {}
}
