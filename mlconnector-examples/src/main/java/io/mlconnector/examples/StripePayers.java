package io.mlconnector.examples;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.mlconnector.engine.SyncEngine;
import io.mlconnector.testkit.stripe.StripeSandbox;
import io.mlconnector.testkit.stripe.StripeWebhooks;
import io.mlconnector.testkit.stripe.StripeWebhooks.Plan;
import io.mlconnector.webhook.WebhookHandler;
import io.mlconnector.webhook.WebhookStats;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What happens at Stripe after the invoices are there: a person finalizes some drafts, customers pay most of those, a few pay in
 * parts, some payments are given back or contested. Webhooks arrive badly.
 */
final class StripePayers implements AutoCloseable {

    private static final Plan BAD_NETWORK = new Plan(2026, 0.3, 0.3, 0.2, true);

    private static final String[] SUBSCRIBED = {
        "invoice.paid",
        "invoice.payment_failed",
        "invoice_payment.paid",
        "payment_intent.succeeded",
        "charge.updated",
        "charge.dispute.created",
        "charge.dispute.updated",
        "charge.dispute.closed",
        "charge.dispute.funds_withdrawn",
        "charge.dispute.funds_reinstated",
        "refund.created",
        "refund.updated",
        "refund.failed"
    };

    private final StripeSandbox stripe;
    private final HttpServer server;
    private final StripeWebhooks webhooks;
    private volatile @Nullable HttpHandler handler;

    StripePayers(StripeSandbox stripe) {
        this.stripe = stripe;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/stripe", exchange -> {
            HttpHandler present = handler;
            if (present == null) {
                exchange.sendResponseHeaders(503, -1);
                exchange.close();
            } else {
                present.handle(exchange);
            }
        });
        server.start();
        webhooks = stripe.webhooks(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/stripe"), SUBSCRIBED);
    }

    String secret() {
        return webhooks.secret();
    }

    String pay(int invoices) {
        List<String> drafts = stripe.invoices().stream()
                .filter(invoice -> invoice.path("status").asText().equals("draft"))
                .filter(invoice -> invoice.path("amount_due").asLong() > 1_000)
                .map(invoice -> invoice.path("id").asText())
                .limit(invoices)
                .toList();
        int parts = 0;
        for (int i = 0; i < drafts.size(); i++) {
            String invoice = drafts.get(i);
            finalizeByHand(invoice);
            if (i % 10 == 9) {
                continue; // stays unpaid
            }
            if (i % 10 == 4) {
                stripe.money().payPart(invoice, 700);
                parts++;
                if (i % 20 == 4) {
                    stripe.money().pay(invoice);
                }
            } else {
                stripe.money().pay(invoice);
            }
        }
        List<String> charges = stripe.objects("charge").stream()
                .filter(charge -> charge.path("amount").asLong() > 1_000)
                .map(charge -> charge.path("id").asText())
                .toList();
        int refunds = 0;
        int disputes = 0;
        for (int i = 0; i < charges.size(); i++) {
            if (i % 8 == 3) {
                stripe.money().refund(charges.get(i), 500);
                refunds++;
            } else if (i % 16 == 6) {
                JsonNode dispute = stripe.money().dispute(charges.get(i), "product_not_received");
                disputes++;
                if (i % 32 == 6) {
                    stripe.money().win(dispute.path("id").asText());
                }
            }
        }
        return "%,d invoices finalized, %,d payments (%,d of a part), %,d refunds, %,d disputes"
                .formatted(drafts.size(), paid().size(), parts, refunds, disputes);
    }

    private void finalizeByHand(String invoice) {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(stripe.baseUrl() + "/v1/invoices/" + invoice + "/finalize"))
                .header("Authorization", "Bearer " + stripe.apiKey())
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        try {
            HttpResponse<String> answer =
                    HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IllegalStateException("Stripe does not finalize " + invoice + ": " + answer.body());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** What was paid, by the ids of the payments. */
    List<String> paid() {
        return stripe.objects("invoice_payment").stream()
                .filter(payment -> payment.path("status").asText().equals("paid"))
                .map(payment -> payment.path("id").asText())
                .toList();
    }

    String deliverBadly(SyncEngine engine) {
        var endpoint = engine.webhooks("stripe-prod");
        handler = new WebhookHandler(endpoint);
        int sent = webhooks.deliver(BAD_NETWORK).size();
        WebhookStats received = endpoint.stats();
        return "%,d webhooks arrive, %,d of them again, in no order; a share never does"
                .formatted(sent, received.repeated());
    }

    void deliverTheRest(SyncEngine engine) {
        handler = new WebhookHandler(engine.webhooks("stripe-prod"));
        webhooks.deliver(Plan.FAITHFUL);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
