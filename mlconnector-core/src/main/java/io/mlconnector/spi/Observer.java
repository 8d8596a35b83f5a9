package io.mlconnector.spi;

import org.jspecify.annotations.Nullable;

/**
 * Told about pieces of work as they begin and end, to time or to trace them. Every method is called on the thread that does the
 * work, and what it returns is told of the end on the same thread, before the work around it ends. So it must be safe for threads
 * and quick; what it throws is logged and otherwise ignored.
 *
 * <p>A run consists of pages, batches and calls. Pages are read and batches are written on other threads than that of the run:
 * they tell its id. A call belongs to whatever its thread is at.
 */
public interface Observer {

    /** Looks at nothing, and costs nothing. */
    Observer NONE = new Observer() {};

    /**
     * A run begins.
     *
     * @param flow the flow
     * @param run the id of the run
     * @return told of its end
     */
    default Ending run(String flow, String run) {
        return Ending.NONE;
    }

    /**
     * A page is about to be read from the source of a flow.
     *
     * @param flow the flow
     * @param run the id of the run
     * @return told of its end
     */
    default Ending page(String flow, String run) {
        return Ending.NONE;
    }

    /**
     * Records are about to be handed to the sink of a flow.
     *
     * @param flow the flow
     * @param run the id of the run
     * @param records how many
     * @return told of its end
     */
    default Ending batch(String flow, String run, int records) {
        return Ending.NONE;
    }

    /**
     * A call to a remote system begins: with its waits, its repetitions and the token that it may need.
     *
     * @param connection the connection
     * @param method the HTTP method, such as {@code POST}
     * @param operation what is done, such as {@code create invoice INV-7}: different for every record, so unfit for a metric
     * @return told of its end; the outcome is the status of the answer, such as {@code 200}, or the kind of failure
     */
    default Ending call(String connection, String method, String operation) {
        return Ending.NONE;
    }

    /**
     * Returns an observer whose failures harm nobody: what it throws is logged.
     *
     * @param observer an observer
     * @return the same one if it is {@link #NONE} or harmless already
     */
    static Observer harmless(Observer observer) {
        return observer == NONE || observer instanceof HarmlessObserver ? observer : new HarmlessObserver(observer);
    }

    /** Told how a piece of work ended. */
    @FunctionalInterface
    interface Ending {

        /** Does nothing. */
        Ending NONE = (outcome, failure) -> {};

        /**
         * The work has ended.
         *
         * @param outcome {@code ok}, or what the method that began it says; one of few
         * @param failure why it failed; null if it did not
         */
        void ended(String outcome, @Nullable Throwable failure);

        /**
         * The work has failed.
         *
         * @param failure why; its kind is the outcome
         */
        default void failed(Throwable failure) {
            ended(failure.getClass().getSimpleName(), failure);
        }
    }
}
