package io.mlconnector.ifs;

import io.mlconnector.ifs.Entry.Kind;
import io.mlconnector.model.BusinessRecord;
import io.mlconnector.model.Dispute;
import io.mlconnector.model.Payment;
import io.mlconnector.model.Refund;
import io.mlconnector.spi.ConnectorContext;
import io.mlconnector.spi.Lineage;
import io.mlconnector.spi.References;
import io.mlconnector.spi.Sink;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** The sinks of what was paid. They share how they match and record, so that they do not get in each other's way. */
final class Receipts {

    static final String PAYMENTS = "payments";
    static final String REFUNDS = "refunds";
    static final String DISPUTES = "disputes";

    /** Payments of supplier invoices. */
    static final String BILL_PAYMENTS = "bill-payments";

    static final Set<String> WRITABLE = new LinkedHashSet<>(List.of(PAYMENTS, REFUNDS, DISPUTES));

    private final ReceiptSettings settings;
    private final Receivables invoices;
    private final Recorder recorder;
    private final InvoiceWriter writer;
    private final Matching matching;

    /**
     * @param set the invoices
     * @param partyColumn the column with whom an invoice is from, where its number is unique for them only; null otherwise
     */
    Receipts(
            IfsSettings connection,
            ReceiptSettings settings,
            EntitySet set,
            ODataClient client,
            MetadataCache metadata,
            ConnectorContext context,
            @Nullable String partyColumn) {
        this.settings = settings;
        this.recorder = settings.record() == ReceiptSettings.Form.NOTES
                ? new NoteRecorder(client, settings, context.connection(), connection.pageSize())
                : new FieldRecorder(client, metadata, settings);
        this.invoices = new Receivables(
                client, metadata, set, recorder.columns(), settings.columns(), connection.company(), context);
        this.writer = new InvoiceWriter(invoices, recorder, context);
        this.matching = new Matching(invoices, writer, context.connection(), partyColumn);
    }

    Optional<Sink<?>> sink(String entity) {
        return Optional.ofNullable(
                switch (entity) {
                    case PAYMENTS -> sink(Payment.class, Kind.PAY, matching::payment);
                    case REFUNDS -> sink(Refund.class, Kind.REFUND, matching::refund);
                    case DISPUTES -> sink(Dispute.class, Kind.DISPUTE, matching::dispute);
                    default -> null;
                });
    }

    private <T extends BusinessRecord> Sink<?> sink(
            Class<T> type, Kind kind, BiFunction<T, References, List<Posting>> match) {
        String name = settings.section().equals("receipts") ? "ifs." : "ifs.bill-";
        name += type.getSimpleName().toLowerCase(Locale.ROOT) + "s";
        var lineage = new Lineage(name + ":" + settings.record().name().toLowerCase(Locale.ROOT), recorder.rules());
        return new ReceiptSink<>(type, kind, match, invoices, writer, settings.settleTime(), lineage);
    }
}
