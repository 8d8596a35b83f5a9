package io.mlconnector.bill;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mlconnector.mapping.WriteMapping;
import io.mlconnector.model.Address;
import io.mlconnector.model.Vendor;
import io.mlconnector.spi.MappingException;
import io.mlconnector.spi.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** How a vendor is written. Bank data and automatic payment are BILL's own and never sent. */
final class VendorMapping {

    static final String NUMBER = "shortName";

    private static final int LONGEST_NAME = 100;
    private static final int LONGEST_TEXT = 255;

    private final WriteMapping<Vendor> mapping;

    VendorMapping(BillSettings.Coding coding, Settings overrides) {
        mapping = WriteMapping.<Vendor>named("bill.vendors", overrides)
                .rule("name", "name", "at most 100 characters", VendorMapping::name)
                .rule(NUMBER, "number", "finds the vendor again", it -> Texts.atMost(LONGEST_TEXT, it.number()))
                .rule("accountType", "name", "always BUSINESS", it -> "BUSINESS")
                .rule("email", "email", it -> Texts.atMost(LONGEST_TEXT, it.email()))
                .rule("phone", "phone", it -> Texts.atMost(LONGEST_TEXT, it.phone()))
                .rule("address/line1", "address", "needed", address(Address::line1))
                .rule("address/line2", "address", address(Address::line2))
                .rule("address/city", "address", "needed", address(Address::city))
                .rule("address/stateOrProvince", "address", address(Address::region))
                .rule("address/zipOrPostalCode", "address", "needed", address(Address::postalCode))
                .rule("address/country", "address", "needed", address(Address::country))
                .rule("billCurrency", "currency", "fixed once bills exist; USD if left out", Vendor::currency)
                .rule(
                        "additionalInfo/paymentTermId",
                        "paymentTerms",
                        "by the table coding.paymentTerms",
                        it -> terms(coding, it.paymentTerms()))
                .built("archive", "active", "archived and restored by calls of their own")
                .build();
    }

    WriteMapping<Vendor> rules() {
        return mapping;
    }

    /** Returns the whole vendor. */
    ObjectNode whole(Vendor vendor) {
        requireAddress(vendor);
        return (ObjectNode) Json.readOrMissing(mapping.json(vendor, null));
    }

    /** Returns the fields that changed; what is gone is null. */
    ObjectNode changes(Vendor vendor, Set<String> changedFields) {
        if (changedFields.contains("address")) {
            requireAddress(vendor);
        }
        ObjectNode changes = (ObjectNode) Json.readOrMissing(mapping.json(vendor, changedFields));
        changes.remove("billCurrency");
        return changes;
    }

    private static void requireAddress(Vendor vendor) {
        Address address = vendor.address();
        var missing = new ArrayList<String>();
        if (address == null) {
            missing.add("an address");
        } else {
            List.of(
                            new Part("line1", address.line1()),
                            new Part("city", address.city()),
                            new Part("postalCode", address.postalCode()),
                            new Part("country", address.country()))
                    .forEach(part -> {
                        if (Texts.orNull(part.value()) == null) {
                            missing.add("address." + part.name());
                        }
                    });
        }
        if (!missing.isEmpty()) {
            throw new MappingException(
                    "vendor " + vendor.number() + " has no " + String.join(", ", missing) + ", which BILL needs");
        }
    }

    private record Part(String name, @Nullable String value) {}

    private static Object name(Vendor vendor) {
        String name = Texts.atMost(LONGEST_NAME, vendor.name());
        if (name == null) {
            throw new IllegalArgumentException("must not be empty");
        }
        return name;
    }

    private static @Nullable Object terms(BillSettings.Coding coding, @Nullable String code) {
        return code == null ? null : coding.paymentTerms().get(code);
    }

    private static Function<Vendor, @Nullable Object> address(Function<Address, @Nullable String> part) {
        return vendor -> vendor.address() == null ? null : Texts.atMost(LONGEST_TEXT, part.apply(vendor.address()));
    }
}
