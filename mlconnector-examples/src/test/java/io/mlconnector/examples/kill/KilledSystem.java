package io.mlconnector.examples.kill;

import io.mlconnector.model.RecordKey;
import io.mlconnector.testkit.kill.KillWire;
import java.util.Map;
import java.util.function.Predicate;

/** A system that survives every kill, behind a wire. */
interface KilledSystem extends AutoCloseable {

    KillWire wire();

    /** The settings of a connection through the wire. */
    Map<String, Object> settings();

    /** The records that others refer to, and what they are called there. */
    Map<RecordKey, RecordKey> links();

    /** The requests that write, and how to tell them. */
    Map<String, Predicate<KillWire.Request>> calls();

    /** What the document of a record is called. */
    String document(int number);

    /** How many documents there are of each name. */
    Map<String, Integer> documents();

    /** Checks what counting documents does not show. */
    void check();

    @Override
    void close();
}
