package io.mlconnector.ifs;

import io.mlconnector.ifs.IfsSettings.Preset;
import io.mlconnector.spi.Settings;
import java.time.Duration;
import java.util.LinkedHashMap;

/**
 * How suppliers are written.
 *
 * @param create whether a supplier that is not there is created
 * @param numbering who numbers it then
 * @param columns of the row; what the source is called is kept in {@code reference}
 * @param settleTime the longest time after which a write that timed out can still take effect
 */
record VendorSettings(boolean create, Numbering numbering, Columns columns, Duration settleTime) {

    /** Who numbers a new supplier. */
    enum Numbering {
        /** It gets the number of the vendor. */
        SOURCE,
        /** The system gives it the next one. */
        ASSIGNED
    }

    static VendorSettings read(Settings settings, Preset preset) {
        boolean flat = preset != Preset.CLOUD;
        var usual = new LinkedHashMap<String, String>();
        usual.put("name", "Name");
        usual.put("email", flat ? "Email" : Columns.NONE);
        usual.put("phone", flat ? "Phone" : Columns.NONE);
        usual.put("line1", flat ? "Address1" : Columns.NONE);
        usual.put("line2", flat ? "Address2" : Columns.NONE);
        usual.put("city", flat ? "City" : Columns.NONE);
        usual.put("region", flat ? "State" : Columns.NONE);
        usual.put("postalCode", flat ? "ZipCode" : Columns.NONE);
        usual.put("country", flat ? "Country" : "CountryCode");
        usual.put("vat", flat ? "VatNo" : Columns.NONE);
        usual.put("registration", "AssociationNo");
        usual.put("currency", flat ? "CurrencyCode" : Columns.NONE);
        usual.put("paymentTerms", flat ? "PayTermId" : Columns.NONE);
        usual.put("active", Columns.NONE);
        usual.put("partyType", "PartyType");
        usual.put("reference", "Cf_Source_Reference");
        return new VendorSettings(
                settings.flag("create", false),
                settings.choice("numbering", Numbering.SOURCE),
                Columns.read(settings, "columns", usual),
                settings.duration("settleTime", Duration.ofMinutes(2)));
    }
}
