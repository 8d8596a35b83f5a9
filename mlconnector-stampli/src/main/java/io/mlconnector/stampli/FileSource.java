package io.mlconnector.stampli;

import static java.util.Objects.requireNonNull;

import io.mlconnector.model.BusinessRecord;
import io.mlconnector.model.RecordKey;
import io.mlconnector.spi.Change;
import io.mlconnector.spi.Endpoint;
import io.mlconnector.spi.Lineage;
import io.mlconnector.spi.Malformed;
import io.mlconnector.spi.MappingException;
import io.mlconnector.spi.MlConnectorException.Details;
import io.mlconnector.spi.Notes;
import io.mlconnector.spi.Page;
import io.mlconnector.spi.Position;
import io.mlconnector.spi.Source;
import io.mlconnector.spi.UnavailableException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the records of the files in one directory, file by file in their order. A page never holds records of two files. The
 * engine settles one page while it polls the next, so all of it is synchronized.
 *
 * @param <T> the kind of record
 */
final class FileSource<T extends BusinessRecord> implements Source<T> {

    static final String REVISION = "revision";
    static final String EXPORTED_AT = "exported_at";
    static final String UPDATED_AT = "updated_at";

    private static final Logger LOG = LoggerFactory.getLogger(FileSource.class);
    private static final String FILE_ID = "file:";
    private static final String ROW_ID = "row:";
    private static final int LONGEST_RAW = 65_536;

    private final Endpoint endpoint;
    private final FileDesk<T> desk;
    private final FileMemory memory;
    private final Acceptance<T> acceptance;
    private final DocumentMapper<T> mapper;
    private final Map<String, Pending> pending = new HashMap<>();
    private final Deque<Delivery> ahead = new ArrayDeque<>();
    private String aheadFollows = "";
    private boolean moreBehind;
    private @Nullable Malformed lost;
    private @Nullable OpenFile current;
    private @Nullable OpenFile looked;

    FileSource(Endpoint endpoint, FileDesk<T> desk, FileMemory memory) {
        this.endpoint = endpoint;
        this.desk = desk;
        this.memory = memory;
        this.mapper = new DocumentMapper<>(desk.contract());
        this.acceptance = desk.acceptance(this::earlier);
    }

    private record Pending(Notes notes, List<Filing.Finished> finished) {}

    @Override
    public Class<T> type() {
        return desk.contract().type();
    }

    @Override
    public Lineage lineage() {
        return desk.contract().mapping().lineage();
    }

    @Override
    public synchronized Page<T> poll(Position from) {
        Cursor cursor = Cursor.read(from);
        try {
            OpenFile file = current;
            if (file == null || !file.cursor().equals(cursor)) {
                close(current);
                current = null;
                var builder = new PageBuilder();
                while (current == null) {
                    Delivery delivery = next(cursor);
                    if (delivery == null) {
                        return builder.end(Cursor.BETWEEN, true);
                    }
                    if (!open(delivery, cursor, builder)) {
                        return builder.end(Cursor.after(delivery.name()), ahead.isEmpty() && !moreBehind);
                    }
                }
            }
            return page(requireNonNull(current));
        } catch (IOException e) {
            throw new UnavailableException(
                    endpoint + ": a file cannot be read: " + e.getMessage(),
                    Details.of(endpoint.connection(), "read " + desk.rules().directory()),
                    e);
        }
    }

    /** Returns the file that follows; null if there is none. */
    private @Nullable Delivery next(Cursor cursor) throws IOException {
        if (!cursor.within() && cursor.behind() != null && aheadFollows.equals(cursor.name()) && !ahead.isEmpty()) {
            return took(ahead.remove());
        }
        clearAhead();
        if (cursor.equals(Cursor.BETWEEN)) {
            desk.beginPass();
        }
        try (SftpSession session = desk.client().open()) {
            if (cursor.within()) {
                Inbox.Listing whole = desk.inbox().list(session, memory, null);
                Delivery same = desk.inbox().takeOne(session, whole, cursor.name(), memory);
                if (same != null) {
                    moreBehind = true;
                    return took(same);
                }
                lost = new Malformed(
                        endpoint.key(FILE_ID + cursor.name()),
                        desk.rules().directory() + "/" + cursor.name(),
                        List.of(cursor.name() + ": it was removed or replaced after " + cursor.documents()
                                + " of its records were read; let it come again, under any name"));
            }
            String behind = cursor.behind();
            while (true) {
                Inbox.Listing listing = desk.inbox().list(session, memory, behind);
                tidy(session, listing);
                Inbox.Taken taken = desk.inbox().take(session, listing, memory);
                moreBehind = taken.more();
                ahead.addAll(taken.files());
                if (!ahead.isEmpty()) {
                    return took(ahead.remove());
                }
                if (!taken.more()) {
                    return null;
                }
                behind = taken.last();
            }
        }
    }

