package io.mlconnector.testkit.stripe;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.RandomAccess;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The objects of one kind in the order of their creation. Guarded by the sandbox's lock. */
final class Table {

    private final Map<String, ObjectNode> byId = new HashMap<>();
    private final List<ObjectNode> rows = new ArrayList<>();
    private final Set<String> deleted = new HashSet<>();

    void add(ObjectNode object) {
        byId.put(object.path("id").asText(), object);
        rows.add(object);
    }

    @Nullable ObjectNode find(String id) {
        return byId.get(id);
    }

    void remove(String id) {
        ObjectNode object = byId.remove(id);
        if (object != null) {
            rows.remove(lastIndexOf(object));
            deleted.add(id);
        }
    }

    boolean wasDeleted(String id) {
        return deleted.contains(id);
    }

    List<ObjectNode> oldestFirst() {
        return Collections.unmodifiableList(rows);
    }

    List<ObjectNode> newestFirst() {
        return new Reversed(rows);
    }

    @SuppressWarnings("ReferenceEquality") // the very row is meant, and equals would compare whole trees
    private int lastIndexOf(ObjectNode object) {
        int index = rows.size() - 1;
        while (rows.get(index) != object) {
            index--;
        }
        return index;
    }

    private static final class Reversed extends AbstractList<ObjectNode> implements RandomAccess {

        private final List<ObjectNode> rows;

        Reversed(List<ObjectNode> rows) {
            this.rows = rows;
        }

        @Override
        public ObjectNode get(int index) {
            return rows.get(rows.size() - 1 - index);
        }

        @Override
        public int size() {
            return rows.size();
        }
    }
}
