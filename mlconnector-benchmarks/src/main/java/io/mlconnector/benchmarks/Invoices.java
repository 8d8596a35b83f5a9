package io.mlconnector.benchmarks;

import io.mlconnector.model.Attributes;
import io.mlconnector.model.Invoice;
import io.mlconnector.model.LineItem;
import io.mlconnector.model.LineTax;
import io.mlconnector.model.Money;
import io.mlconnector.model.RecordKey;
import io.mlconnector.spi.Change;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What all ways end in: the canonical record, made of values that are converted already. */
final class Invoices {

    private Invoices() {}

    static Change<Invoice> change(
            String id,
            String number,
            String company,
            String customer,
            LocalDate issuedOn,
            LocalDate dueOn,
            String currency,
            BigDecimal net,
            BigDecimal tax,
            BigDecimal total,
            @Nullable String memo,
            String region,
            List<LineItem> lines,
            Instant modifiedAt,
            String version) {
        Invoice invoice = Invoice.builder()
                .key(new RecordKey("erp", "invoices", id))
                .number(number)
                .company(company)
                .customer(new RecordKey("erp", "customers", customer))
                .issuedOn(issuedOn)
                .dueOn(dueOn)
                .net(new Money(net, currency))
                .tax(new Money(tax, currency))
                .total(new Money(total, currency))
                .memo(memo)
                .lines(lines)
                .status(Invoice.Status.OPEN)
                .attributes(Attributes.of(Map.of("region", region)))
                .build();
        return Change.upsert(invoice, modifiedAt, version);
    }

    static LineItem line(
            String number,
            String text,
            String product,
            String taxCode,
            BigDecimal net,
            BigDecimal tax,
            String currency) {
        return new LineItem(
                number,
                text,
                null,
                null,
                null,
                new Money(net, currency),
                new LineTax(taxCode, null, new Money(tax, currency)),
                product,
                null,
                null);
    }
}
