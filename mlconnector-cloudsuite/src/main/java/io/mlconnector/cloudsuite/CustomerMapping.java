package io.mlconnector.cloudsuite;

import io.mlconnector.mapping.Conversions;
import io.mlconnector.mapping.Field;
import io.mlconnector.mapping.RecordMapping;
import io.mlconnector.model.Address;
import io.mlconnector.model.Customer;
import io.mlconnector.model.TaxId;
import io.mlconnector.spi.Endpoint;
import io.mlconnector.spi.Settings;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How rows of CRS610MI are read. */
final class CustomerMapping {

    static final String KEY = "CUNO";

    private static final String BLOCKED = "90";

    private CustomerMapping() {}

    static RecordMapping<Customer> of(Settings overrides, Endpoint endpoint) {
        RecordMapping.Rules<Customer> rules = RecordMapping.named("cloudsuite.customers", overrides);
        Field<String> key = rules.required("key", KEY, MiValues.key());
        Field<String> name = rules.required("name", "CUNM", Conversions.text());
        Field<String> email = rules.field("email", "MAIL", Conversions.text());
        Field<String> phone = rules.field("phone", "PHNO", Conversions.text());
        Field<String> line1 = rules.field("billingAddress.line1", "CUA1", Conversions.text());
        Field<String> line2 = rules.field("billingAddress.line2", "CUA2", Conversions.text());
        Field<String> city = rules.field("billingAddress.city", "TOWN", Conversions.text());
        Field<String> region = rules.field("billingAddress.region", "ECAR", Conversions.text());
        Field<String> postalCode = rules.field("billingAddress.postalCode", "PONO", Conversions.text());
        Field<String> country = rules.field("billingAddress.country", "CSCD", MiValues.country());
        Field<String> vat = rules.field("taxIds.vat", "VRNO", Conversions.text());
        Field<String> registration = rules.field("taxIds.registration", "CORG", Conversions.text());
        Field<String> currency = rules.field("currency", "CUCD", MiValues.currency());
        Field<String> terms = rules.field("paymentTerms", "TEPY", MiValues.key());
        Field<String> status = rules.field("active", "STAT", MiValues.key());
        rules.field("attributes.payer", "PYNO", MiValues.key());
        rules.field("attributes.customerType", "CUTP", MiValues.key());
        rules.field("attributes.language", "LNCD", MiValues.key());
        rules.field("attributes.reference", "YREF", Conversions.text());
        return rules.build(values -> {
            Address address = new Address(
                    line1.orNull(values),
                    line2.orNull(values),
                    city.orNull(values),
                    region.orNull(values),
                    postalCode.orNull(values),
                    country.orNull(values));
            return Customer.builder()
                    .key(endpoint.key(key.of(values)))
                    .number(key.of(values))
                    .name(name.of(values))
                    .email(email.orNull(values))
                    .phone(phone.orNull(values))
                    .billingAddress(address.empty() ? null : address)
                    .taxIds(taxIds(vat.orNull(values), registration.orNull(values), country.orNull(values)))
                    .currency(currency.orNull(values))
                    .paymentTerms(terms.orNull(values))
                    .active(!BLOCKED.equals(status.orNull(values)))
                    .attributes(values.attributes())
                    .build();
        });
    }

    private static List<TaxId> taxIds(@Nullable String vat, @Nullable String registration, @Nullable String country) {
        var taxIds = new ArrayList<TaxId>();
        if (vat != null) {
            taxIds.add(new TaxId(TaxId.Kind.VAT, vat, country));
        }
        if (registration != null) {
            taxIds.add(new TaxId(TaxId.Kind.REGISTRATION, registration, country));
        }
        return taxIds;
    }
}
