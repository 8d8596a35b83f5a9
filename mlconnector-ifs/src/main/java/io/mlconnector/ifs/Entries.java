package io.mlconnector.ifs;

import io.mlconnector.ifs.Entry.Kind;
import io.mlconnector.ifs.Entry.State;
import io.mlconnector.spi.MappingException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * All that is recorded at one invoice, one entry per payment, refund and dispute. In whatever order entries come, and
 * however often, the result is the same. Immutable.
 */
final class Entries {

    /** Between entries in a text. */
    static final String BETWEEN = "; ";

    private static final Comparator<Entry> ORDER = Comparator.comparing(Entry::at)
            .thenComparing(Entry::kind)
            .thenComparing(Entry::id)
            .thenComparing(Entry::connection);

    static final Entries NONE = new Entries(List.of());

    private final List<Entry> entries;

    private Entries(List<Entry> entries) {
        this.entries = entries.stream().sorted(ORDER).toList();
    }

    /**
     * Reads texts of entries.
     *
     * @throws MappingException if one of them holds something else
     */
    static Entries parse(List<String> texts) {
        Entries read = NONE;
        for (String text : texts) {
            for (String entry : text.strip().split(BETWEEN.strip(), -1)) {
                if (!entry.isBlank()) {
                    read = read.with(Entry.parse(entry.strip()));
                }
            }
        }
        return read;
    }

    Optional<Entry> of(Kind kind, String connection, String id) {
        return entries.stream()
                .filter(entry -> entry.isOf(kind, connection, id))
                .findFirst();
    }

    /** Whether recording the entry would change nothing: it is there, or a later state of it is. */
    boolean cover(Entry entry) {
        Optional<Entry> known = of(entry.kind(), entry.connection(), entry.id());
        if (entry.state() == State.WITHDRAWN) {
            return known.isEmpty() || known.get().state() == State.WITHDRAWN;
        }
        return known.isPresent()
                && (known.get().sameAs(entry)
                        || entry.state().isOlderThan(known.get().state()));
    }

    Entries with(Entry entry) {
        var more = new ArrayList<>(entries);
        more.removeIf(known -> known.isOf(entry.kind(), entry.connection(), entry.id()));
        more.add(entry);
        return new Entries(more);
    }

    /** The entries that count, oldest first. */
    List<Entry> standing() {
        return entries.stream()
                .filter(entry -> entry.state() != State.WITHDRAWN)
                .toList();
    }
}
