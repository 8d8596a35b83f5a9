package io.mlconnector.engine;

/**
 * Told about runs as they go: for progress and metrics. Called on the thread of the flow, so it must be quick; what it
 * throws is logged and otherwise ignored.
 */
public interface SyncListener {

    /**
     * A run starts.
     *
     * @param flow the flow
     * @param run the id of the run
     */
    default void runStarted(String flow, String run) {}

    /**
     * A page was read, and its records are about to be written.
     *
     * @param page what it holds
     */
    default void pageRead(PageRead page) {}

    /**
     * A page is settled, and the position has moved.
     *
     * @param soFar the books so far
     */
    default void pageSettled(FlowReport soFar) {}

    /**
     * A run has ended, well or not.
     *
     * @param report its books
     */
    default void runEnded(FlowReport report) {}
}
