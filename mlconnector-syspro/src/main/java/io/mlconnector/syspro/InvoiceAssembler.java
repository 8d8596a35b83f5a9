package io.mlconnector.syspro;

import io.mlconnector.mapping.RecordMapping;
import io.mlconnector.mapping.Row;
import io.mlconnector.model.Invoice;
import io.mlconnector.model.LineItem;
import io.mlconnector.model.LineTax;
import io.mlconnector.model.Money;
import io.mlconnector.spi.Lineage;
import io.mlconnector.spi.MappingException;
import io.mlconnector.syspro.LineMapping.Line;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Invoices with their lines, which are read for all invoices of a page at once. An invoice whose lines do not add up to it is
 * put aside; one that was entered without lines gets a single one.
 */
final class InvoiceAssembler implements Assembler<Invoice> {

    private final RecordMapping<Invoice> invoices;
    private final RecordMapping<Line> lines;
    private final LineReader reader;

    InvoiceAssembler(RecordMapping<Invoice> invoices, RecordMapping<Line> lines, LineReader reader) {
        this.invoices = invoices;
        this.lines = lines;
        this.reader = reader;
    }

    @Override
    public Class<Invoice> type() {
        return Invoice.class;
    }

    @Override
    public Lineage lineage() {
        var rules = new LinkedHashMap<>(invoices.lineage().rules());
        lines.lineage().rules().forEach((field, rule) -> rules.merge(field, rule, (one, other) -> one + "; " + other));
        return new Lineage(
                invoices.lineage().fingerprint() + "+" + lines.lineage().fingerprint(), rules);
    }

    @Override
    public void assemble(List<Row> rows, Batch<Invoice> batch) {
        Map<Row, Invoice> heads = new LinkedHashMap<>();
        for (Row row : rows) {
            try {
                heads.put(row, invoices.map(row));
            } catch (MappingException e) {
                batch.refuse(row, row.raw(), e.faults());
            }
        }
        Map<String, List<Row>> found = reader.read(
                heads.values().stream().map(invoice -> invoice.key().id()).toList());
        heads.forEach((row, head) -> {
            List<Row> own = found.getOrDefault(head.key().id(), List.of());
            try {
                Invoice invoice = withLines(head, own);
                batch.add(row, it -> invoice);
            } catch (MappingException e) {
                batch.refuse(row, raw(row, own), e.faults());
            }
        });
    }

    private Invoice withLines(Invoice head, List<Row> rows) {
        List<Line> own = rows.stream().map(lines::map).filter(Line::counts).toList();
        return new Invoice(
                head.key(),
                head.number(),
                head.company(),
                head.customer(),
                head.issuedOn(),
                head.dueOn(),
                own.isEmpty() ? List.of(single(head)) : items(head, own),
                head.net(),
                head.tax(),
                head.total(),
                head.orderNumbers(),
                head.status(),
                head.memo(),
                head.attributes());
    }

    private static LineItem single(Invoice head) {
        return LineItem.ofAmount("1", "Invoice " + head.number(), head.net(), new LineTax(null, null, head.tax()));
    }

    /** Lines are in the local currency, which may be that of the invoice or not: what adds up is right. */
    private static List<LineItem> items(Invoice head, List<Line> own) {
        BigDecimal net = head.net().amount();
        if (sum(own, Line::local).compareTo(net) == 0
                && sum(own, Line::tax).compareTo(head.tax().amount()) == 0) {
            return own.stream()
                    .map(line ->
                            item(line, line.local(), line.tax(), head.total().currency()))
                    .toList();
        }
        boolean posted = own.stream().allMatch(line -> line.posted() != null);
        if (posted && sum(own, InvoiceAssembler::posted).compareTo(net) == 0) {
            List<BigDecimal> taxes = spread(head.tax(), own);
            var items = new ArrayList<LineItem>();
            for (int at = 0; at < own.size(); at++) {
                items.add(item(
                        own.get(at),
                        posted(own.get(at)),
                        taxes.get(at),
                        head.total().currency()));
            }
            return items;
        }
        throw new MappingException("the lines must add up to the invoice, " + head.net() + " and " + head.tax()
                + " of tax: NetSalesValue " + sum(own, Line::local).toPlainString() + " and TaxValue "
                + sum(own, Line::tax).toPlainString() + ", PostValue "
                + (posted ? sum(own, InvoiceAssembler::posted).toPlainString() : "missing") + " in " + own.size()
                + " lines");
    }

    /** The tax of the invoice by the taxes of the lines in the other currency; the last one takes what is left. */
    private static List<BigDecimal> spread(Money tax, List<Line> own) {
        BigDecimal all = sum(own, Line::tax);
        if (all.signum() == 0 && tax.amount().signum() != 0) {
            throw new MappingException("tax must be on the lines as well: the invoice has " + tax + ", the lines none");
        }
        int digits = Money.minorDigits(tax.currency());
        var parts = new ArrayList<BigDecimal>();
        BigDecimal left = tax.amount();
        for (int at = 0; at < own.size(); at++) {
            BigDecimal part = at == own.size() - 1
                    ? left
                    : all.signum() == 0
                            ? BigDecimal.ZERO
                            : tax.amount().multiply(own.get(at).tax()).divide(all, digits, RoundingMode.HALF_UP);
            parts.add(part);
            left = left.subtract(part);
        }
        return parts;
    }

    private static BigDecimal posted(Line line) {
        BigDecimal posted = line.posted();
        return posted == null ? BigDecimal.ZERO : posted;
    }

    private static LineItem item(Line line, BigDecimal net, BigDecimal tax, String currency) {
        BigDecimal quantity = line.quantity();
        boolean counted = quantity != null && quantity.signum() != 0;
        return new LineItem(
                line.id(),
                line.text(),
                counted ? quantity : null,
                null,
                counted ? unitPrice(net, quantity) : null,
                new Money(net, currency),
                new LineTax(line.taxCode(), null, new Money(tax, currency)),
                line.product(),
                line.order(),
                null);
    }

    /** Before discounts there is no price on a line, so this is what one unit came to. */
    private static BigDecimal unitPrice(BigDecimal net, BigDecimal quantity) {
        return net.divide(quantity, 6, RoundingMode.HALF_UP).stripTrailingZeros();
    }

    private static BigDecimal sum(List<Line> own, Function<Line, BigDecimal> amount) {
        return own.stream().map(amount).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static String raw(Row row, List<Row> own) {
        var raw = new StringBuilder(row.raw());
        own.forEach(line -> raw.append('\n').append(line.raw()));
        return raw.toString();
    }
}
