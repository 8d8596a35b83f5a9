package io.mlconnector.ifs;

import io.mlconnector.mapping.Conversions;
import io.mlconnector.mapping.Field;
import io.mlconnector.mapping.RecordMapping;
import io.mlconnector.mapping.Values;
import io.mlconnector.model.Address;
import org.jspecify.annotations.Nullable;

/** The rules of a postal address. */
final class AddressRules {

    private final Field<String> line1;
    private final Field<String> line2;
    private final Field<String> city;
    private final Field<String> region;
    private final Field<String> postalCode;
    private final Field<String> country;

    /**
     * @param field the canonical field of the address
     */
    AddressRules(RecordMapping.Rules<?> rules, String field) {
        line1 = rules.field(field + ".line1", "Address1", Conversions.text());
        line2 = rules.field(field + ".line2", "Address2", Conversions.text());
        city = rules.field(field + ".city", "City", Conversions.text());
        region = rules.field(field + ".region", "State", Conversions.text());
        postalCode = rules.field(field + ".postalCode", "ZipCode", Conversions.text());
        country = rules.field(field + ".country", "Country", Conversions.country());
    }

    @Nullable Address address(Values values) {
        Address address = new Address(
                line1.orNull(values),
                line2.orNull(values),
                city.orNull(values),
                region.orNull(values),
                postalCode.orNull(values),
                country.orNull(values));
        return address.empty() ? null : address;
    }

    @Nullable String country(Values values) {
        return country.orNull(values);
    }
}
