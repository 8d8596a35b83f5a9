package io.mlconnector.syspro;

import java.io.IOException;

/** Carries calls of e.net, each of them once. Safe for threads. */
interface EnetTransport {

    /**
     * Sends a call and reads what is answered.
     *
     * @throws io.mlconnector.http.NotSentException if no connection came about
     * @throws IOException if the connection broke or the time ran out after that: what was sent may take effect
     */
    EnetBody send(EnetCall call) throws IOException;

    /** How many more characters a call may have; negative if it is too long already. */
    int room(EnetCall call);

    /** How it is called in messages. */
    String name();
}
