package io.mlconnector.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlconnector.model.Attributes;
import io.mlconnector.model.Invoice;
import io.mlconnector.model.Money;
import io.mlconnector.spi.Fingerprint;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FingerprinterTest {

    private final Fingerprinter fingerprinter = new Fingerprinter();

    @Test
    void isTheSameInEveryProcessAndLocale() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("tr-TR"));

            assertThat(Long.toHexString(
                            fingerprinter.of(FakeErp.customer("1", "Müller")).whole()))
                    .isEqualTo("ea01fa2f92cdc96f");
            assertThat(Long.toHexString(fingerprinter
                            .of(FakeErp.invoice("I1", "1", "119.00"))
                            .whole()))
                    .isEqualTo("8c1548c125efc49e");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void namesTheFieldsThatDiffer() {
        Invoice one = FakeErp.invoice("I1", "1", "119.00");
        Invoice other = FakeErp.invoice("I1", "1", "120.00");

        assertThat(fingerprinter.of(other).changedSince(fingerprinter.of(one)))
                .containsExactly("lines", "net", "total");
    }

    @Test
    void comparesAmountsByValue() {
        assertThat(fingerprinter.of(FakeErp.invoice("I1", "1", "119")))
                .isEqualTo(fingerprinter.of(FakeErp.invoice("I1", "1", "119.00")));
        assertThat(Money.of("1.5", "EUR")).isEqualTo(Money.of("1.500", "EUR")).hasToString("1.50 EUR");
    }

    @Test
    void survivesTheLedger() {
        Fingerprint fingerprint = fingerprinter.of(FakeErp.invoice("I1", "1", "119.00"));

        assertThat(Fingerprint.parse(fingerprint.format())).isEqualTo(fingerprint);
    }

    @Test
    void aRecordSurvivesTheLedger() {
        Invoice invoice = FakeErp.invoice("I1", "1", "0.001");

        assertThat(RecordCodec.decode(RecordCodec.encode(invoice), Invoice.class))
                .isEqualTo(invoice)
                .satisfies(read -> assertThat(read.attributes()).isEqualTo(Attributes.of(Map.of("region", "north"))));
        assertThat(RecordCodec.decode(RecordCodec.encode(invoice).replace("\"memo\"", "\"later\""), Invoice.class))
                .isEqualTo(invoice);
    }
}
