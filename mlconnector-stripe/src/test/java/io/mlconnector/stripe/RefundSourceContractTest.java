package io.mlconnector.stripe;

import io.mlconnector.model.RecordKey;
import io.mlconnector.model.Refund;
import io.mlconnector.spi.Source;
import io.mlconnector.testkit.SourceContract;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

class RefundSourceContractTest extends SourceContract<Refund> {

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
    protected Source<Refund> source() {
        till.restart(Map.of("reading", Map.of("pageSize", 3)));
        return (Source<Refund>) till.source("refunds");
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
        return key(Till.id(till.stripe
                .money()
                .finishRefund(Till.id(till.stripe.objects("refund").get(0)))));
    }

    private String make(long amount) {
        till.stripe.money().pay(till.open(amount));
        String charge = till.charge(till.stripe.objects("charge").size() - 1);
        return Till.id(till.stripe.money().startRefund(charge, amount));
    }

    private static RecordKey key(String id) {
        return new RecordKey("stripe", "refunds", id);
    }
}
