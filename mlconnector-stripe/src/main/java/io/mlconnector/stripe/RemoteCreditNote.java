package io.mlconnector.stripe;

import com.stripe.model.CreditNote;
import com.stripe.model.CreditNoteLineItem;
import com.stripe.model.CreditNoteLineItemCollection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A credit note as Stripe holds it; amounts in minor units. */
record RemoteCreditNote(String id, boolean issued, Map<String, String> metadata, List<Line> lines, boolean moreLines) {

    static RemoteCreditNote of(CreditNote note) {
        Map<String, String> metadata = note.getMetadata();
        CreditNoteLineItemCollection lines = note.getLines();
        return new RemoteCreditNote(
                note.getId(),
                "issued".equals(note.getStatus()),
                metadata == null ? Map.of() : metadata,
                lines == null
                        ? List.of()
                        : lines.getData().stream().map(Line::of).toList(),
                lines != null && Boolean.TRUE.equals(lines.getHasMore()));
    }

    RemoteCreditNote withLines(List<Line> all) {
        return new RemoteCreditNote(id, issued, metadata, all, false);
    }

    /** What is credited of one line of the invoice. */
    record Line(@Nullable String invoiceLine, long amount, long tax) {

        static Line of(CreditNoteLineItem line) {
            List<CreditNoteLineItem.Tax> taxes = line.getTaxes() == null ? List.of() : line.getTaxes();
            return new Line(
                    line.getInvoiceLineItem(),
                    line.getAmount(),
                    taxes.stream().mapToLong(CreditNoteLineItem.Tax::getAmount).sum());
        }
    }
}
