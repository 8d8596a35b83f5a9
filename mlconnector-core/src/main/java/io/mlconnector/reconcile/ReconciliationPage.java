package io.mlconnector.reconcile;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Puts the data of a reconciliation into the page that shows it. */
final class ReconciliationPage {

    private static final String PLACE = "/*data*/null";

    private ReconciliationPage() {}

    static String write(Reconciliation reconciliation) {
        // What stands in a script must not end it; these escapes mean the same in JSON.
        String data = reconciliation
                .toJson()
                .replace("<", "\\u003c")
                .replace("\u2028", "\\u2028")
                .replace("\u2029", "\\u2029");
        return template().replace(PLACE, data);
    }

    private static String template() {
        try (InputStream in = ReconciliationPage.class.getResourceAsStream("reconciliation.html")) {
            if (in == null) {
                throw new IllegalStateException("the page reconciliation.html is not in the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the page", e);
        }
    }
}
