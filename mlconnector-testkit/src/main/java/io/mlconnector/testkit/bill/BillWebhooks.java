package io.mlconnector.testkit.bill;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mlconnector.spi.Secret;
import io.mlconnector.webhook.HmacSignature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Delivers the events of the enabled subscriptions: doubled, late, in another order or never, as a plan says. For one thread. */
public final class BillWebhooks {

    private final Books books;
    private final Hooks hooks;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private List<ObjectNode> waiting = new ArrayList<>();
    private int taken;

    BillWebhooks(Books books, Hooks hooks) {
        this.books = books;
        this.hooks = hooks;
        this.taken = books.eventCount();
    }

    /**
     * How faithfully events are delivered.
     *
     * @param seed of the chances
     * @param dropped how many of 1 never come
     * @param doubled how many of 1 come twice
     * @param late how many of 1 come with the next delivery
     * @param shuffled whether the order is lost
     */
    public record Plan(long seed, double dropped, double doubled, double late, boolean shuffled) {

        /** All, once, in order. */
        public static final Plan FAITHFUL = new Plan(0, 0, 0, 0, false);
    }

    /**
     * Delivers what has happened since.
     *
     * @param plan how faithfully
     * @return the status of each delivery
     */
    public List<Integer> deliver(Plan plan) {
        List<ObjectNode> news = books.eventsFrom(taken);
        taken += news.size();
        waiting.addAll(news);
        Random random = new Random(plan.seed());
        var now = new ArrayList<ObjectNode>();
        var next = new ArrayList<ObjectNode>();
        for (ObjectNode event : waiting) {
            if (random.nextDouble() < plan.late()) {
                next.add(event);
            } else if (random.nextDouble() >= plan.dropped()) {
                now.add(event);
                if (random.nextDouble() < plan.doubled()) {
                    now.add(event);
                }
            }
        }
        if (plan.shuffled()) {
            Collections.shuffle(now, random);
        }
        waiting = next;
        var statuses = new ArrayList<Integer>();
        for (ObjectNode event : now) {
            for (JsonNode subscription : hooks.all()) {
                if (subscription.path("status").path("enabled").asBoolean() && wants(subscription, event)) {
                    statuses.add(send(subscription, event));
                }
            }
        }
        return statuses;
    }

    private static boolean wants(JsonNode subscription, JsonNode event) {
        for (JsonNode wanted : subscription.path("events")) {
            if (wanted.path("type").equals(event.path("type"))) {
                return true;
            }
        }
        return false;
    }

    private int send(JsonNode subscription, ObjectNode event) {
        String id = subscription.path("id").asText();
        byte[] body = hooks.notification(id, event).toString().getBytes(StandardCharsets.UTF_8);
        String signature = sign(String.valueOf(hooks.key(id)), body);
        URI address = URI.create(subscription.path("notificationUrl").asText());
        HttpRequest request = HttpRequest.newBuilder(address)
                .header("Content-Type", "application/json")
                .header("x-bill-sha-signature", signature)
                .POST(BodyPublishers.ofByteArray(body))
                .build();
        try {
            return http.send(request, BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            throw new UncheckedIOException("nobody listens at " + address, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while sending to " + address, e);
        }
    }

    /**
     * Returns the signature of a body.
     *
     * @param key the signing key
     * @param body the body
     * @return Base64
     */
    public static String sign(String key, byte[] body) {
        return Base64.getEncoder().encodeToString(HmacSignature.sign(Secret.of(key), List.of(body)));
    }
}
