package io.mlconnector.testkit.ifs;

/** The primitive OData types that a column of the sandbox can have. */
public enum EdmType {
    /** Text; {@code String} in Java. */
    STRING("Edm.String"),
    /** A whole number of 32 bits; {@code Integer} in Java. */
    INT32("Edm.Int32"),
    /** A whole number of 64 bits; {@code Long} in Java. */
    INT64("Edm.Int64"),
    /** An exact decimal number; {@code BigDecimal} in Java. */
    DECIMAL("Edm.Decimal"),
    /** A day; {@code LocalDate} in Java. */
    DATE("Edm.Date"),
    /** A point in time; {@code Instant} in Java. */
    DATE_TIME_OFFSET("Edm.DateTimeOffset"),
    /** True or false; {@code Boolean} in Java. */
    BOOLEAN("Edm.Boolean");

    private final String edmName;

    EdmType(String edmName) {
        this.edmName = edmName;
    }

    /**
     * Returns the name in metadata and messages.
     *
     * @return the qualified name, such as {@code Edm.String}
     */
    public String edmName() {
        return edmName;
    }

    boolean isNumber() {
        return this == INT32 || this == INT64 || this == DECIMAL;
    }

    boolean isComparableWith(EdmType other) {
        return this == other || (isNumber() && other.isNumber());
    }
}
