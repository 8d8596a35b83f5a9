package io.mlconnector.stripe;

import io.mlconnector.spi.AuthenticationException;
import io.mlconnector.spi.Finding;
import io.mlconnector.spi.UnavailableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Tries a connection by reading one object of each kind. */
final class StripeCheck {

    /** What the sources call; a restricted key may lack one of them. */
    private static final Map<String, List<String>> READ = new TreeMap<>(Map.of(
            StripeConnector.PAYMENTS,
            List.of("events", "invoice_payments", "payment_intents", "charges", "balance_transactions"),
            StripeConnector.REFUNDS,
            List.of("events", "refunds", "invoice_payments"),
            StripeConnector.DISPUTES,
            List.of("events", "disputes", "invoice_payments"),
            StripeConnector.CREDIT_NOTES,
            List.of("events", "credit_notes"),
            StripeConnector.INVOICE_STATUS,
            List.of("events", "invoices")));

    private final StripeApi api;
    private final StripeErrors errors;
    private final StripeKeys keys;
    private final RemoteClock clock;
    private final StripeSettings settings;

    StripeCheck(StripeApi api, StripeErrors errors, StripeKeys keys, RemoteClock clock, StripeSettings settings) {
        this.api = api;
        this.errors = errors;
        this.keys = keys;
        this.clock = clock;
        this.settings = settings;
    }

    List<Finding> run(Set<String> entities) {
        var findings = new ArrayList<Finding>();
        try {
            findings.add(read("customers"));
            if (entities.contains("invoices")) {
                findings.add(read("invoices"));
                findings.add(read("credit_notes"));
            }
            if (entities.contains("invoices") && !settings.products().isEmpty()) {
                findings.add(read("prices"));
            }
            for (Map.Entry<String, List<String>> needed : READ.entrySet()) {
                if (entities.contains(needed.getKey())) {
                    for (String set : needed.getValue()) {
                        findings.add(read(set));
                    }
                }
            }
            findings.add(mode());
            clock.ahead()
                    .ifPresent(ahead -> findings.add(Finding.ok(
                            "clock", "Stripe's clock is " + ahead + " ahead of ours; they are never compared")));
        } catch (AuthenticationException e) {
            findings.add(Finding.failed("apiKey", String.valueOf(e.getMessage())));
        } catch (UnavailableException e) {
            findings.add(Finding.failed("baseUrl", String.valueOf(e.getMessage())));
        }
        return findings;
    }

    private Finding read(String set) {
        String path = "/v1/" + set;
        try {
            api.peek(path, Map.of("limit", 1));
            return Finding.ok(path, "can be read");
        } catch (StripeRefusedException e) {
            if (e.status() == 403) {
                return Finding.failed(path, "the key may not read this: " + e.getMessage());
            }
            throw errors.fault(e);
        }
    }

    private Finding mode() {
        String key = keys.inUse();
        return settings.testMode()
                ? Finding.warning(key, "accepted; it is a key of the test mode: no money moves and no mail leaves")
                : Finding.ok(key, "accepted; it is a key of the live mode");
    }
}
