package io.mlconnector.testkit.stripe;

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
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The account's webhook endpoint: it signs events and sends them to an address of the test, when the test says so. What is not
 * answered with 2xx is sent again the next time. Safe for use by several threads.
 */
public final class StripeWebhooks {

    private final Account account;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<SigningSecret> secrets = new ArrayList<>();
    private final Set<String> types;
    private final URI address;
    private List<ObjectNode> waiting = new ArrayList<>();
    private int taken;

    StripeWebhooks(Account account, URI address, Set<String> types) {
        this.account = account;
        this.address = address;
        this.types = types;
        secrets.add(new SigningSecret(newSecret(), null));
        account.locked(
                () -> taken = account.world().table(Kind.EVENT).oldestFirst().size());
    }

    /** A secret and when it ends, in epoch seconds; null if it does not. */
    private record SigningSecret(String value, @Nullable Long until) {}

    /**
     * One event that was sent.
     *
     * @param event its id
     * @param type its type
     * @param status what it was answered with
     */
    public record Delivery(String event, String type, int status) {}

    /**
     * What goes wrong on the way, drawn from a seed.
     *
     * @param seed the seed
     * @param dropped the share of events that never arrive, from 0 to 1
     * @param doubled the share of events that arrive twice
     * @param late the share of events that are sent only the next time
     * @param shuffled whether the order is lost
     */
    public record Plan(long seed, double dropped, double doubled, double late, boolean shuffled) {

        /** Everything arrives once and in order. */
        public static final Plan FAITHFUL = new Plan(0, 0, 0, 0, false);
    }

    /**
     * Returns the signing secret that is valid longest.
     *
     * @return a text that begins with {@code whsec_}
     */
    public synchronized String secret() {
        return secrets.get(secrets.size() - 1).value();
    }

    /**
     * Makes a new signing secret. Events are signed with both until the old one ends.
     *
     * @param oldLives how long the old one is still used, up to a day
     * @return the new secret
     */
    public synchronized String rollSecret(Duration oldLives) {
        if (oldLives.isNegative() || oldLives.compareTo(Duration.ofDays(1)) > 0) {
            throw new IllegalArgumentException("an old secret lives up to a day: " + oldLives);
        }
        long until = account.world().now() + oldLives.toSeconds();
        secrets.replaceAll(old -> old.until() == null ? new SigningSecret(old.value(), until) : old);
        secrets.add(new SigningSecret(newSecret(), null));
        return secret();
    }

    /**
     * Sends what has happened since the last time, and what was late or not taken then, and waits for the answers.
     *
     * @param plan what goes wrong
     * @return what was sent, in that order
     */
    public synchronized List<Delivery> deliver(Plan plan) {
        takeUp();
        Random random = new Random(plan.seed());
        List<ObjectNode> now = new ArrayList<>();
        List<ObjectNode> next = new ArrayList<>();
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
        List<Delivery> sent = new ArrayList<>();
        for (ObjectNode event : now) {
            int status = send(Journal.bytes(event));
            sent.add(new Delivery(event.path("id").asText(), event.path("type").asText(), status));
            if (status / 100 != 2 && !next.contains(event)) {
                next.add(event);
            }
        }
        waiting = next;
        return sent;
    }

    /**
     * Returns the {@code Stripe-Signature} of a body with the secrets that are valid now.
     *
     * @param body the body
     * @return the header
     */
    public synchronized String signature(byte[] body) {
        long time = account.world().now();
        StringBuilder header = new StringBuilder("t=").append(time);
        byte[] prefix = (time + ".").getBytes(StandardCharsets.UTF_8);
        for (SigningSecret secret : secrets) {
            if (secret.until() == null || secret.until() > time) {
                byte[] signature = HmacSignature.sign(Secret.of(secret.value()), List.of(prefix, body));
                header.append(",v1=").append(HexFormat.of().formatHex(signature));
            }
        }
        return header.append(",v0=").append("0".repeat(64)).toString();
    }

    private void takeUp() {
        account.locked(() -> {
            List<ObjectNode> rows = account.world().table(Kind.EVENT).oldestFirst();
            for (JsonNode row : rows.subList(taken, rows.size())) {
                if (types.isEmpty() || types.contains(row.path("type").asText())) {
                    waiting.add(account.world().journal().document(row));
                }
            }
            taken = rows.size();
        });
    }

    private int send(byte[] body) {
        HttpRequest request = HttpRequest.newBuilder(address)
                .header("Content-Type", "application/json; charset=utf-8")
                .header("Stripe-Signature", signature(body))
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

    private String newSecret() {
        return account.world().newId("whsec_", 32);
    }
}
