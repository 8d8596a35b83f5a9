package io.mlconnector.stampli;

import io.mlconnector.spi.Position;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far a pass has come: between passes, behind a file, or within one.
 *
 * @param name the file; empty between passes
 * @param sha256 of the file that is being read; empty behind it
 * @param documents how many of its documents have been delivered
 */
record Cursor(String name, String sha256, int documents) {

    /** The next pass begins. */
    static final Cursor BETWEEN = new Cursor("", "", 0);

    private static final String END = "end";
    private static final String AFTER = "after";
    private static final String IN = "in";

    static Cursor read(Position position) {
        List<String> fields = Fields.split(position.value());
        return switch (fields.get(0)) {
            case AFTER -> after(fields.get(1));
            case IN -> new Cursor(fields.get(1), fields.get(2), Integer.parseInt(fields.get(3)));
            case "", END -> BETWEEN;
            default -> throw new IllegalArgumentException("no position of this source: '" + position.value() + "'");
        };
    }

    static Cursor after(String name) {
        return new Cursor(name, "", 0);
    }

    static Cursor in(Delivery delivery, int documents) {
        return new Cursor(delivery.name(), delivery.sha256(), documents);
    }

    boolean within() {
        return !sha256.isEmpty();
    }

    /** Returns the file behind which the listing goes on; null at the start of a pass. */
    @Nullable String behind() {
        return name.isEmpty() ? null : name;
    }

    Position position() {
        if (name.isEmpty()) {
            return new Position(END);
        }
        return new Position(within() ? Fields.join(IN, name, sha256, documents) : Fields.join(AFTER, name));
    }
}
