package io.mlconnector.stripe;

import io.mlconnector.mapping.RecordMapping;
import io.mlconnector.spi.Settings;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** The rules by which objects become records, compiled once with a user's changes. */
final class ReadMappings {

    private final PaymentMapping payments;
    private final RefundKind refunds;
    private final DisputeKind disputes;
    private final CreditNoteKind creditNotes;
    private final InvoiceStatusKind invoices;

    /** Faults of {@code overrides}, the settings of an entity's mapping, are noted in them. */
    ReadMappings(String connection, StripeSettings settings, Function<String, Settings> overrides) {
        payments = new PaymentMapping(connection, settings, overrides.apply(StripeConnector.PAYMENTS));
        refunds = new RefundKind(connection, settings, overrides.apply(StripeConnector.REFUNDS));
        disputes = new DisputeKind(connection, settings, overrides.apply(StripeConnector.DISPUTES));
        creditNotes = new CreditNoteKind(connection, settings, overrides.apply(StripeConnector.CREDIT_NOTES));
        invoices = new InvoiceStatusKind(connection, settings, overrides.apply(StripeConnector.INVOICE_STATUS));
    }

    Map<String, Reader<?>> readers(String connection, StripeApi api, RemoteClock clock) {
        var readers = new LinkedHashMap<String, Reader<?>>();
        readers.put(StripeConnector.PAYMENTS, new PaymentReader(connection, api, payments, clock));
        readers.put(StripeConnector.REFUNDS, new ObjectReader<>(connection, api, refunds));
        readers.put(StripeConnector.DISPUTES, new ObjectReader<>(connection, api, disputes));
        readers.put(StripeConnector.CREDIT_NOTES, new ObjectReader<>(connection, api, creditNotes));
        readers.put(StripeConnector.INVOICE_STATUS, new ObjectReader<>(connection, api, invoices));
        return Collections.unmodifiableMap(readers);
    }

    Map<String, RecordMapping<?>> rules() {
        var rules = new LinkedHashMap<String, RecordMapping<?>>();
        rules.put(StripeConnector.PAYMENTS, payments.rules());
        rules.put(StripeConnector.REFUNDS, refunds.rules());
        rules.put(StripeConnector.DISPUTES, disputes.rules());
        rules.put(StripeConnector.CREDIT_NOTES, creditNotes.rules());
        rules.put(StripeConnector.INVOICE_STATUS, invoices.rules());
        return rules;
    }
}
