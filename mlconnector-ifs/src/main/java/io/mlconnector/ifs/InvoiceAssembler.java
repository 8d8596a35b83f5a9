package io.mlconnector.ifs;

import io.mlconnector.mapping.RecordMapping;
import io.mlconnector.mapping.Row;
import io.mlconnector.model.Invoice;
import io.mlconnector.model.LineItem;
import io.mlconnector.model.LineTax;
import io.mlconnector.model.Money;
import io.mlconnector.spi.Lineage;
import io.mlconnector.spi.MappingException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/**
 * Invoices with their lines, which are read for all invoices of a page at once. An invoice whose amounts do not fit
 * together is put aside.
 */
final class InvoiceAssembler implements Assembler<Invoice> {

    /** Where the lines of an invoice are found. */
    enum LinesOf {
        /** The lines of the order that the row names; without an order, one line with the text of the row. */
        ORDER,
        /** Lines that carry the key of the invoice. */
        INVOICE
    }

    private final RecordMapping<Invoice> invoices;
    private final RowShape shape;
    private final LineReader lines;
    private final LinesOf linesOf;
    private final LineAmounts amounts;

    InvoiceAssembler(
            RecordMapping<Invoice> invoices, RowShape shape, LineReader lines, LinesOf linesOf, LineAmounts amounts) {
        this.invoices = invoices;
        this.shape = shape;
        this.lines = lines;
        this.linesOf = linesOf;
        this.amounts = amounts;
    }

    @Override
    public Class<Invoice> type() {
        return Invoice.class;
    }

    @Override
    public Lineage lineage() {
        return Lineages.joined(invoices.lineage(), lines.lineage());
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
        Map<String, LineReader.Lines> found = readLines(heads);
        heads.forEach((row, head) -> {
            LineReader.Lines own = found.getOrDefault(document(row, head), LineReader.Lines.none());
            try {
                Invoice invoice = withLines(head, own);
                batch.add(row, it -> invoice);
            } catch (MappingException e) {
                batch.refuse(row, raw(row, own), e.faults());
            }
        });
    }

    private Map<String, LineReader.Lines> readLines(Map<Row, Invoice> heads) {
        var documents = new LinkedHashSet<List<String>>();
        var expected = new HashMap<String, List<Money>>();
        heads.forEach((row, head) -> {
            List<String> key = documentKey(row, head);
            if (!key.isEmpty()) {
                documents.add(key);
                expected.computeIfAbsent(RecordIds.join(key), id -> new ArrayList<>())
                        .add(head.net());
            }
        });
        return lines.read(
                documents,
                (id, read) -> expected.getOrDefault(id, List.of()).stream().allMatch(net -> addsUp(read, net)));
    }

    private static boolean addsUp(LineReader.Lines read, Money net) {
        if (!read.faults().isEmpty() || read.lines().isEmpty()) {
            return false;
        }
        BigDecimal sum = LineAmounts.net(read.lines(), Money.minorDigits(net.currency()));
        return sum.compareTo(net.amount()) == 0;
    }

    private Invoice withLines(Invoice head, LineReader.Lines own) {
        own.refuseFaults();
        List<LineItem> items;
        if (linesOf == LinesOf.ORDER && head.orderNumbers().isEmpty()) {
            items = List.of(oneLine(head));
        } else {
            if (own.lines().isEmpty()) {
                throw new MappingException(
                        "lines must not be empty: " + own.rows().size() + " lines of "
                                + (linesOf == LinesOf.ORDER ? "the order " + head.orderNumbers() : "the invoice")
                                + " were read, none of them counts");
            }
            items = amounts.taxed(own.lines(), head.net(), head.tax());
        }
        List<String> orders = linesOf == LinesOf.ORDER ? head.orderNumbers() : orders(items);
        return new Invoice(
                head.key(),
                head.number(),
                head.company(),
                head.customer(),
                head.issuedOn(),
                head.dueOn(),
                items,
                head.net(),
                head.tax(),
                head.total(),
                orders,
                head.status(),
                head.memo(),
                head.attributes());
    }

    private static LineItem oneLine(Invoice head) {
        String memo = head.memo();
        return LineItem.ofAmount(
                "1", memo == null ? "Invoice " + head.number() : memo, head.net(), new LineTax(null, null, head.tax()));
    }

    private static List<String> orders(List<LineItem> items) {
        var orders = new LinkedHashSet<String>();
        for (LineItem item : items) {
            String order = item.orderNumber();
            if (order != null) {
                orders.add(order);
            }
        }
        return List.copyOf(orders);
    }

    private String document(Row row, Invoice head) {
        List<String> key = documentKey(row, head);
        return key.isEmpty() ? "" : RecordIds.join(key);
    }

    private List<String> documentKey(Row row, Invoice head) {
        return linesOf == LinesOf.ORDER ? head.orderNumbers() : shape.key(row).orElse(List.of());
    }

    private static String raw(Row row, LineReader.Lines own) {
        if (own.rows().isEmpty()) {
            return row.raw();
        }
        var raw = new StringBuilder(row.raw());
        own.rows().forEach(line -> raw.append('\n').append(line.raw()));
        return raw.toString();
    }
}
