package io.mlconnector.stripe;

import io.mlconnector.spi.Position;
import java.util.Optional;

/**
 * How far a source is, as its position keeps it. A pass goes through all lists once ({@code LISTS}), or through the events since
 * the newest known one ({@code EVENTS}); between passes it rests ({@code IDLE}).
 *
 * @param phase what is being read
 * @param list which list, from 0
 * @param cursor the last object of the last page; empty at the beginning
 * @param head the newest event when the last pass began; empty if there was none
 * @param headAt when that event was made, by Stripe's clock, in seconds
 * @param next the newest event when this pass began
 * @param nextAt when that one was made
 * @param since where the events of this pass begin, by Stripe's clock
 * @param met whether {@code head} was met among them; if not, events are missing
 * @param polledAt when the last page was read, by our clock, in seconds
 * @param sweptAt when a pass looked back last, by our clock; 0 in a pass that looks back
 */
record Progress(
        Phase phase,
        int list,
        String cursor,
        String head,
        long headAt,
        String next,
        long nextAt,
        long since,
        boolean met,
        long polledAt,
        long sweptAt) {

    private static final int PARTS = 11;

    enum Phase {
        LISTS,
        EVENTS,
        IDLE
    }

    /** The lists are about to be read; the events from {@code head} on tell what changes meanwhile. */
    static Progress lists(String head, long headAt, long now) {
        return new Progress(Phase.LISTS, 0, "", head, headAt, head, headAt, 0, true, now, now);
    }

    Progress onList(int number, String newCursor, long now) {
        return new Progress(Phase.LISTS, number, newCursor, head, headAt, next, nextAt, since, met, now, sweptAt);
    }

    Progress events(long from, boolean lookingBack) {
        return new Progress(
                Phase.EVENTS,
                0,
                "",
                head,
                headAt,
                head,
                headAt,
                from,
                head.isEmpty(),
                polledAt,
                lookingBack ? 0 : sweptAt);
    }

    Progress newest(String event, long at) {
        return new Progress(phase, list, cursor, head, headAt, event, at, since, met, polledAt, sweptAt);
    }

    Progress onEvents(String newCursor, boolean headMet, long now) {
        return new Progress(phase, list, newCursor, head, headAt, next, nextAt, since, headMet, now, sweptAt);
    }

    Progress idle(long now) {
        long swept = sweptAt == 0 ? now : sweptAt;
        return new Progress(Phase.IDLE, 0, "", next, nextAt, "", 0, 0, true, now, swept);
    }

    Position position() {
        return new Position(String.join(
                ",",
                phase.name(),
                String.valueOf(list),
                cursor,
                head,
                String.valueOf(headAt),
                next,
                String.valueOf(nextAt),
                String.valueOf(since),
                String.valueOf(met),
                String.valueOf(polledAt),
                String.valueOf(sweptAt)));
    }

    /** Returns nothing for the start, and for a text that is not ours: then everything is read again. */
    static Optional<Progress> of(Position position) {
        String[] parts = position.value().split(",", -1);
        if (parts.length != PARTS) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Progress(
                    Phase.valueOf(parts[0]),
                    Integer.parseInt(parts[1]),
                    parts[2],
                    parts[3],
                    Long.parseLong(parts[4]),
                    parts[5],
                    Long.parseLong(parts[6]),
                    Long.parseLong(parts[7]),
                    Boolean.parseBoolean(parts[8]),
                    Long.parseLong(parts[9]),
                    Long.parseLong(parts[10])));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