    private Delivery took(Delivery delivery) {
        aheadFollows = delivery.name();
        return delivery;
    }

    /** Puts away what an earlier pass could not. */
    private void tidy(SftpSession session, Inbox.Listing listing) {
        for (Inbox.Found found : listing.finished()) {
            desk.filing().put(session, new Filing.Finished(found.name(), found.file(), found.failed(), null));
        }
    }

    /** Opens a file at the place of the cursor; returns false if there is nothing to be read in it. */
    private boolean open(Delivery delivery, Cursor cursor, PageBuilder page) throws IOException {
        String name = delivery.name();
        if (delivery.fault() != null) {
            page.failed(delivery, requireNonNull(delivery.fault()));
            return false;
        }
        String earlier = duplicateOf(delivery);
        if (earlier != null) {
            LOG.info("{}: {} has the content of {} and is not read again", endpoint, name, earlier);
            page.duplicate(delivery);
            return false;
        }
        try {
            FileFormat.Verdict verdict = desk.look(name, delivery.content(), delivery.rowsExpected());
            if (!verdict.unused().isEmpty()) {
                LOG.info("{}: no rule reads the columns {} of {}", endpoint, verdict.unused(), name);
            }
            boolean same = cursor.within() && cursor.sha256().equals(delivery.sha256());
            OpenFile file = new OpenFile(delivery, verdict);
            file.skipTo(same ? cursor.documents() : 0);
            current = file;
            return true;
        } catch (BadFileException e) {
            page.failed(delivery, String.valueOf(e.getMessage()));
        } catch (IncompleteFileException e) {
            LOG.info("{}: {}, so it is left for a later pass", endpoint, e.getMessage());
            desk.inbox().noteSeen(name, delivery.file(), memory);
            delivery.content().close();
        }
        return false;
    }

    private @Nullable String duplicateOf(Delivery delivery) {
        return memory.nameOf(delivery.sha256())
                .filter(name -> memory.latestOf(name)
                        .filter(note -> note.state() == FileNote.State.DONE
                                && note.sha256().equals(delivery.sha256())
                                && !(name.equals(delivery.name()) && note.of(delivery.file())))
                        .isPresent())
                .orElse(null);
    }

    private Page<T> page(OpenFile file) throws IOException {
        var page = new PageBuilder();
        while (file.done < file.verdict.documents() && page.size() < desk.pageSize() && file.reader.next()) {
            Document document = file.reader.document();
            file.done++;
            page.add(file, document);
        }
        if (file.done < file.verdict.documents()) {
            return page.end(file.cursor(), false);
        }
        page.done(file);
        file.close();
        current = null;
        boolean last = ahead.isEmpty() && !moreBehind;
        return page.end(last ? Cursor.BETWEEN : Cursor.after(file.delivery.name()), last);
    }

    @Override
    public synchronized void settled(Position position) {
        Pending settled = pending.remove(position.value());
        if (settled != null) {
            memory.settle(settled.notes());
            desk.filing().put(desk.client(), settled.finished());
        }
    }

    /**
     * Reads a record again, from its file: where Stampli left it, or where it was put. Empty where no file has told of it; what
     * a file without a readable record was refused for is told again, or that it has been read since.
     */
    @Override
    public synchronized Optional<Change<T>> fetch(String id) {
        if (id.startsWith(FILE_ID)) {
            return fetchFile(id.substring(FILE_ID.length()));
        }
        RecordNote.Place place;
        if (id.startsWith(ROW_ID)) {
            String[] parts = id.substring(ROW_ID.length()).split(":", 2);
            if (parts.length != 2 || !parts[1].matches("\\d{1,9}")) {
                return Optional.empty();
            }
            place = new RecordNote.Place(parts[0], Integer.parseInt(parts[1]));
        } else {
            place = memory.record(id).latest();
        }
        if (place == null) {
            return Optional.empty();
        }
        try {
            OpenFile file = find(place);
            Document document = file.at(place.ordinal());
            Evaluation<T> evaluation = evaluate(file, document);
            if (!evaluation.faults().isEmpty()) {
                throw new MappingException(evaluation.faults());
            }
            return Optional.ofNullable(evaluation.change());
        } catch (IOException e) {
            throw new UnavailableException(
                    endpoint + ": the file of " + id + " cannot be read: " + e.getMessage(),
                    Details.of(endpoint.connection(), "fetch " + id),
                    e);
        }
    }

