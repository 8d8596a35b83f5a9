package io.mlconnector.ifs;

import io.mlconnector.mapping.Conversions;
import io.mlconnector.mapping.Field;
import io.mlconnector.mapping.RecordMapping;
import io.mlconnector.model.Address;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * An address of a customer or a supplier, where addresses are rows of their own.
 *
 * @param from the first day it holds; null for ever
 * @param to the last day it holds; null for ever
 */
record PartyAddress(
        @Nullable Address address,
        @Nullable LocalDate from,
        @Nullable LocalDate to) {

    boolean holdsOn(LocalDate day) {
        return (from == null || !day.isBefore(from)) && (to == null || !day.isAfter(to));
    }

    /**
     * The rules of such rows.
     *
     * @param field the canonical field that the address becomes
     */
    static RecordMapping<PartyAddress> mapping(EntitySet set, String field) {
        RecordMapping.Rules<PartyAddress> rules =
                RecordMapping.named("ifs." + set.role().title(), set.mapping());
        KeyRules.ofDetail(rules, set);
        AddressRules address = new AddressRules(rules, field);
        Field<LocalDate> from = rules.field(field + ".validFrom", "ValidFrom", Conversions.date());
        Field<LocalDate> to = rules.field(field + ".validTo", "ValidTo", Conversions.date());
        return rules.build(values -> new PartyAddress(address.address(values), from.orNull(values), to.orNull(values)));
    }
}
