package io.mlconnector.jdbc.kill;

/** A process is killed when it comes to a place for the n-th time: not at the first chance, but in the middle of its run. */
record Kill(Place place, int times) {

    static final Kill NEVER = new Kill(Place.NOWHERE, 0);

    boolean atBank() {
        return place == Place.BEFORE_COMMIT_AT_BANK || place == Place.AFTER_COMMIT_AT_BANK;
    }
}