    private Optional<Change<T>> fetchFile(String name) {
        RecordKey key = endpoint.key(FILE_ID + name);
        Optional<FileNote> note = memory.latestOf(name);
        if (note.isEmpty() || note.get().state() == FileNote.State.SEEN) {
            return Optional.empty();
        }
        if (note.get().state() == FileNote.State.DONE) {
            return Optional.of(Change.delete(key));
        }
        throw new MappingException(
                name + " cannot be read: correct it and let it come again, under any name; or correct"
                        + " the settings, and the next pass reads it from "
                        + desk.rules().directory());
    }

    private OpenFile find(RecordNote.Place place) throws IOException {
        OpenFile known = looked;
        if (known != null && known.delivery.sha256().equals(place.sha256()) && known.done <= place.ordinal()) {
            return known;
        }
        close(known);
        looked = null;
        String name = memory.nameOf(place.sha256()).orElse("");
        Optional<FileNote> note =
                memory.latestOf(name).filter(found -> found.sha256().equals(place.sha256()));
        Optional<Spool> spool = Optional.empty();
        OpenFile open = current;
        if (open != null && open.delivery.sha256().equals(place.sha256())) {
            spool = Optional.of(open.delivery.content().copy(desk.settings().spoolDirectory()));
            name = open.delivery.name();
        } else if (note.isPresent()) {
            try (SftpSession session = desk.client().open()) {
                spool = desk.filing()
                        .find(session, name, note.get(), desk.inbox().claimed(name));
            }
        }
        if (spool.isEmpty()) {
            throw new MappingException("the file " + name + ", which told of this record, is neither in "
                    + desk.rules().directory() + " nor where it was put away");
        }
        RemoteFile lying =
                new RemoteFile(desk.rules().directory(), name, spool.get().size(), 0, RemoteFile.Kind.FILE);
        try {
            Delivery delivery = Delivery.of(name, lying, spool.get(), -1);
            OpenFile found = new OpenFile(delivery, desk.look(name, spool.get(), -1));
            looked = found;
            return found;
        } catch (BadFileException | IncompleteFileException e) {
            throw new MappingException(String.valueOf(e.getMessage()));
        }
    }

    /** Returns what a document said earlier, for telling what has changed; empty if its file is gone. */
    private Optional<T> earlier(RecordNote.Place place) {
        try {
            OpenFile file = find(place);
            return Optional.of(mapper.map(file.delivery.name(), file.at(place.ordinal())));
        } catch (MappingException | UnavailableException | IOException e) {
            LOG.debug("{}: an earlier form cannot be read: {}", endpoint, e.getMessage());
            return Optional.empty();
        }
    }

    /**
     * What a document becomes.
     *
     * @param id of its record, or one made from its place
     * @param change what is delivered; null if nothing is
     * @param faults why it becomes a dead letter; empty unless it does
     */
    private record Evaluation<T extends BusinessRecord>(
            String id, @Nullable Change<T> change, @Nullable RecordNote note, List<String> faults, boolean known) {}

    private Evaluation<T> evaluate(OpenFile file, Document document) {
        String fileName = file.delivery.name();
        var place = new RecordNote.Place(file.delivery.sha256(), document.ordinal());
        String id = mapper.id(document);
        String made = id == null ? ROW_ID + place.sha256() + ":" + place.ordinal() : id;
        if (file.verdict.isScattered(file.reader.key())) {
            return refused(
                    made,
                    place,
                    List.of(fileName + ", line " + document.line()
                            + ": ROWS_NOT_CONTIGUOUS: the rows of this document do not stand together in the file"));
        }
        T record;
        try {
            record = mapper.map(fileName, document);
        } catch (MappingException e) {
            return refused(made, place, e.faults());
        }
        String ownId = record.key().id();
        boolean known = memory.record(ownId).accepted() != null;
        Decision<T> decision = acceptance.decide(
                new Acceptance.Reading<>(
                        ownId,
                        record,
                        fileName + ", line " + document.line(),
                        place,
                        mapper.revision(document),
                        mapper.exportedAt(document)),
                memory);
        Change<T> change = decision.kind() == Decision.Kind.DELIVER
                ? Change.upsert(
                        requireNonNull(decision.record()),
                        mapper.exportedAt(document),
                        Integer.toString(mapper.revision(document)))
                : null;
        return new Evaluation<>(ownId, change, decision.note(), decision.faults(), known);
    }

    private Evaluation<T> refused(String id, RecordNote.Place place, List<String> faults) {
        return new Evaluation<>(id, null, new RecordNote(memory.record(id).accepted(), place), faults, false);
    }

