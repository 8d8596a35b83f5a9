package io.mlconnector.jdbc.kill;

/** Told about every place that a run comes to; may not let it go on. */
@FunctionalInterface
interface Trap {

    void reached(Place place);
}
