package io.mlconnector.testkit.stripe;

import java.util.SplittableRandom;

/** Makes ids that look like Stripe's; the same calls in the same order give the same ids. */
final class Ids {

    private static final String ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    private final SplittableRandom random;

    Ids(long seed) {
        random = new SplittableRandom(seed);
    }

    synchronized String next(String start, int length) {
        StringBuilder id = new StringBuilder(start);
        for (int i = 0; i < length; i++) {
            id.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return id.toString();
    }
}
