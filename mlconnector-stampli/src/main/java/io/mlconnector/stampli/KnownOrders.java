package io.mlconnector.stampli;

import io.mlconnector.model.Bill;
import io.mlconnector.model.LineItem;
import io.mlconnector.model.PurchaseOrder;
import io.mlconnector.model.RecordKey;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The purchase orders that files of this connection tell of, by id: only vendor and currency, for comparing bills with them.
 * Safe for threads.
 */
final class KnownOrders {

    private final Map<String, Order> orders = new ConcurrentHashMap<>();

    private record Order(RecordKey vendor, String currency) {}

    void add(PurchaseOrder order) {
        orders.put(order.key().id(), new Order(order.vendor(), order.currency()));
    }

    /** Returns what contradicts the orders that a bill refers to. An order that is not known contradicts nothing. */
    List<String> faults(String where, Bill bill) {
        var faults = new ArrayList<String>();
        for (String number : numbers(bill)) {
            Order order = order(bill.company(), number);
            if (order == null) {
                continue;
            }
            if (!order.vendor().equals(bill.vendor())) {
                faults.add(where + ": the purchase order " + number + " is of the vendor "
                        + order.vendor().id() + ", and the bill of "
                        + bill.vendor().id());
            }
            if (!order.currency().equals(bill.total().currency())) {
                faults.add(where + ": the purchase order " + number + " is in " + order.currency()
                        + ", and the bill in " + bill.total().currency());
            }
        }
        return faults;
    }

    private @Nullable Order order(@Nullable String company, String number) {
        return orders.isEmpty() ? null : orders.get(OrderMapping.id(String.valueOf(company), number));
    }

    private static Iterable<String> numbers(Bill bill) {
        var numbers = new LinkedHashSet<String>();
        if (bill.purchaseOrderNumber() != null) {
            numbers.add(bill.purchaseOrderNumber());
        }
        bill.lines().stream()
                .map(LineItem::orderNumber)
                .filter(Objects::nonNull)
                .forEach(numbers::add);
        return numbers;
    }
}
