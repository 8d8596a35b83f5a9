package io.mlconnector.stripe;

import io.mlconnector.model.Payment;
import io.mlconnector.model.RecordKey;
import io.mlconnector.spi.Source;
import io.mlconnector.testkit.SourceContract;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

class PaymentSourceContractTest extends SourceContract<Payment> {

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
    protected Source<Payment> source() {
        till.restart(Map.of("reading", Map.of("pageSize", 3)));
        return (Source<Payment>) till.source("payments");
    }

    @Override
    protected List<RecordKey> seven() {
        till.stripe.money().holdFees();
        var keys = new ArrayList<RecordKey>();
        for (int i = 1; i <= 7; i++) {
            keys.add(key(make(1000L * i)));
        }
        return keys;
    }

    @Override
    protected RecordKey changeOne() {
        String first = Till.id(till.stripe.objects("invoice_payment").get(0));
        till.stripe.money().bookFees();
        return key(first);
    }

    private String make(long amount) {
        return Till.id(till.stripe.money().pay(till.open(amount)));
    }

    private static RecordKey key(String id) {
        return new RecordKey("stripe", "payments", id);
    }
}
