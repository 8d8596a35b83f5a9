package io.mlconnector.stampli;

import io.mlconnector.spi.Notes;
import io.mlconnector.spi.SourceContext;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a source knows of files and records: what was committed, and what its pages have said since. Whether a file is done is
 * told by the first alone, so that a page can be polled again. For one thread.
 */
final class FileMemory {

    private static final String FILE = "file:";
    private static final String CONTENT = "sha:";
    private static final String RECORD = "rec:";
    private static final String INVOICE = "inv:";

    private final SourceContext context;
    private final Map<String, String> settled = new HashMap<>();
    private final Map<String, String> said = new HashMap<>();
    private Map<String, @Nullable String> page = new LinkedHashMap<>();

    FileMemory(SourceContext context) {
        this.context = context;
    }

    Optional<FileNote> file(String name) {
        return committed(FILE + name).map(FileNote::read);
    }

    /** Returns the file that is known to have this content, whether that is committed or not. */
    Optional<String> nameOf(String sha256) {
        return latest(CONTENT + sha256);
    }

    Optional<FileNote> latestOf(String name) {
        return latest(FILE + name).map(FileNote::read);
    }

    RecordNote record(String id) {
        return latest(RECORD + id).map(RecordNote::read).orElse(RecordNote.NONE);
    }

    /** Returns the record that an invoice of Stampli's became. */
    Optional<String> invoice(String company, String stampliId) {
        return latest(INVOICE + company + "|" + stampliId);
    }

    void note(String name, FileNote note) {
        boolean known = nameOf(note.sha256())
                .flatMap(this::latestOf)
                .filter(other -> other.state() == FileNote.State.DONE)
                .isPresent();
        if (!note.sha256().isEmpty() && !known) {
            put(CONTENT + note.sha256(), name);
        }
        put(FILE + name, note.text());
    }

    void note(String id, RecordNote note) {
        put(RECORD + id, note.text());
    }

    void noteInvoice(String company, String stampliId, String id) {
        put(INVOICE + company + "|" + stampliId, id);
    }

    private void put(String name, String text) {
        if (!text.equals(latest(name).orElse(null))) {
            page.put(name, text);
            said.put(name, text);
        }
    }

    private Optional<String> committed(String name) {
        String text = settled.get(name);
        return text == null ? context.note(name) : Optional.of(text);
    }

    private Optional<String> latest(String name) {
        String text = said.get(name);
        return text == null ? committed(name) : Optional.of(text);
    }

    /** Returns what has been noted since the last page. */
    Notes takePage() {
        Notes notes = page.isEmpty() ? Notes.NONE : new Notes(page);
        page = new LinkedHashMap<>();
        return notes;
    }

    /** Takes up what a page said, because it is committed now. */
    void settle(Notes notes) {
        notes.changes().forEach((name, text) -> {
            if (text != null) {
                settled.put(name, text);
                said.remove(name, text);
            }
        });
    }
}
