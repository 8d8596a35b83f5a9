package io.mlconnector.testkit.stripe;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Everything the simulated account holds. Guarded by the sandbox's lock. */
final class World {

    private final MovableClock clock;
    private final Ids ids = new Ids(0x5712_17E5L);
    private final Map<Kind, Table> tables = new EnumMap<>(Kind.class);
    private final Journal journal;
    private final SearchIndex searchIndex;
    private final Table mails = new Table();

    World(MovableClock clock, Duration searchLag, @Nullable String apiVersion) {
        this.clock = clock;
        for (Kind kind : Kind.values()) {
            tables.put(kind, new Table());
        }
        searchIndex = new SearchIndex(this, searchLag);
        journal = new Journal(this, searchIndex, apiVersion);
    }

    MovableClock clock() {
        return clock;
    }

    long now() {
        return clock.instant().getEpochSecond();
    }

    Journal journal() {
        return journal;
    }

    SearchIndex searchIndex() {
        return searchIndex;
    }

    Table mails() {
        return mails;
    }

    Table table(Kind kind) {
        Table table = tables.get(kind);
        if (table == null) {
            throw new IllegalArgumentException("no table for " + kind);
        }
        return table;
    }

    String newId(String start, int length) {
        return ids.next(start, length);
    }

    /** A new object in its full shape, with id and creation time, not yet stored. */
    ObjectNode shape(Kind kind) {
        ObjectNode object = Templates.of(kind);
        object.put("id", newId(kind.idStart(), kind.idLength()));
        if (object.has("created")) {
            object.put("created", now());
        }
        return object;
    }

    /** The object that the path of a call names. */
    ObjectNode require(Kind kind, String id) {
        return found(kind, id, 404, "id");
    }

    /** The object that a parameter of a call names. */
    ObjectNode referenced(Kind kind, String id, String parameter) {
        return found(kind, id, 400, parameter);
    }

    @Nullable ObjectNode find(Kind kind, @Nullable String id) {
        return id == null ? null : table(kind).find(id);
    }

    void mail(String what, String object, String to) {
        ObjectNode mail = Templates.JSON.createObjectNode();
        mail.put("id", newId("mail_", 14));
        mail.put("what", what);
        mail.put("object", object);
        mail.put("to", to);
        mails.add(mail);
    }

    private ObjectNode found(Kind kind, String id, int status, String parameter) {
        ObjectNode object = table(kind).find(id);
        if (object == null) {
            throw StripeRefusal.noSuch(status, kind.object(), id, parameter);
        }
        return object;
    }
}
