package io.mlconnector.bill;

import io.mlconnector.spi.Settings;

/** What a user changes in the mappings by which is read. Writing has sections of its own. */
record Overrides(Settings vendors, Settings bills, Settings payments) {

    static Overrides read(Settings entities) {
        return new Overrides(
                reading(entities, BillConnector.VENDORS),
                reading(entities, BillConnector.BILLS),
                reading(entities, BillConnector.PAYMENTS));
    }

    static Settings writing(Settings entities, String entity) {
        return entities.section(entity).section("writing");
    }

    private static Settings reading(Settings entities, String entity) {
        return entities.section(entity).section("reading");
    }
}
