package io.mlconnector.cloudsuite;

/** Which programs are used by default. */
public enum Preset {
    /** {@link #APS} where the tenant has those programs, else {@link #ARS}. */
    AUTO,
    /** Customer invoices by APS100MI and payments by APS110MI, as tenants have them that made programs of these names. */
    APS,
    /** The programs of a standard tenant: ARS200MI, OIS350MI and ARS040MI. */
    ARS
}
