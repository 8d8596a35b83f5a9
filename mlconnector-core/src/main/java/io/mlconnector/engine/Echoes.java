package io.mlconnector.engine;

import static java.util.Objects.requireNonNull;

import io.mlconnector.spi.Echo;
import io.mlconnector.spi.Fingerprint;
import io.mlconnector.spi.Lineage;
import io.mlconnector.spi.Link;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Recognises a write of ours when it is read back. A field that was written has the content that was written, or the record
 * has the version that the write left; a field that was not written is as it was before.
 */
final class Echoes {

    private static final String KEY = "key";
    private static final String ATTRIBUTES = "attributes";

    private final Set<String> written;
    private final Set<String> read;

    private Echoes(Set<String> written, Set<String> read) {
        this.written = written;
        this.read = read;
    }

    /** Makes it for a system that a sink writes and a source reads. */
    static Echoes between(Lineage sink, Lineage source) {
        return new Echoes(sink.rules().keySet(), source.rules().keySet());
    }

    /** Returns what is to be read back after a record was written whole. */
    static Fingerprint expected(Fingerprint written) {
        return new Fingerprint(0, written.fields());
    }

    /** Returns what is to be read back after some fields were written over what was there before. */
    static Fingerprint expected(Fingerprint before, Fingerprint now, Set<String> fields) {
        return replaced(before, now, fields);
    }

    /** Returns one fingerprint with some fields of another. */
    static Fingerprint replaced(Fingerprint before, Fingerprint other, Set<String> fields) {
        SortedMap<String, Long> replaced = new TreeMap<>(before.fields());
        SortedMap<String, Long> others = other.fields();
        for (String field : fields) {
            Long hash = others.get(field);
            if (hash == null) {
                replaced.remove(field);
            } else {
                replaced.put(field, hash);
            }
        }
        return new Fingerprint(0, replaced);
    }

    /** Returns the fields that are not as our write left them. */
    Set<String> unexpected(Link link, Fingerprint now, @Nullable String version) {
        Echo echo = requireNonNull(link.echo(), "echo");
        boolean ours = version != null && version.equals(echo.version());
        SortedMap<String, Long> found = now.fields();
        var unexpected = new TreeSet<String>();
        for (Map.Entry<String, Long> field : link.fingerprint().fields().entrySet()) {
            String name = field.getKey();
            boolean same = field.getValue().equals(found.get(name));
            if (!same && !name.equals(KEY) && (!echo.fields().contains(name) || (!ours && carried(name)))) {
                unexpected.add(name);
            }
        }
        return unexpected;
    }

    /** A side that does not say what it writes or reads is taken to carry all fields but those that are its own anyway. */
    private boolean carried(String field) {
        return !field.equals(ATTRIBUTES)
                && (written.isEmpty() || written.contains(field))
                && (read.isEmpty() || read.contains(field));
    }
}
