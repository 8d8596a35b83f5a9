package io.mlconnector.stripe;

import io.mlconnector.model.Invoice;
import io.mlconnector.model.RecordKey;
import io.mlconnector.spi.Source;
import io.mlconnector.testkit.SourceContract;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

class InvoiceStatusSourceContractTest extends SourceContract<Invoice> {

    private Till till;

    @BeforeEach
    void open() {
        till = new Till();
    }

    @AfterEach
    void close() {
        till.close();
    }

    @Override
    @SuppressWarnings("unchecked")
    protected Source<Invoice> source() {
        till.restart(Map.of("reading", Map.of("pageSize", 3)));
        return (Source<Invoice>) till.source("invoice-status");
    }

    @Override
    protected List<RecordKey> seven() {
        var keys = new ArrayList<RecordKey>();
        for (int i = 1; i <= 7; i++) {
            keys.add(key(make(1000L * i)));
        }
        return keys;
    }

    @Override
    protected RecordKey changeOne() {
        String invoice = Till.id(till.stripe.invoices().get(0));
        till.stripe.money().pay(invoice);
        return key(invoice);
    }

    private String make(long amount) {
        return till.open(amount);
    }

    private static RecordKey key(String id) {
        return new RecordKey("stripe", "invoice-status", id);
    }
}
