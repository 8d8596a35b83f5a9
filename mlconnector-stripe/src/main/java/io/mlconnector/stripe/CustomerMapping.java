package io.mlconnector.stripe;

import io.mlconnector.mapping.WriteMapping;
import io.mlconnector.model.Address;
import io.mlconnector.model.Customer;
import io.mlconnector.model.TaxId;
import io.mlconnector.spi.Settings;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Customers as parameters of {@code /v1/customers}. */
final class CustomerMapping {

    static final String TAX_IDS = "tax_id_data";

    private static final int LONGEST_NAME = 256;
    private static final int LONGEST_EMAIL = 512;
    private static final int LONGEST_PHONE = 20;
    private static final String ADDRESS = "address";

    private final WriteMapping<Customer> mapping;

    CustomerMapping(StripeSettings settings, Settings overrides) {
        StripeSettings.MetadataKeys keys = settings.metadata();
        this.mapping = WriteMapping.<Customer>named("stripe.customers", overrides)
                .rule(
                        "name",
                        "name",
                        "at most 256 characters, cut with an ellipsis",
                        it -> Texts.cut(it.name(), LONGEST_NAME))
                .rule("email", "email", "at most 512 characters", CustomerMapping::email)
                .rule(
                        "phone",
                        "phone",
                        "at most 20 characters; without blanks or left out if longer",
                        it -> phone(it.phone()))
                .rule("address[line1]", "billingAddress", address(Address::line1))
                .rule("address[line2]", "billingAddress", address(Address::line2))
                .rule("address[city]", "billingAddress", address(Address::city))
                .rule("address[state]", "billingAddress", address(Address::region))
                .rule("address[postal_code]", "billingAddress", address(Address::postalCode))
                .rule("address[country]", "billingAddress", address(Address::country))
                .rule("shipping", "shippingAddress", "name, phone and address together", CustomerMapping::shipping)
                .rule("preferred_locales", "language", it -> it.language() == null ? null : List.of(it.language()))
                .rule(
                        TAX_IDS,
                        "taxIds",
                        "those that Stripe has a type for; changed ones are deleted and created",
                        CustomerMapping::taxIds)
                .rule(
                        "metadata[" + keys.system() + "]",
                        "key",
                        "the connection",
                        it -> it.key().connection())
                .rule(
                        "metadata[" + keys.company() + "]",
                        "attributes",
                        "the attribute company",
                        it -> it.attributes()
                                .value("company")
                                .map(Texts::metadata)
                                .orElse(null))
                .rule("metadata[" + keys.customerId() + "]", "number", it -> Texts.metadata(it.number()))
                .rule("metadata[" + keys.key() + "]", "key", "finds the customer again", it -> Texts.key(it.key()))
                .rule(
                        "metadata[erp_tax_ids]",
                        "taxIds",
                        "those that Stripe has no type for",
                        CustomerMapping::otherTaxIds)
                .rule(
                        "metadata[erp_payment_terms]",
                        "paymentTerms",
                        it -> it.paymentTerms() == null ? null : Texts.metadata(it.paymentTerms()))
                .rule(
                        "metadata[erp_active]",
                        "active",
                        "false for a customer that is not active; such a customer is never deleted",
                        it -> it.active() ? null : "false")
                .build();
    }

    WriteMapping<Customer> rules() {
        return mapping;
    }

    Map<String, Object> render(Customer customer) {
        return mapping.render(customer);
    }

    /** Returns what an update sends; the tax ids are not part of it. */
    Map<String, Object> renderChanges(Customer customer, Set<String> changedFields) {
        Set<String> fields = new LinkedHashSet<>(changedFields);
        if (fields.contains("name") && customer.shippingAddress() != null) {
            // Stripe keeps the name a second time, with the shipping address.
            fields.add("shippingAddress");
        }
        Map<String, Object> parameters = new LinkedHashMap<>(mapping.renderChanges(customer, fields));
        parameters.remove(TAX_IDS);
        if (fields.contains("billingAddress") && customer.billingAddress() == null) {
            parameters.keySet().removeIf(name -> name.startsWith(ADDRESS + "["));
            parameters.put(ADDRESS, "");
        }
        return parameters;
    }

    private static @Nullable Object email(Customer customer) {
        String email = customer.email();
        if (email == null || email.isBlank()) {
            return null;
        }
        if (email.length() > LONGEST_EMAIL) {
            throw new IllegalArgumentException("must have at most " + LONGEST_EMAIL + " characters");
        }
        return email.strip();
    }

    private static @Nullable String phone(@Nullable String phone) {
        if (phone == null || phone.isBlank()) {
            return null;
        }
        String stripped = phone.strip();
        String shorter = stripped.length() > LONGEST_PHONE ? stripped.replaceAll("[^0-9+]", "") : stripped;
        return shorter.length() > LONGEST_PHONE ? null : shorter;
    }

    private static Function<Customer, @Nullable Object> address(Function<Address, @Nullable String> part) {
        return customer -> customer.billingAddress() == null ? null : part.apply(customer.billingAddress());
    }

    private static @Nullable Object shipping(Customer customer) {
        Address address = customer.shippingAddress();
        if (address == null || address.empty()) {
            return null;
        }
        var parts = new LinkedHashMap<String, Object>();
        put(parts, "line1", address.line1());
        put(parts, "line2", address.line2());
        put(parts, "city", address.city());
        put(parts, "state", address.region());
        put(parts, "postal_code", address.postalCode());
        put(parts, "country", address.country());
        var shipping = new LinkedHashMap<String, Object>();
        shipping.put("name", Texts.cut(customer.name(), LONGEST_NAME));
        put(shipping, "phone", phone(customer.phone()));
        shipping.put(ADDRESS, parts);
        return shipping;
    }

    private static void put(Map<String, Object> parts, String name, @Nullable String value) {
        if (value != null) {
            parts.put(name, value);
        }
    }

    private static @Nullable Object taxIds(Customer customer) {
        List<Map<String, Object>> known = TaxIdTypes.known(customer).stream()
                .map(TaxIdTypes.Typed::parameters)
                .toList();
        return known.isEmpty() ? null : known;
    }

    private static @Nullable Object otherTaxIds(Customer customer) {
        List<TaxId> others = TaxIdTypes.unknown(customer);
        return others.isEmpty()
                ? null
                : Texts.metadata(others.stream()
                        .map(taxId -> (taxId.country() == null ? "" : taxId.country() + " ") + taxId.value())
                        .collect(Collectors.joining(", ")));
    }
}
