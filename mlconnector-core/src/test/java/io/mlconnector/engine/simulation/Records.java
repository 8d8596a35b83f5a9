package io.mlconnector.engine.simulation;

import io.mlconnector.model.Customer;
import io.mlconnector.model.Invoice;
import io.mlconnector.model.LineItem;
import io.mlconnector.model.Money;
import io.mlconnector.model.RecordKey;
import java.util.List;

/** Records whose content is told by a number. */
final class Records {

    private Records() {}

    static RecordKey key(String entity, String id) {
        return new RecordKey("erp", entity, id);
    }

    static Customer customer(String id, int content) {
        return Customer.builder()
                .key(key("customers", id))
                .number(id)
                .name("Name " + content)
                .build();
    }

    static Invoice invoice(String id, String customer, int content) {
        Money money = Money.of(100 + content + ".25", content % 2 == 0 ? "EUR" : "USD");
        return Invoice.builder()
                .key(key("invoices", id))
                .number(id)
                .customer(key("customers", customer))
                .lines(List.of(LineItem.ofAmount("1", "all", money, null)))
                .net(money)
                .tax(Money.zero(money.currency()))
                .total(money)
                .status(Invoice.Status.OPEN)
                .build();
    }
}
