package io.mlconnector.stripe;

import io.mlconnector.model.CreditNote;
import io.mlconnector.model.RecordKey;
import io.mlconnector.spi.Source;
import io.mlconnector.testkit.SourceContract;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

class CreditNoteSourceContractTest extends SourceContract<CreditNote> {

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
    protected Source<CreditNote> source() {
        till.restart(Map.of("reading", Map.of("pageSize", 3)));
        return (Source<CreditNote>) till.source("credit-notes");
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
        String note = Till.id(till.stripe.objects("credit_note").get(0));
        StripeApiForTests.post(till.stripe, "/v1/credit_notes/" + note + "/void", "");
        return key(note);
    }

    private String make(long amount) {
        StripeApiForTests.post(
                till.stripe, "/v1/credit_notes", "email_type=none&amount=100&invoice=" + till.open(amount));
        return Till.id(till.stripe
                .objects("credit_note")
                .get(till.stripe.objects("credit_note").size() - 1));
    }

    private static RecordKey key(String id) {
        return new RecordKey("stripe", "credit-notes", id);
    }
}
