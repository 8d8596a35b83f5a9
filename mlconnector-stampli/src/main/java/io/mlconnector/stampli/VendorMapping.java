package io.mlconnector.stampli;

import io.mlconnector.mapping.Conversions;
import io.mlconnector.mapping.Field;
import io.mlconnector.mapping.RecordMapping;
import io.mlconnector.model.Address;
import io.mlconnector.model.TaxId;
import io.mlconnector.model.Vendor;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How a row of a vendor file becomes a vendor. Bank data has no rule, so that it is never read. */
final class VendorMapping {

    static final String ENTITY = "vendors";

    /** Whether business with a vendor goes on. */
    enum Status {
        /** It does. */
        ACTIVE,
        /** It does, but nothing is paid. */
        HOLD,
        /** It did once. */
        ONE_TIME,
        /** It does not. */
        INACTIVE
    }

    private VendorMapping() {}

    static FileContract<Vendor> contract(EntityStyle style, VendorIds vendorIds) {
        RecordMapping.Rules<Vendor> rules = RecordMapping.named("stampli.vendors", style.mapping());
        Field<String> company = rules.required("attributes.company", "company_id", TextForms.text(40));
        Field<String> number = rules.required("number", "vendor_id", TextForms.text(40));
        Field<String> name = rules.required("name", "name", TextForms.text(100));
        Field<Status> status = rules.required("active", "status", TextForms.word(Status.class, style.statuses()));
        Field<String> taxId = rules.field("taxIds.vat", "tax_id", TextForms.text(50));
        Field<String> currency = rules.field("currency", "currency", Conversions.currency());
        Field<String> terms = rules.field("paymentTerms", "terms_code", TextForms.text(20));
        Field<String> email = rules.field("email", "email", TextForms.text(254));
        Field<String> phone = rules.field("phone", "phone", TextForms.text(50));
        Field<String> line1 = rules.field("address.line1", "address1", TextForms.text(200));
        Field<String> line2 = rules.field("address.line2", "address2", TextForms.text(200));
        Field<String> city = rules.field("address.city", "city", TextForms.text(100));
        Field<String> region = rules.field("address.region", "region", TextForms.text(100));
        Field<String> postalCode = rules.field("address.postalCode", "postal_code", TextForms.text(20));
        Field<String> country = rules.field("address.country", "country", Conversions.country());
        rules.field("attributes.paymentMethod", "payment_method", TextForms.text(40));
        rules.field("attributes.status", "status", TextForms.text(20));
        rules.alsoRead(FileSource.UPDATED_AT);
        RecordMapping<Vendor> mapping = rules.build(values -> {
            var address = new Address(
                    line1.orNull(values),
                    line2.orNull(values),
                    city.orNull(values),
                    region.orNull(values),
                    postalCode.orNull(values),
                    country.orNull(values));
            return Vendor.builder()
                    .key(vendorIds.key(company.of(values), number.of(values)))
                    .number(number.of(values))
                    .name(name.of(values))
                    .email(email.orNull(values))
                    .phone(phone.orNull(values))
                    .address(address.empty() ? null : address)
                    .taxIds(taxIds(taxId.orNull(values), country.orNull(values)))
                    .currency(currency.orNull(values))
                    .paymentTerms(terms.orNull(values))
                    .active(status.of(values) == Status.ACTIVE || status.of(values) == Status.HOLD)
                    .attributes(values.attributes())
                    .build();
        });
        return new FileContract<>(
                Vendor.class,
                ENTITY,
                List.of("company_id", "vendor_id"),
                Set.of(),
                Set.of("company_id", "vendor_id", "name", "status"),
                null,
                vendorIds.perCompany() ? List.of("company_id", "vendor_id") : List.of("vendor_id"),
                "Vendor",
                Map.of("@id", "vendor_id"),
                mapping);
    }

    private static List<TaxId> taxIds(@Nullable String number, @Nullable String country) {
        return number == null ? List.of() : List.of(new TaxId(TaxId.Kind.VAT, number, country));
    }
}
