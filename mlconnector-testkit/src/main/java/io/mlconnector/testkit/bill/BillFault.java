package io.mlconnector.testkit.bill;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What goes wrong with a call. */
public final class BillFault {

    enum Stage {
        INSTEAD,
        DROPPED_BEFORE,
        DROPPED_AFTER,
        FAILED_AFTER,
        HELD_BEFORE,
        HELD_AFTER
    }

    private final Stage stage;
    private final @Nullable Reply reply;
    private final @Nullable BillRefusal refusal;
    private final @Nullable HeldCall held;

    private BillFault(Stage stage, @Nullable Reply reply, @Nullable BillRefusal refusal, @Nullable HeldCall held) {
        this.stage = stage;
        this.reply = reply;
        this.refusal = refusal;
        this.held = held;
    }

    /**
     * Returns a fault that answers with errors of BILL's and does nothing.
     *
     * @param status the status
     * @param codes the codes, such as {@code BDC_1322}
     * @return the fault
     */
    public static BillFault errors(int status, String... codes) {
        var entries = Arrays.stream(codes)
                .map(code ->
                        new BillRefusal.Entry(code, "The sandbox was asked to fail with ${paramName0} " + code + "."))
                .toList();
        return new BillFault(Stage.INSTEAD, null, new BillRefusal(status, entries), null);
    }

    /**
     * Returns a fault that answers with an error of BILL's that has a text of its own.
     *
     * @param status the status
     * @param code the code
     * @param message the text
     * @return the fault
     */
    public static BillFault error(int status, String code, String message) {
        return new BillFault(Stage.INSTEAD, null, new BillRefusal(status, code, message), null);
    }

    /**
     * Returns a fault that answers with a page in HTML and does nothing.
     *
     * @param status the status
     * @return the fault
     */
    public static BillFault html(int status) {
        return new BillFault(Stage.INSTEAD, Reply.html(status, "Request blocked"), null, null);
    }

    /**
     * Returns a fault that closes the connection before anything is done.
     *
     * @return the fault
     */
    public static BillFault droppedBefore() {
        return new BillFault(Stage.DROPPED_BEFORE, null, null, null);
    }

    /**
     * Returns a fault that does what is asked and closes the connection without an answer.
     *
     * @return the fault
     */
    public static BillFault droppedAnswer() {
        return new BillFault(Stage.DROPPED_AFTER, null, null, null);
    }

    /**
     * Returns a fault that does what is asked and answers with a page of a gateway.
     *
     * @return the fault
     */
    public static BillFault badGatewayAfterEffect() {
        return new BillFault(Stage.FAILED_AFTER, Reply.html(502, "Bad Gateway"), null, null);
    }

    static BillFault heldBefore(HeldCall call) {
        return new BillFault(Stage.HELD_BEFORE, null, null, call);
    }

    static BillFault heldAfter(HeldCall call) {
        return new BillFault(Stage.HELD_AFTER, null, null, call);
    }

    Stage stage() {
        return stage;
    }

    Reply reply(Instant now) {
        return refusal == null ? requireNonNull(reply) : refusal.reply(now);
    }

    HeldCall held() {
        return requireNonNull(held);
    }
}
