package io.mlconnector.engine.simulation;

/** What a careless adapter throws. */
final class TornConnection extends RuntimeException {

    private static final long serialVersionUID = 1L;

    TornConnection(String where) {
        super("connection torn at: " + where, null, false, false);
    }
}
