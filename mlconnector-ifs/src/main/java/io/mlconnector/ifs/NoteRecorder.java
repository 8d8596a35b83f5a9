package io.mlconnector.ifs;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mlconnector.http.HttpAnswer;
import io.mlconnector.http.Repeat;
import io.mlconnector.ifs.Entry.State;
import io.mlconnector.mapping.JsonPage;
import io.mlconnector.mapping.MalformedPageException;
import io.mlconnector.mapping.Row;
import io.mlconnector.mapping.RowLayout;
import io.mlconnector.spi.MlConnectorException.Details;
import io.mlconnector.spi.UnavailableException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Keeps entries in notes at the invoice, one note per entry and state. A note ends in a marker that holds the entry, and
 * how many notes of it came before.
 */
final class NoteRecorder implements Recorder {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern MARKER = Pattern.compile("\\[mlc:(\\d{1,9}) ([^\\]]+)]");
    private static final RowLayout INFO = RowLayout.of(List.of(NoteSettings.KEY));
    private static final RowLayout NOTE = RowLayout.of(List.of(NoteSettings.TEXT));

    private final ODataClient client;
    private final ReceiptSettings settings;
    private final String connection;
    private final int pageSize;

    NoteRecorder(ODataClient client, ReceiptSettings settings, String connection, int pageSize) {
        this.client = client;
        this.settings = settings;
        this.connection = connection;
        this.pageSize = pageSize;
    }

    @Override
    public List<String> columns() {
        return List.of();
    }

    @Override
    public boolean isVersioned() {
        return false;
    }

    @Override
    public SetPath path(Receivable invoice) {
        return settings.notes().path();
    }

    @Override
    public Map<String, String> rules() {
        String field = settings.notes().list() + "/" + NoteSettings.TEXT;
        return Map.of(field, field + " <- key, status, amount, time, and the standing by all entries");
    }

    @Override
    public Recording open(Receivable invoice) {
        var notes = new Notes(invoice, objectKey(invoice));
        notes.read();
        return notes;
    }

    /** The row that leads to the notes; the system makes it on demand, and a second one for the same record harms nothing. */
    private String objectKey(Receivable invoice) {
        NoteSettings notes = settings.notes();
        ObjectNode body = JSON.createObjectNode();
        body.put("PackageName", notes.packageName());
        body.put("KeyRef", keyReference(invoice));
        body.put("EntityName", notes.entity());
        body.put("CallingProjectionName", invoice.reader().path().projection());
        HttpAnswer answer = client.create(notes.path(), body.toString(), Repeat.SAFE);
        if (!answer.success()) {
            throw answer.status() == 500
                    ? EndedException.with(IfsErrors.refusedWrite(connection, notes.path(), invoice.toString(), answer))
                    : IfsErrors.refusal(connection, notes.path(), "open the notes", answer);
        }
        String key;
        try {
            key = JsonPage.readRow(answer.body(), INFO).text(NoteSettings.KEY);
        } catch (MalformedPageException e) {
            throw unusable(e);
        }
        if (key == null || key.isEmpty()) {
            throw unusable(null);
        }
        return key;
    }

    private UnavailableException unusable(@Nullable Exception cause) {
        return new UnavailableException(
                connection + ": open the notes: the answer has no " + NoteSettings.KEY,
                Details.of(connection, "open the notes"),
                cause);
    }

    private static String keyReference(Receivable invoice) {
        EntitySet set = invoice.reader().entity();
        List<String> values = RecordIds.split(invoice.id(), set.keys().size());
        var reference = new StringBuilder();
        for (int at = 0; at < values.size(); at++) {
            reference
                    .append(set.loggedKeys().get(at))
                    .append('=')
                    .append(values.get(at))
                    .append('^');
        }
        return reference.toString();
    }

    /** An entry of a note, and how many of it there were. */
    private record Numbered(int number, Entry entry) {}

    /** The notes of one invoice. */
    private final class Notes implements Recording {

        private final Receivable invoice;
        private final String objectKey;
        private final String key;
        private final List<Numbered> read = new ArrayList<>();
        private Entries entries = Entries.NONE;

        Notes(Receivable invoice, String objectKey) {
            this.invoice = invoice;
            this.objectKey = objectKey;
            this.key = NoteSettings.KEY + "=" + PercentEncoding.ofKey(EdmLiteral.quoted(objectKey));
        }

        /** The order of the notes is not known, so the entry with the highest number is the last. */
        void read() {
            for (int skip = 0; ; ) {
                var query = new Query("", List.of(), NOTE.paths(), pageSize, skip);
                List<Row> rows = client.children(
                                settings.notes().path(), key, settings.notes().list(), query, NOTE)
                        .rows();
                if (rows.isEmpty()) {
                    read.sort(Comparator.comparing(Numbered::number));
                    read.forEach(numbered -> entries = entries.with(numbered.entry()));
                    return;
                }
                rows.forEach(row -> read(row.text(NoteSettings.TEXT)));
                skip += rows.size();
            }
        }

        private void read(@Nullable String text) {
            Matcher marker = MARKER.matcher(text == null ? "" : text);
            if (marker.find()) {
                read.add(new Numbered(Integer.parseInt(marker.group(1)), Entry.parse(marker.group(2))));
            }
        }

        /** How many notes of an entry there are. */
        private int count(Entry entry) {
            return read.stream()
                    .filter(known -> known.entry().isOf(entry.kind(), entry.connection(), entry.id()))
                    .mapToInt(Numbered::number)
                    .max()
                    .orElse(0);
        }

        @Override
        public Entries entries() {
            return entries;
        }

        @Override
        public HttpAnswer add(Posting posting) {
            String text = text(posting);
            SetPath path = settings.notes().path();
            int limit = settings.notes().length();
            if (text.length() > limit) {
                throw EndedException.rejected("a note takes " + limit + " characters, and the one at the invoice "
                        + invoice + " has " + text.length() + ": " + text);
            }
            ObjectNode body = JSON.createObjectNode();
            body.put(NoteSettings.PARENT, objectKey);
            body.put(NoteSettings.TEXT, text);
            return client.createChild(path, key, settings.notes().list(), body.toString());
        }

        private String text(Posting posting) {
            Entry entry = posting.entry();
            String currency = invoice.currency();
            Standing standing = Standing.of(entries.with(entry), invoice.total());
            String kind = switch (entry.kind()) {
                case PAY -> "Payment";
                case REFUND -> "Refund";
                case DISPUTE -> "Dispute";
            };
            String state = entry.state() == State.WITHDRAWN
                    ? "no longer belongs here"
                    : entry.state().name().toLowerCase(Locale.ROOT);
            int number = count(entry) + 1;
            return kind + " of " + entry.amount().toPlainString() + " " + currency + " " + state + ", " + entry.at()
                    + (posting.detail().isEmpty() ? "" : ", " + posting.detail()) + ", reference "
                    + entry.reference() + ". Invoice: "
                    + settings.statuses().get(standing.status()) + ", paid "
                    + standing.paid().toPlainString() + " of " + invoice.total().toPlainString() + " " + currency
                    + ". [mlc:" + number + " " + entry.text() + "]";
        }
    }
}
