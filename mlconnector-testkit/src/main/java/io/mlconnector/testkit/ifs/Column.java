package io.mlconnector.testkit.ifs;

import java.util.Locale;

/**
 * One column of an entity set.
 *
 * @param length how many characters a text may have; 0 if that is not limited
 */
record Column(String name, EdmType type, Use use, int length) {

    enum Use {
        KEY,
        ASSIGNED_KEY,
        VALUE,
        READ_ONLY,
        MODIFIED,
        BOOKKEEPING
    }

    Column(String name, EdmType type, Use use) {
        this(name, type, use, 0);
    }

    static final Column STATE = new Column("Objstate", EdmType.STRING, Use.BOOKKEEPING);

    boolean isKey() {
        return use == Use.KEY || use == Use.ASSIGNED_KEY;
    }

    /** The name of the column in the database, which key references and messages show: CustomerId is CUSTOMER_ID. */
    static String databaseName(String name) {
        return name.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "_").toUpperCase(Locale.ROOT);
    }
}
