package io.mlconnector.stripe;

import io.mlconnector.model.Customer;
import io.mlconnector.model.TaxId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Stripe's types of tax ids. A registration without a known type is kept in the metadata. */
final class TaxIdTypes {

    /** How many a customer can have. */
    static final int MOST = 5;

    private static final Set<String> EU = Set.of(
            "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT", "LT", "LU",
            "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK", "XI");

    private static final Map<String, String> VAT = Map.ofEntries(
            Map.entry("AE", "ae_trn"),
            Map.entry("AU", "au_abn"),
            Map.entry("BR", "br_cnpj"),
            Map.entry("CA", "ca_gst_hst"),
            Map.entry("CH", "ch_vat"),
            Map.entry("CL", "cl_tin"),
            Map.entry("GB", "gb_vat"),
            Map.entry("GE", "ge_vat"),
            Map.entry("IL", "il_vat"),
            Map.entry("IN", "in_gst"),
            Map.entry("IS", "is_vat"),
            Map.entry("JP", "jp_trn"),
            Map.entry("KR", "kr_brn"),
            Map.entry("LI", "li_vat"),
            Map.entry("MX", "mx_rfc"),
            Map.entry("NO", "no_vat"),
            Map.entry("NZ", "nz_gst"),
            Map.entry("SA", "sa_vat"),
            Map.entry("SG", "sg_gst"),
            Map.entry("TH", "th_vat"),
            Map.entry("TR", "tr_tin"),
            Map.entry("TW", "tw_vat"),
            Map.entry("UA", "ua_vat"),
            Map.entry("US", "us_ein"),
            Map.entry("ZA", "za_vat"));

    private TaxIdTypes() {}

    /**
     * A tax id as Stripe takes it.
     *
     * @param type Stripe's type
     * @param value the value, without blanks where the type allows none
     */
    record Typed(String type, String value) {

        Map<String, Object> parameters() {
            var parameters = new LinkedHashMap<String, Object>();
            parameters.put("type", type);
            parameters.put("value", value);
            return parameters;
        }

        boolean sameAs(String otherType, String otherValue) {
            return type.equals(otherType) && squeezed(value).equals(squeezed(otherValue));
        }
    }

    /** Returns the tax ids that Stripe has a type for, at most as many as it takes. */
    static List<Typed> known(Customer customer) {
        return customer.taxIds().stream()
                .flatMap(taxId -> typed(taxId).stream())
                .distinct()
                .limit(MOST)
                .toList();
    }

    /** Returns the others, for the metadata. */
    static List<TaxId> unknown(Customer customer) {
        List<Typed> known = known(customer);
        return customer.taxIds().stream()
                .filter(taxId -> typed(taxId).filter(known::contains).isEmpty())
                .toList();
    }

    private static Optional<Typed> typed(TaxId taxId) {
        String country = taxId.country();
        if (country == null || taxId.value().isBlank()) {
            return Optional.empty();
        }
        return switch (taxId.kind()) {
            case VAT ->
                EU.contains(country)
                        ? Optional.of(new Typed("eu_vat", european(taxId.value(), country)))
                        : Optional.ofNullable(VAT.get(country))
                                .map(type -> new Typed(type, withoutBlanks(taxId.value(), type)));
            case REGISTRATION, OTHER -> Optional.empty(); // a number in a company register is no tax id
        };
    }

    /** An EU number begins with its country, Greece's with EL. */
    private static String european(String value, String country) {
        String number = value.replaceAll("[^A-Za-z0-9+*]", "").toUpperCase(Locale.ROOT);
        String prefix = country.equals("GR") ? "EL" : country;
        return number.startsWith(prefix) ? number : prefix + number;
    }

    /** A Swiss number ends with a word of its own. */
    private static String withoutBlanks(String value, String type) {
        return type.equals("ch_vat") ? value.strip() : value.replaceAll("\\s", "");
    }

    private static String squeezed(String value) {
        return value.replaceAll("[^A-Za-z0-9]", "").toUpperCase(Locale.ROOT);
    }
}
