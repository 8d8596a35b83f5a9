package io.mlconnector.ifs;

import io.mlconnector.mapping.RecordMapping;
import io.mlconnector.mapping.Row;
import io.mlconnector.model.Money;
import io.mlconnector.model.SalesOrder;
import io.mlconnector.spi.Lineage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Sales orders with their lines. */
final class OrderAssembler implements Assembler<SalesOrder> {

    private final RecordMapping<SalesOrder> orders;
    private final RowShape shape;
    private final LineReader lines;
    private final LineAmounts amounts;

    OrderAssembler(RecordMapping<SalesOrder> orders, RowShape shape, LineReader lines, LineAmounts amounts) {
        this.orders = orders;
        this.shape = shape;
        this.lines = lines;
        this.amounts = amounts;
    }

    @Override
    public Class<SalesOrder> type() {
        return SalesOrder.class;
    }

    @Override
    public Lineage lineage() {
        return Lineages.joined(orders.lineage(), lines.lineage());
    }

    @Override
    public void assemble(List<Row> rows, Batch<SalesOrder> batch) {
        var keys = new ArrayList<List<String>>();
        rows.forEach(row -> shape.key(row).ifPresent(keys::add));
        // an order has no total that would tell whether all its lines are there
        Map<String, LineReader.Lines> found = lines.read(keys, (id, read) -> false);
        for (Row row : rows) {
            batch.add(row, it -> {
                SalesOrder order = orders.map(it);
                LineReader.Lines own = found.getOrDefault(shape.id(it), LineReader.Lines.none());
                own.refuseFaults();
                String currency = order.net().currency();
                var items = amounts.untaxed(own.lines(), currency);
                Money net = items.stream().map(item -> item.net()).reduce(Money.zero(currency), Money::plus);
                return new SalesOrder(
                        order.key(),
                        order.number(),
                        order.company(),
                        order.customer(),
                        order.orderedOn(),
                        order.wantedOn(),
                        items,
                        net,
                        order.customerReference(),
                        order.status(),
                        order.attributes());
            });
        }
    }
}
