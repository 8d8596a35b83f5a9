package io.mlconnector.stripe;

import io.mlconnector.model.Dispute;
import io.mlconnector.model.RecordKey;
import io.mlconnector.spi.Source;
import io.mlconnector.testkit.SourceContract;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

class DisputeSourceContractTest extends SourceContract<Dispute> {

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
    protected Source<Dispute> source() {
        till.restart(Map.of("reading", Map.of("pageSize", 3)));
        return (Source<Dispute>) till.source("disputes");
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
        return key(Till.id(
                till.stripe.money().lose(Till.id(till.stripe.objects("dispute").get(0)))));
    }

    private String make(long amount) {
        till.stripe.money().pay(till.open(amount));
        String charge = till.charge(till.stripe.objects("charge").size() - 1);
        return Till.id(till.stripe.money().dispute(charge, "general"));
    }

    private static RecordKey key(String id) {
        return new RecordKey("stripe", "disputes", id);
    }
}
