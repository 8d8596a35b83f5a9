package io.mlconnector.ifs;

import io.mlconnector.mapping.RecordMapping;
import io.mlconnector.mapping.Row;
import io.mlconnector.model.Bill;
import io.mlconnector.model.LineItem;
import io.mlconnector.model.LineTax;
import io.mlconnector.model.Money;
import io.mlconnector.spi.Lineage;
import io.mlconnector.spi.MappingException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Supplier invoices with their lines, which are read for all invoices of a page at once. An invoice that is not coded yet has
 * one line over its whole amount.
 */
final class BillAssembler implements Assembler<Bill> {

    private final RecordMapping<Bill> bills;
    private final RowShape shape;
    private final LineReader lines;
    private final LineAmounts amounts;

    BillAssembler(RecordMapping<Bill> bills, RowShape shape, LineReader lines, LineAmounts amounts) {
        this.bills = bills;
        this.shape = shape;
        this.lines = lines;
        this.amounts = amounts;
    }

    @Override
    public Class<Bill> type() {
        return Bill.class;
    }

    @Override
    public Lineage lineage() {
        return Lineages.joined(bills.lineage(), lines.lineage());
    }

    @Override
    public void assemble(List<Row> rows, Batch<Bill> batch) {
        Map<Row, Bill> heads = new LinkedHashMap<>();
        var keys = new ArrayList<List<String>>();
        var net = new HashMap<String, Money>();
        for (Row row : rows) {
            try {
                Bill head = bills.map(row);
                heads.put(row, head);
                shape.key(row).ifPresent(keys::add);
                net.put(shape.id(row), head.net());
            } catch (MappingException e) {
                batch.refuse(row, row.raw(), e.faults());
            }
        }
        Map<String, LineReader.Lines> found =
                lines.read(keys, (id, read) -> !net.containsKey(id) || addsUp(read, net.get(id)));
        heads.forEach((row, head) -> {
            LineReader.Lines own = found.getOrDefault(shape.id(row), LineReader.Lines.none());
            try {
                Bill bill = withLines(head, own);
                batch.add(row, it -> bill);
            } catch (MappingException e) {
                var raw = new StringBuilder(row.raw());
                own.rows().forEach(line -> raw.append('\n').append(line.raw()));
                batch.refuse(row, raw.toString(), e.faults());
            }
        });
    }

    private static boolean addsUp(LineReader.Lines read, Money net) {
        return read.faults().isEmpty()
                && !read.lines().isEmpty()
                && LineAmounts.net(read.lines(), Money.minorDigits(net.currency()))
                                .compareTo(net.amount())
                        == 0;
    }

    private Bill withLines(Bill head, LineReader.Lines own) {
        own.refuseFaults();
        List<LineItem> items =
                own.lines().isEmpty() ? List.of(oneLine(head)) : amounts.taxed(own.lines(), head.net(), head.tax());
        return new Bill(
                head.key(),
                head.number(),
                head.company(),
                head.vendor(),
                head.issuedOn(),
                head.dueOn(),
                items,
                head.net(),
                head.tax(),
                head.total(),
                head.purchaseOrderNumber(),
                head.approval(),
                head.paymentStatus(),
                head.paidOn(),
                head.memo(),
                head.attributes());
    }

    private static LineItem oneLine(Bill head) {
        String memo = head.memo();
        return LineItem.ofAmount(
                "1", memo == null ? "Invoice " + head.number() : memo, head.net(), new LineTax(null, null, head.tax()));
    }
}
