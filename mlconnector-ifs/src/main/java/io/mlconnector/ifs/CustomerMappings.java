package io.mlconnector.ifs;

import io.mlconnector.mapping.Conversions;
import io.mlconnector.mapping.Field;
import io.mlconnector.mapping.RecordMapping;
import io.mlconnector.model.Address;
import io.mlconnector.model.Customer;
import io.mlconnector.model.TaxId;
import io.mlconnector.spi.Endpoint;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How rows of customers and of their addresses are read. */
final class CustomerMappings {

    private CustomerMappings() {}

    /** A customer with everything in one row. */
    static RecordMapping<Customer> flat(EntitySet set, Endpoint endpoint) {
        RecordMapping.Rules<Customer> rules = RecordMapping.named("ifs.customers", set.mapping());
        KeyRules key = KeyRules.of(rules, set);
        Field<String> name = rules.required("name", "Name", Conversions.text());
        Field<String> email = rules.field("email", "Email", Conversions.text());
        Field<String> phone = rules.field("phone", "Phone", Conversions.text());
        AddressRules address = new AddressRules(rules, "billingAddress");
        Field<String> vat = rules.field("taxIds.vat", "VatNo", Conversions.text());
        Field<String> registration = rules.field("taxIds.registration", "AssociationNo", Conversions.text());
        Field<String> language = rules.field("language", "DefaultLanguage", Conversions.text());
        Field<String> currency = rules.field("currency", "CurrencyCode", Conversions.currency());
        return rules.build(values -> Customer.builder()
                .key(endpoint.key(key.id(values)))
                .number(key.id(values))
                .name(name.of(values))
                .email(email.orNull(values))
                .phone(phone.orNull(values))
                .billingAddress(address.address(values))
                .taxIds(taxIds(vat.orNull(values), registration.orNull(values), address.country(values)))
                .language(language.orNull(values))
                .currency(currency.orNull(values))
                .attributes(values.attributes())
                .build());
    }

    /** A customer whose addresses are rows of another set. */
    static RecordMapping<Customer> header(EntitySet set, Endpoint endpoint) {
        RecordMapping.Rules<Customer> rules = RecordMapping.named("ifs.customers", set.mapping());
        KeyRules key = KeyRules.of(rules, set);
        Field<String> name = rules.required("name", "Name", Conversions.text());
        Field<String> country = rules.field("taxIds.country", "CountryCode", Conversions.country());
        Field<String> registration = rules.field("taxIds.registration", "AssociationNo", Conversions.text());
        Field<String> language = rules.field("language", "DefaultLanguage", Conversions.text());
        var optional = new OptionalRules(rules, set.mapping());
        OptionalRules.Reading<String> vat = optional.field("taxIds.vat", Conversions.text());
        OptionalRules.Reading<String> email = optional.field("email", Conversions.text());
        OptionalRules.Reading<String> phone = optional.field("phone", Conversions.text());
        OptionalRules.Reading<String> currency = optional.field("currency", Conversions.currency());
        OptionalRules.Reading<String> terms = optional.field("paymentTerms", Conversions.id());
        return rules.build(values -> Customer.builder()
                .key(endpoint.key(key.id(values)))
                .number(key.id(values))
                .name(name.of(values))
                .email(email.of(values))
                .phone(phone.of(values))
                .taxIds(taxIds(vat.of(values), registration.orNull(values), country.orNull(values)))
                .language(language.orNull(values))
                .currency(currency.of(values))
                .paymentTerms(terms.of(values))
                .attributes(values.attributes())
                .build());
    }

    static List<TaxId> taxIds(@Nullable String vat, @Nullable String registration, @Nullable String country) {
        var taxIds = new ArrayList<TaxId>();
        if (vat != null) {
            taxIds.add(new TaxId(TaxId.Kind.VAT, vat, country));
        }
        if (registration != null) {
            taxIds.add(new TaxId(TaxId.Kind.REGISTRATION, registration, country));
        }
        return taxIds;
    }

    static Customer withAddress(Customer customer, @Nullable Address address) {
        return new Customer(
                customer.key(),
                customer.number(),
                customer.name(),
                customer.email(),
                customer.phone(),
                address,
                customer.shippingAddress(),
                customer.taxIds(),
                customer.language(),
                customer.currency(),
                customer.paymentTerms(),
                customer.active(),
                customer.attributes());
    }
}
