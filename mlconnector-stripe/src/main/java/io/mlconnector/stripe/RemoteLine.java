package io.mlconnector.stripe;

import com.stripe.model.InvoiceLineItem;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A line of an invoice as Stripe holds it. */
record RemoteLine(
        String id, long amount, long tax, @Nullable String taxRate, boolean counted, Map<String, String> metadata) {

    static RemoteLine of(InvoiceLineItem line) {
        List<InvoiceLineItem.Tax> taxes = line.getTaxes() == null ? List.of() : line.getTaxes();
        String rate = taxes.isEmpty() || taxes.get(0).getTaxRateDetails() == null
                ? null
                : taxes.get(0).getTaxRateDetails().getTaxRate();
        Map<String, String> metadata = line.getMetadata();
        BigDecimal quantity = line.getQuantityDecimal();
        return new RemoteLine(
                line.getId(),
                line.getAmount(),
                taxes.stream()
                        .filter(tax -> !"inclusive".equals(tax.getTaxBehavior()))
                        .mapToLong(InvoiceLineItem.Tax::getAmount)
                        .sum(),
                rate,
                quantity != null && quantity.compareTo(BigDecimal.ONE) != 0,
                metadata == null ? Map.of() : metadata);
    }

    /** Returns the id of the ERP's line, empty for a line that somebody else added. */
    String erpLine() {
        return metadata.getOrDefault(LineMapping.LINE, "");
    }

    String contentHash() {
        return metadata.getOrDefault(LineMapping.HASH, "");
    }
}
