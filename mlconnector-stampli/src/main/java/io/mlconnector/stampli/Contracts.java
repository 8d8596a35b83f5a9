package io.mlconnector.stampli;

import io.mlconnector.model.BusinessRecord;
import io.mlconnector.spi.Endpoint;
import io.mlconnector.spi.Settings;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/** The contracts of all entities. */
record Contracts(Map<String, FileContract<? extends BusinessRecord>> all, Map<String, CsvStyle> styles) {

    /**
     * Reads the contracts.
     *
     * @param settings of the connection
     * @param entities the settings of each entity
     */
    static Contracts read(Settings settings, Map<String, Settings> entities, String connection, InstantSource clock) {
        boolean perCompany = settings.flag("vendorsPerCompany", false);
        var vendorIds = new VendorIds(new Endpoint(connection, VendorMapping.ENTITY), perCompany);
        Settings tables = settings.section("tables");
        CodeTable accounts = CodeTable.read(tables, "accounts");
        CodeTable costCenters = CodeTable.read(tables, "costCenters");
        var styles = new LinkedHashMap<String, CsvStyle>();
        var all = new LinkedHashMap<String, FileContract<? extends BusinessRecord>>();
        entities.forEach((entity, own) -> {
            Settings format = own.has("format") ? own.section("format") : settings.section("format");
            var style = new EntityStyle(
                    CsvStyle.read(format, own.table("columns")),
                    statuses(own, entity),
                    accounts,
                    costCenters,
                    own.section("mapping"),
                    own.section("lineMapping"));
            styles.put(entity, style.text());
            var endpoint = new Endpoint(connection, entity);
            all.put(
                    entity,
                    switch (entity) {
                        case BillMapping.ENTITY -> BillMapping.contract(style, endpoint, vendorIds, clock);
                        case VendorMapping.ENTITY -> VendorMapping.contract(style, vendorIds);
                        default -> OrderMapping.contract(style, endpoint, vendorIds);
                    });
        });
        return new Contracts(all, styles);
    }

    private static Map<String, String> statuses(Settings entity, String name) {
        Map<String, String> statuses = entity.table("statuses");
        var plain = new LinkedHashMap<String, String>();
        statuses.forEach((theirs, ours) -> {
            String word = TextForms.plain(ours);
            if (Desks.isStatus(name, word)) {
                plain.put(theirs, word);
            } else {
                entity.fault("statuses", "must lead to a status of the contract: " + theirs + " to " + ours);
            }
        });
        return plain;
    }
}
