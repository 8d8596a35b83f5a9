package io.mlconnector.syspro;

import io.mlconnector.mapping.Conversion;
import io.mlconnector.mapping.Conversions;
import io.mlconnector.mapping.Field;
import io.mlconnector.mapping.RecordMapping;
import io.mlconnector.mapping.Values;
import io.mlconnector.model.Address;
import io.mlconnector.model.Customer;
import io.mlconnector.model.TaxId;
import io.mlconnector.spi.Endpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How rows of customers are read. */
final class CustomerMapping {

    private CustomerMapping() {}

    static RecordMapping<Customer> of(Table table, Endpoint endpoint, Conversion<String> currencies) {
        RecordMapping.Rules<Customer> rules = RecordMapping.named("syspro.customers", table.mapping());
        Field<String> key = rules.required("key", "Customer", Conversions.id());
        Field<String> name = rules.required("name", "Name", Conversions.text());
        Field<String> email = rules.field("email", "Email", Conversions.text());
        Field<String> phone = rules.field("phone", "Telephone", Conversions.text());
        var billing = new AddressRules(rules, "billingAddress", "SoldTo", "SoldPostalCode");
        var shipping = new AddressRules(rules, "shippingAddress", "ShipTo", "ShipPostalCode");
        Field<String> vat = rules.field("taxIds.vat", "CompanyTaxNumber", Conversions.text());
        Field<String> exempt = rules.field("taxIds.exemption", "TaxExemptNumber", Conversions.text());
        Field<String> currency = rules.field("currency", "Currency", currencies);
        Field<String> terms = rules.field("paymentTerms", "TermsCode", Conversions.id());
        return rules.build(values -> Customer.builder()
                .key(endpoint.key(RecordIds.join(List.of(key.of(values).stripTrailing()))))
                .number(RecordIds.shown(key.of(values).strip()))
                .name(name.of(values))
                .email(email.orNull(values))
                .phone(phone.orNull(values))
                .billingAddress(billing.address(values))
                .shippingAddress(shipping.address(values))
                .taxIds(taxIds(vat.orNull(values), exempt.orNull(values), billing.country(values)))
                .currency(currency.orNull(values))
                .paymentTerms(terms.orNull(values))
                .attributes(values.attributes())
                .build());
    }

    private static List<TaxId> taxIds(@Nullable String vat, @Nullable String exempt, @Nullable String country) {
        var taxIds = new ArrayList<TaxId>();
        if (vat != null) {
            taxIds.add(new TaxId(TaxId.Kind.VAT, vat, country));
        }
        if (exempt != null) {
            taxIds.add(new TaxId(TaxId.Kind.OTHER, exempt, country));
        }
        return taxIds;
    }

    /** The five lines of an address. What they mean differs from site to site; this is the usual meaning. */
    private static final class AddressRules {

        private final Field<String> line1;
        private final Field<String> line2;
        private final Field<String> city;
        private final Field<String> region;
        private final Field<String> postalCode;
        private final Field<Optional<String>> country;

        private AddressRules(RecordMapping.Rules<?> rules, String field, String column, String postalColumn) {
            line1 = rules.field(field + ".line1", column + "Addr1", Conversions.text());
            line2 = rules.field(field + ".line2", column + "Addr2", Conversions.text());
            city = rules.field(field + ".city", column + "Addr3", Conversions.text());
            region = rules.field(field + ".region", column + "Addr4", Conversions.text());
            postalCode = rules.field(field + ".postalCode", postalColumn, Conversions.text());
            country = rules.field(field + ".country", column + "Addr5", Countries.CONVERSION);
        }

        private @Nullable Address address(Values values) {
            Address address = new Address(
                    line1.orNull(values),
                    line2.orNull(values),
                    city.orNull(values),
                    region.orNull(values),
                    postalCode.orNull(values),
                    country(values));
            return address.empty() ? null : address;
        }

        private @Nullable String country(Values values) {
            return country.or(values, Optional.empty()).orElse(null);
        }
    }
}
