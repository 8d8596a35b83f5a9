package io.mlconnector.webhook;

/**
 * What the sender of a webhook is answered: a status without a body, so that nothing of ours leaks.
 *
 * @param status 200 if the events are stored or of no interest, 400 if the request is not genuine or not readable, 405 for
 *     another method than POST, 413 if it is too large, 503 if it could not be stored and shall be sent again
 */
public record WebhookAnswer(int status) {

    static final WebhookAnswer STORED = new WebhookAnswer(200);
    static final WebhookAnswer REFUSED = new WebhookAnswer(400);
    static final WebhookAnswer WRONG_METHOD = new WebhookAnswer(405);
    static final WebhookAnswer TOO_LARGE = new WebhookAnswer(413);
    static final WebhookAnswer NOT_STORED = new WebhookAnswer(503);

    /**
     * Returns whether the sender need not send it again.
     *
     * @return true for 200
     */
    public boolean accepted() {
        return status == 200;
    }
}
