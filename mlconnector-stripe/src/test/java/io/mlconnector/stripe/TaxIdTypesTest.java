package io.mlconnector.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlconnector.model.Customer;
import io.mlconnector.model.TaxId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TaxIdTypesTest {

    @ParameterizedTest
    @CsvSource({
        "VAT, DE, 811 111 111, eu_vat, DE811111111",
        "VAT, GR, 123456789, eu_vat, EL123456789",
        "VAT, GB, GB123456789, gb_vat, GB123456789",
        "VAT, GB, GB 123 4567 89, gb_vat, GB123456789",
        "VAT, CH, CHE-123.456.789 MWST, ch_vat, CHE-123.456.789 MWST",
        "VAT, US, 12-3456789, us_ein, 12-3456789",
        "VAT, JP, T1234567890123, jp_trn, T1234567890123"
    })
    void choosesTheTypeByKindAndCountry(TaxId.Kind kind, String country, String value, String type, String sent) {
        Customer customer = customer(new TaxId(kind, value, country));

        assertThat(TaxIdTypes.known(customer)).containsExactly(new TaxIdTypes.Typed(type, sent));
        assertThat(TaxIdTypes.unknown(customer)).isEmpty();
    }

    @Test
    void sendsNoNumberOfACompanyRegisterAsATaxId() {
        TaxId register = new TaxId(TaxId.Kind.REGISTRATION, "60697444", "US");

        assertThat(TaxIdTypes.known(customer(register))).isEmpty();
        assertThat(TaxIdTypes.unknown(customer(register))).containsExactly(register);
    }

    @Test
    void leavesOutWhatStripeHasNoTypeFor() {
        TaxId noCountry = new TaxId(TaxId.Kind.VAT, "1", null);
        TaxId unknownCountry = new TaxId(TaxId.Kind.VAT, "2", "KP");
        TaxId other = new TaxId(TaxId.Kind.OTHER, "3", "DE");

        assertThat(TaxIdTypes.known(customer(noCountry, unknownCountry, other))).isEmpty();
        assertThat(TaxIdTypes.unknown(customer(noCountry, unknownCountry, other)))
                .containsExactly(noCountry, unknownCountry, other);
    }

    private static Customer customer(TaxId... taxIds) {
        return Fixture.customer(1).taxIds(List.of(taxIds)).build();
    }
}
