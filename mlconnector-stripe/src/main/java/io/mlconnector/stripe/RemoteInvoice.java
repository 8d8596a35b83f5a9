package io.mlconnector.stripe;

import static java.util.Objects.requireNonNull;

import com.stripe.model.Invoice;
import com.stripe.model.InvoiceLineItemCollection;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An invoice as Stripe holds it; amounts in minor units. */
record RemoteInvoice(
        String id,
        String status,
        String customer,
        String currency,
        Instant created,
        long subtotal,
        long tax,
        long total,
        long amountRemaining,
        long credited,
        Map<String, String> metadata,
        List<RemoteLine> firstLines,
        boolean moreLines,
        boolean replayed,
        @Nullable String requestId) {

    private static final Set<String> UNPAID = Set.of("open", "uncollectible");

    static RemoteInvoice of(Invoice invoice) {
        Receipt receipt = Receipt.of(invoice);
        Map<String, String> metadata = invoice.getMetadata();
        InvoiceLineItemCollection lines = invoice.getLines();
        List<Invoice.TotalTax> taxes = invoice.getTotalTaxes();
        String status = invoice.getStatus();
        String customer = invoice.getCustomer();
        return new RemoteInvoice(
                invoice.getId(),
                requireNonNull(status, "status"),
                customer == null ? "" : customer,
                invoice.getCurrency(),
                Instant.ofEpochSecond(zeroIfNull(invoice.getCreated())),
                zeroIfNull(invoice.getSubtotal()),
                taxes == null
                        ? 0
                        : taxes.stream()
                                .mapToLong(tax -> zeroIfNull(tax.getAmount()))
                                .sum(),
                zeroIfNull(invoice.getTotal()),
                zeroIfNull(invoice.getAmountRemaining()),
                zeroIfNull(invoice.getPrePaymentCreditNotesAmount())
                        + zeroIfNull(invoice.getPostPaymentCreditNotesAmount()),
                metadata == null ? Map.of() : metadata,
                lines == null
                        ? List.of()
                        : lines.getData().stream().map(RemoteLine::of).toList(),
                lines != null && Boolean.TRUE.equals(lines.getHasMore()),
                receipt.replayed(),
                receipt.requestId());
    }

    boolean draft() {
        return status.equals("draft");
    }

    /** Final and not settled. */
    boolean unpaid() {
        return UNPAID.contains(status);
    }

    private static long zeroIfNull(@Nullable Long value) {
        return value == null ? 0 : value;
    }
}