    private void clearAhead() throws IOException {
        for (Delivery delivery : ahead) {
            if (delivery.spool() != null) {
                delivery.content().close();
            }
        }
        ahead.clear();
    }

    private void close(@Nullable OpenFile file) throws IOException {
        if (file != null) {
            file.close();
        }
    }

    /** A file and how far it was read. */
    private final class OpenFile {

        private final Delivery delivery;
        private final FileFormat.Verdict verdict;
        private final DocumentReader reader;
        private final @Nullable AckRows acks;
        private int done;

        OpenFile(Delivery delivery, FileFormat.Verdict verdict) throws IOException {
            this.delivery = delivery;
            this.verdict = verdict;
            this.reader = desk.open(delivery.name(), delivery.content(), verdict);
            this.acks = desk.acks(delivery.name());
        }

        Cursor cursor() {
            return Cursor.in(delivery, done);
        }

        void skipTo(int documents) throws IOException {
            while (done < documents && reader.next()) {
                done++;
            }
        }

        /** Goes on to a document that was not read yet. */
        Document at(int ordinal) throws IOException {
            skipTo(ordinal);
            if (!reader.next()) {
                throw new MappingException(delivery.name() + " has only " + done + " documents");
            }
            done++;
            return reader.document();
        }

        void close() throws IOException {
            reader.close();
            delivery.content().close();
        }
    }

    /** Collects a page. */
    private final class PageBuilder {

        private final List<Change<T>> changes = new ArrayList<>();
        private final List<Malformed> malformed = new ArrayList<>();
        private final List<Filing.Finished> finished = new ArrayList<>();
        private int documents;

        int size() {
            return documents;
        }

        void add(OpenFile file, Document document) {
            documents++;
            Evaluation<T> evaluation = evaluate(file, document);
            if (evaluation.note() != null && !evaluation.id().startsWith(ROW_ID)) {
                memory.note(evaluation.id(), requireNonNull(evaluation.note()));
            }
            AckRows.Result result = AckRows.Result.OK;
            if (!evaluation.faults().isEmpty()) {
                String raw = document.source().raw();
                malformed.add(new Malformed(
                        endpoint.key(evaluation.id()),
                        raw.length() > LONGEST_RAW ? raw.substring(0, LONGEST_RAW) + "…" : raw,
                        evaluation.faults()));
                result = AckRows.Result.REJECTED;
            } else if (evaluation.change() != null) {
                Change<T> change = requireNonNull(evaluation.change());
                changes.add(change);
                desk.delivered(requireNonNull(change.record()), memory);
                result = evaluation.known() ? AckRows.Result.DUPLICATE : AckRows.Result.OK;
            } else {
                return;
            }
            if (file.acks != null) {
                desk.acknowledge(file.acks, document, result, evaluation.faults());
            }
        }

        void done(OpenFile file) {
            Delivery delivery = file.delivery;
            if (memory.latestOf(delivery.name())
                    .filter(note -> note.state() == FileNote.State.FAILED)
                    .isPresent()) {
                changes.add(Change.delete(endpoint.key(FILE_ID + delivery.name())));
            }
            memory.note(delivery.name(), desk.note(FileNote.State.DONE, delivery));
            finished.add(new Filing.Finished(delivery.name(), delivery.file(), false, file.acks));
        }

        void duplicate(Delivery delivery) throws IOException {
            memory.note(delivery.name(), desk.note(FileNote.State.DONE, delivery));
            finished.add(new Filing.Finished(delivery.name(), delivery.file(), false, null));
            delivery.content().close();
        }

        void failed(Delivery delivery, String fault) throws IOException {
            malformed.add(new Malformed(
                    endpoint.key(FILE_ID + delivery.name()),
                    delivery.file().path() + ", " + delivery.file().size() + " bytes, SHA-256 "
                            + (delivery.spool() == null
                                    ? "unknown"
                                    : delivery.content().sha256()),
                    List.of(fault)));
            memory.note(delivery.name(), desk.note(FileNote.State.FAILED, delivery));
            finished.add(new Filing.Finished(delivery.name(), delivery.file(), true, null));
            if (delivery.spool() != null) {
                delivery.content().close();
            }
        }

        Page<T> end(Cursor next, boolean last) {
            if (lost != null) {
                malformed.add(requireNonNull(lost));
                lost = null;
            }
            Notes notes = memory.takePage();
            Position position = (last ? Cursor.BETWEEN : next).position();
            pending.put(position.value(), new Pending(notes, List.copyOf(finished)));
            return new Page<>(changes, malformed, position, last, notes);
        }
    }
}
