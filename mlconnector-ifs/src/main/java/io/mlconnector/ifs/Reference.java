package io.mlconnector.ifs;

import io.mlconnector.mapping.Conversions;
import io.mlconnector.mapping.Field;
import io.mlconnector.mapping.RecordMapping;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something that invoices and vouchers refer to, such as an account or a period.
 *
 * @param id the values of its key, as the id of a record
 * @param from the first day on which it may be used; null for ever
 * @param until the last day on which it may be used; null for ever
 * @param more what else is told of it, by name
 */
record Reference(
        String id, @Nullable LocalDate from, @Nullable LocalDate until, Map<String, String> more) {

    static final String CURRENCY = "currency";
    static final String STATUS = "status";
    static final String SUPPLIER = "supplier";
    static final String COMPANY = "company";

    boolean holdsOn(LocalDate day) {
        return (from == null || !day.isBefore(from)) && (until == null || !day.isAfter(until));
    }

    @Nullable String told(String name) {
        return more.get(name);
    }

    /** The last value of the key, which tells the reference apart within its company. */
    String code(int keys) {
        List<String> values = RecordIds.split(id, keys);
        return values.get(values.size() - 1);
    }

    static Map<Role, RecordMapping<Reference>> mappings(IfsEntities entities) {
        var mappings = new EnumMap<Role, RecordMapping<Reference>>(Role.class);
        mappings.put(Role.COMPANIES, mapping(entities.of(Role.COMPANIES), false, Map.of(CURRENCY, "CurrencyCode")));
        mappings.put(Role.ACCOUNTS, mapping(entities.of(Role.ACCOUNTS), true, Map.of()));
        mappings.put(Role.COST_CENTERS, mapping(entities.of(Role.COST_CENTERS), true, Map.of()));
        mappings.put(Role.TAX_CODES, mapping(entities.of(Role.TAX_CODES), true, Map.of()));
        mappings.put(Role.PERIODS, period(entities.of(Role.PERIODS)));
        mappings.put(
                Role.PURCHASE_ORDERS,
                mapping(
                        entities.of(Role.PURCHASE_ORDERS),
                        false,
                        Map.of(SUPPLIER, "VendorNo", CURRENCY, "CurrencyCode", COMPANY, "Company")));
        return mappings;
    }

    private static RecordMapping<Reference> period(EntitySet set) {
        RecordMapping.Rules<Reference> rules = RecordMapping.named("ifs.periods", set.mapping());
        return finished(
                rules,
                set,
                rules.required("validFrom", "DateFrom", Conversions.date()),
                rules.required("validUntil", "DateUntil", Conversions.date()),
                Map.of(STATUS, "PeriodStatus"));
    }

    private static RecordMapping<Reference> mapping(EntitySet set, boolean dated, Map<String, String> others) {
        RecordMapping.Rules<Reference> rules =
                RecordMapping.named("ifs." + set.role().title(), set.mapping());
        return finished(
                rules,
                set,
                dated ? rules.field("validFrom", "ValidFrom", Conversions.date()) : null,
                dated ? rules.field("validUntil", "ValidUntil", Conversions.date()) : null,
                others);
    }

    private static RecordMapping<Reference> finished(
            RecordMapping.Rules<Reference> rules,
            EntitySet set,
            @Nullable Field<LocalDate> from,
            @Nullable Field<LocalDate> until,
            Map<String, String> others) {
        KeyRules key = KeyRules.ofDetail(rules, set);
        var fields = new LinkedHashMap<String, Field<String>>();
        others.keySet().stream()
                .sorted()
                .forEach(name ->
                        fields.put(name, rules.field(name, String.valueOf(others.get(name)), Conversions.id())));
        return rules.build(values -> {
            var more = new LinkedHashMap<String, String>();
            fields.forEach((name, field) -> {
                String value = field.orNull(values);
                if (value != null) {
                    more.put(name, value);
                }
            });
            return new Reference(
                    key.id(values),
                    from == null ? null : from.orNull(values),
                    until == null ? null : until.orNull(values),
                    more);
        });
    }
}
