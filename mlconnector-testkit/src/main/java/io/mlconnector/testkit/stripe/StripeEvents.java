package io.mlconnector.testkit.stripe;

import java.time.Duration;

/** How the account's events behave. Safe for use by several threads. */
public final class StripeEvents {

    private final Account account;

    StripeEvents(Account account) {
        this.account = account;
    }

    /**
     * Has the next events become visible late; their {@code created} stays what it is.
     *
     * @param count how many, at least 1
     * @param by how late
     */
    public void late(int count, Duration by) {
        account.locked(() -> account.world().journal().late(count, by));
    }

    /**
     * Has Stripe make two events for each of the next changes, with ids of their own.
     *
     * @param count how many changes
     */
    public void twice(int count) {
        account.locked(() -> account.world().journal().twice(count));
    }
}
