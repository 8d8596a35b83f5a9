package io.mlconnector.ifs;

import io.mlconnector.mapping.Conversions;
import io.mlconnector.mapping.Field;
import io.mlconnector.mapping.RecordMapping;
import io.mlconnector.model.Address;
import io.mlconnector.model.Vendor;
import io.mlconnector.spi.Endpoint;
import org.jspecify.annotations.Nullable;

/** How rows of suppliers are read. */
final class VendorMappings {

    private VendorMappings() {}

    /** A supplier with everything in one row. */
    static RecordMapping<Vendor> flat(EntitySet set, Endpoint endpoint) {
        RecordMapping.Rules<Vendor> rules = RecordMapping.named("ifs.suppliers", set.mapping());
        KeyRules key = KeyRules.of(rules, set);
        Field<String> name = rules.required("name", "Name", Conversions.text());
        Field<String> email = rules.field("email", "Email", Conversions.text());
        Field<String> phone = rules.field("phone", "Phone", Conversions.text());
        AddressRules address = new AddressRules(rules, "address");
        Field<String> vat = rules.field("taxIds.vat", "VatNo", Conversions.text());
        Field<String> registration = rules.field("taxIds.registration", "AssociationNo", Conversions.text());
        Field<String> currency = rules.field("currency", "CurrencyCode", Conversions.currency());
        Field<String> terms = rules.field("paymentTerms", "PayTermId", Conversions.id());
        OptionalRules.Reading<Boolean> active =
                new OptionalRules(rules, set.mapping()).field("active", Conversions.flag());
        return rules.build(values -> Vendor.builder()
                .key(endpoint.key(key.id(values)))
                .number(key.id(values))
                .name(name.of(values))
                .email(email.orNull(values))
                .phone(phone.orNull(values))
                .address(address.address(values))
                .taxIds(CustomerMappings.taxIds(
                        vat.orNull(values), registration.orNull(values), address.country(values)))
                .currency(currency.orNull(values))
                .paymentTerms(terms.orNull(values))
                .active(isActive(active.of(values)))
                .attributes(values.attributes())
                .build());
    }

    /** A supplier whose addresses are rows of another set. */
    static RecordMapping<Vendor> header(EntitySet set, Endpoint endpoint) {
        RecordMapping.Rules<Vendor> rules = RecordMapping.named("ifs.suppliers", set.mapping());
        KeyRules key = KeyRules.of(rules, set);
        Field<String> name = rules.required("name", "Name", Conversions.text());
        Field<String> country = rules.field("taxIds.country", "CountryCode", Conversions.country());
        Field<String> registration = rules.field("taxIds.registration", "AssociationNo", Conversions.text());
        var optional = new OptionalRules(rules, set.mapping());
        OptionalRules.Reading<String> vat = optional.field("taxIds.vat", Conversions.text());
        OptionalRules.Reading<String> email = optional.field("email", Conversions.text());
        OptionalRules.Reading<String> phone = optional.field("phone", Conversions.text());
        OptionalRules.Reading<String> currency = optional.field("currency", Conversions.currency());
        OptionalRules.Reading<String> terms = optional.field("paymentTerms", Conversions.id());
        OptionalRules.Reading<Boolean> active = optional.field("active", Conversions.flag());
        return rules.build(values -> Vendor.builder()
                .key(endpoint.key(key.id(values)))
                .number(key.id(values))
                .name(name.of(values))
                .email(email.of(values))
                .phone(phone.of(values))
                .taxIds(CustomerMappings.taxIds(vat.of(values), registration.orNull(values), country.orNull(values)))
                .currency(currency.of(values))
                .paymentTerms(terms.of(values))
                .active(isActive(active.of(values)))
                .attributes(values.attributes())
                .build());
    }

    private static boolean isActive(@Nullable Boolean active) {
        return active == null || active;
    }

    static Vendor withAddress(Vendor vendor, @Nullable Address address) {
        return new Vendor(
                vendor.key(),
                vendor.number(),
                vendor.name(),
                vendor.email(),
                vendor.phone(),
                address,
                vendor.taxIds(),
                vendor.currency(),
                vendor.paymentTerms(),
                vendor.active(),
                vendor.attributes());
    }
}
