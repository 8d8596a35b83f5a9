package io.mlconnector.examples;

import java.time.Duration;
import java.util.Map;

/** What goes wrong on purpose at the two ends of an integration, from the moment it is made. */
interface Chaos {

    /** Settings to add to connections: the waits that suit sandboxes, which do at once what they do at all. */
    Map<String, Map<String, String>> settings();

    /**
     * Waits until a write in the middle of the first run has taken effect. Its answer is held back, so that its sender can be
     * killed without having seen it.
     *
     * @throws IllegalStateException if it does not come in time
     */
    void awaitMiddle(Duration longest) throws InterruptedException;

    /** Lets that answer go, which nobody waits for any more. */
    void letGo();

    /** What has gone wrong so far, and how often. */
    Map<String, Integer> struck();
}
