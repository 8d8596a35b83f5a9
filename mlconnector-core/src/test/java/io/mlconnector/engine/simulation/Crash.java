package io.mlconnector.engine.simulation;

/** The process is dead; whatever it tries from now on throws this again. */
final class Crash extends Error {

    private static final long serialVersionUID = 1L;

    Crash(String where) {
        super("crash at: " + where, null, false, false);
    }
}
