package io.mlconnector.testkit.syspro;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Something that goes wrong with one request. Immutable; hand it to {@link SysproSandbox#failNext}. */
public final class SysproFault {

    /** Answers in place of the server; empty closes the connection. A text is told in the form of the call. */
    interface Effect {
        Optional<Reply> answer(Supplier<Reply> server, Function<String, Reply> telling);
    }

    private final Effect effect;

    private SysproFault(Effect effect) {
        this.effect = effect;
    }

    static SysproFault of(Effect effect) {
        return new SysproFault(effect);
    }

    Effect effect() {
        return effect;
    }

    /**
     * The connection breaks after the request was read, and nothing has been done.
     *
     * @return the fault
     */
    public static SysproFault dropped() {
        return new SysproFault((server, telling) -> Optional.empty());
    }

    /**
     * The request takes effect, and the connection breaks before the answer.
     *
     * @return the fault
     */
    public static SysproFault answerLost() {
        return new SysproFault((server, telling) -> {
            server.get();
            return Optional.empty();
        });
    }

    /**
     * The request takes effect, and half of the answer arrives as if it were whole.
     *
     * @return the fault
     */
    public static SysproFault answerCut() {
        return new SysproFault((server, telling) -> {
            Reply whole = server.get();
            return Optional.of(
                    new Reply(whole.status(), whole.headers(), Arrays.copyOf(whole.body(), whole.body().length / 2)));
        });
    }

    /**
     * The request takes effect, and a text with status 200 says that it failed.
     *
     * @param text such as {@code ERROR: …}
     * @return the fault
     */
    public static SysproFault errorAfterEffect(String text) {
        return new SysproFault((server, telling) -> {
            server.get();
            return Optional.of(telling.apply(text));
        });
    }

    /**
     * A text with status 200 says that it failed, and nothing has been done.
     *
     * @param text such as {@code ERROR: …}
     * @return the fault
     */
    public static SysproFault error(String text) {
        return new SysproFault((server, telling) -> Optional.of(telling.apply(text)));
    }

    /**
     * Any answer with status 200, and nothing has been done.
     *
     * @param body the bytes of the answer, in Windows-1252
     * @return the fault
     */
    public static SysproFault answer(String body) {
        return new SysproFault((server, telling) -> Optional.of(Reply.enet(body)));
    }

    /**
     * The web server's own page, and nothing has been done.
     *
     * @param status the status, such as 503
     * @return the fault
     */
    public static SysproFault page(int status) {
        return new SysproFault((server, telling) -> Optional.of(Reply.html(status, "Service Unavailable")));
    }
}
