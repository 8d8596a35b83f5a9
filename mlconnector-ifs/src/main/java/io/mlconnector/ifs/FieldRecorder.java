package io.mlconnector.ifs;

import io.mlconnector.http.HttpAnswer;
import io.mlconnector.ifs.ReceiptSettings.Field;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Keeps entries in custom fields of the invoice, and beside them what follows from them. Only fields that differ are
 * written, under the version of the row.
 */
final class FieldRecorder implements Recorder {

    private final ODataClient client;
    private final MetadataCache metadata;
    private final ReceiptSettings settings;

    FieldRecorder(ODataClient client, MetadataCache metadata, ReceiptSettings settings) {
        this.client = client;
        this.metadata = metadata;
        this.settings = settings;
    }

    @Override
    public List<String> columns() {
        return List.copyOf(settings.written());
    }

    @Override
    public boolean isVersioned() {
        return true;
    }

    @Override
    public SetPath path(Receivable invoice) {
        return invoice.reader().path();
    }

    @Override
    public Map<String, String> rules() {
        var rules = new LinkedHashMap<String, String>();
        settings.entries().forEach(column -> rules.put(column, column + " <- key, status, amount, time"));
        settings.fields()
                .forEach((field, column) -> rules.put(column, column + " <- " + field.title() + " of all entries"));
        return rules;
    }

    @Override
    public Recording open(Receivable invoice) {
        var texts = new ArrayList<String>();
        for (String column : settings.entries()) {
            String text = invoice.text(column);
            if (text != null) {
                texts.add(text);
            }
        }
        return new Fields(invoice, Entries.parse(texts));
    }

    /** The fields of one invoice. */
    private final class Fields implements Recording {

        private final Receivable invoice;
        private final Entries entries;

        Fields(Receivable invoice, Entries entries) {
            this.invoice = invoice;
            this.entries = entries;
        }

        @Override
        public Entries entries() {
            return entries;
        }

        @Override
        public HttpAnswer add(Posting posting) {
            String version = invoice.version();
            if (version == null && !settings.ifMatchStar()) {
                throw EndedException.rejected("the invoice " + invoice + " has no ETag, without which a change by"
                        + " somebody else could be overwritten; " + settings.section() + ".ifMatchStar allows that");
            }
            Entries after = entries.with(posting.entry());
            SetPath path = invoice.reader().path();
            return client.change(
                    path, invoice.key(), version == null ? "*" : version, JsonText.of(changes(after, posting)));
        }

        private Map<String, @Nullable Object> changes(Entries after, Posting posting) {
            var changes = new LinkedHashMap<String, @Nullable Object>();
            texts(after, posting.entry()).forEach((column, text) -> put(changes, column, text.isEmpty() ? null : text));
            Standing standing = Standing.of(after, invoice.total());
            settings.fields().forEach((field, column) -> {
                String type = invoice.types().get(column);
                if (type != null) {
                    put(changes, column, value(field, type, standing, posting));
                }
            });
            return changes;
        }

        /** The entries, spread over their columns; an entry is never divided. */
        private Map<String, String> texts(Entries after, Entry added) {
            var texts = new LinkedHashMap<String, String>();
            List<Entry> left = new ArrayList<>(after.standing());
            int room = 0;
            for (String column : settings.entries()) {
                requireColumn(column);
                int limit = limit(column);
                room += limit;
                var text = new StringBuilder();
                while (!left.isEmpty() && fits(text, left.get(0).text(), limit)) {
                    text.append(text.isEmpty() ? "" : Entries.BETWEEN)
                            .append(left.remove(0).text());
                }
                texts.put(column, text.toString());
            }
            if (!left.isEmpty()) {
                throw EndedException.rejected(String.join(", ", settings.entries()) + " of the invoice " + invoice
                        + " takes " + room + " characters, and "
                        + after.standing().size() + " entries need more, "
                        + added.text() + " among them; name another column in " + settings.section()
                        + ".fields.entries, or widen the"
                        + " custom field");
            }
            return texts;
        }

        private void requireColumn(String column) {
            if (!invoice.types().containsKey(column)) {
                throw EndedException.rejected("the set " + invoice.reader().path() + " has no column " + column
                        + " to record payments in; add and publish the custom field, or name another in"
                        + " " + settings.section() + ".fields.entries");
            }
        }

        private static boolean fits(StringBuilder text, String entry, int limit) {
            int between = text.isEmpty() ? 0 : Entries.BETWEEN.length();
            return text.length() + between + entry.length() <= limit;
        }

        private int limit(String column) {
            SetPath path = invoice.reader().path();
            return metadata.of(path).length(path.set(), column).orElse(settings.fieldLength());
        }

        private @Nullable Object value(Field field, String type, Standing standing, Posting posting) {
            return switch (field) {
                case STATUS -> settings.statuses().get(standing.status());
                case INVOICE -> document(settings.fields().get(Field.INVOICE), posting.document());
                case PAID -> amount(type, standing.paid());
                case REFUNDED -> amount(type, standing.refunded());
                case DISPUTED -> amount(type, standing.disputed());
                case PAID_AT -> time(type, standing.paidAt());
                case REFERENCE -> standing.reference();
            };
        }

        /** Where two documents stand for one invoice, the first in order of text, so that their order does not matter. */
        private @Nullable String document(@Nullable String column, @Nullable String document) {
            String known = column == null ? null : invoice.text(column);
            if (known == null || document == null) {
                return known == null ? document : known;
            }
            return known.compareTo(document) <= 0 ? known : document;
        }

        private @Nullable Object amount(String type, BigDecimal amount) {
            if (amount.signum() == 0) {
                return null;
            }
            return type.equals(EdmLiteral.STRING) ? amount.toPlainString() + " " + invoice.currency() : amount;
        }

        private static @Nullable Object time(String type, @Nullable Instant time) {
            return time == null
                    ? null
                    : type.equals("Edm.Date")
                            ? time.atOffset(ZoneOffset.UTC).toLocalDate().toString()
                            : time.toString();
        }

        private void put(Map<String, @Nullable Object> changes, String column, @Nullable Object value) {
            String before = invoice.text(column);
            if (same(before, value)) {
                return;
            }
            if (value instanceof String text && text.length() > limit(column)) {
                throw EndedException.rejected(column + " of the invoice " + invoice + " takes " + limit(column)
                        + " characters, and '" + text + "' has " + text.length()
                        + "; widen the custom field, or name another in " + settings.section() + ".fields");
            }
            changes.put(column, value);
        }

        private static boolean same(@Nullable String before, @Nullable Object value) {
            if (before == null || value == null) {
                return (before == null || before.isEmpty()) && value == null;
            }
            if (before.equals(value)) {
                return true;
            }
            try {
                return value instanceof BigDecimal amount
                        ? amount.compareTo(new BigDecimal(before)) == 0
                        : OffsetDateTime.parse(before).toInstant().equals(Instant.parse((String) value));
            } catch (NumberFormatException | DateTimeException e) {
                return false;
            }
        }
    }
}
