package io.mlconnector.syspro;

import io.mlconnector.model.BusinessRecord;
import io.mlconnector.model.Dispute;
import io.mlconnector.model.Payment;
import io.mlconnector.model.Refund;
import io.mlconnector.spi.Lineage;
import io.mlconnector.spi.Sink;
import io.mlconnector.syspro.ReceiptSettings.Back;
import java.time.ZoneId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The sinks of what was paid. They share their turn and how they match, so that they do not get in each other's way. */
final class Receipts {

    static final String PAYMENTS = "payments";
    static final String REFUNDS = "refunds";
    static final String DISPUTES = "disputes";

    static final Set<String> WRITABLE = new LinkedHashSet<>(List.of(PAYMENTS, REFUNDS, DISPUTES));

    private final ReceiptSettings settings;
    private final EnetClient client;
    private final Receivables invoices;
    private final PostedRows posted;
    private final Matching matching;
    private final ZoneId zone;
    private final ReentrantLock turn = new ReentrantLock(true);

    Receipts(ReceiptSettings settings, EnetClient client, Receivables invoices, ZoneId zone, String connection) {
        this.settings = settings;
        this.client = client;
        this.invoices = invoices;
        this.posted = new PostedRows(client);
        this.matching = new Matching(invoices, connection);
        this.zone = zone;
    }

    ReceiptSettings settings() {
        return settings;
    }

    Receivables invoices() {
        return invoices;
    }

    PostedRows posted() {
        return posted;
    }

    ReentrantLock turn() {
        return turn;
    }

    ZoneId zone() {
        return zone;
    }

    /** How records of an entity are posted; empty if they are only recorded. */
    Optional<Form> form(String entity) {
        return switch (entity) {
            case PAYMENTS ->
                settings.payments() == ReceiptSettings.Payments.POST
                        ? Optional.of(Form.ofPayments(settings))
                        : Optional.empty();
            case REFUNDS -> form(settings.refunds());
            case DISPUTES -> form(settings.disputes());
            default -> Optional.empty();
        };
    }

    private Optional<Form> form(Back back) {
        return back == Back.RECORD_ONLY ? Optional.empty() : Optional.of(Form.ofBack(back, settings));
    }

    Optional<Sink<?>> sink(String entity) {
        return switch (entity) {
            case PAYMENTS -> Optional.of(sink(Payment.class, matching::payment, entity, true));
            case REFUNDS -> Optional.of(sink(Refund.class, matching::refund, entity, false));
            case DISPUTES -> Optional.of(sink(Dispute.class, matching::dispute, entity, false));
            default -> Optional.empty();
        };
    }

    private <T extends BusinessRecord> Sink<?> sink(
            Class<T> type, Matching.Reading<T> reading, String entity, boolean incoming) {
        Optional<Form> form = form(entity);
        @Nullable Poster poster = form.map(it -> new Poster(client, posted, it, settings.itemsPerDocument()))
                .orElse(null);
        Map<String, String> rules =
                form.map(Form::rules).orElseGet(() -> Map.of("key", "key -> the link, nothing is posted"));
        String name =
                "syspro." + entity + ":" + form.map(it -> it.businessObject()).orElse("record-only");
        return new ReceiptSink<>(type, reading, this, poster, incoming, new Lineage(name, rules));
    }
}
