package io.mlconnector.bill;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mlconnector.http.HttpCall;
import io.mlconnector.http.Repeat;
import io.mlconnector.spi.ConnectorContext;
import io.mlconnector.spi.Finding;
import io.mlconnector.spi.MlConnectorException;
import io.mlconnector.spi.Secret;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after the one subscription of an organisation: adopts what is there for our address, makes it if there is none, turns it on again
 * when BILL has turned it off, and removes what was left over. A subscription whose key is not kept gets a new one.
 */
final class Subscriptions {

    static final int CAP = 10;
    static final List<String> EVENTS = List.of(
            "bill.archived",
            "bill.created",
            "bill.restored",
            "bill.updated",
            "payment.failed",
            "payment.updated",
            "vendor.archived",
            "vendor.created",
            "vendor.restored",
            "vendor.updated");

    private static final Logger LOG = LoggerFactory.getLogger(Subscriptions.class);
    private static final String PATH = "/v3/subscriptions";

    private final BillApi api;
    private final BillSettings.@Nullable Webhooks settings;
    private final SigningKeys keys;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final String creationKey;
    private @Nullable Instant tendedAt;
    private volatile @Nullable String current;

    Subscriptions(BillApi api, BillSettings.@Nullable Webhooks settings, SigningKeys keys, ConnectorContext context) {
        this.api = api;
        this.settings = settings;
        this.keys = keys;
        this.clock = context.clock();
        this.random = context.random();
        this.creationKey = uuid();
    }

    /** BILL takes a UUID of version 4 only. */
    private String uuid() {
        long high = (random.nextLong() & ~0xF000L) | 0x4000L;
        long low = (random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low).toString();
    }

    /** Looks after the subscription if it is time to. Polling goes on without one, so what is wrong is only said. */
    synchronized void tend() {
        BillSettings.Webhooks wanted = settings;
        Instant now = clock.instant();
        Instant last = tendedAt;
        if (wanted == null || (last != null && now.isBefore(last.plus(wanted.checkEvery())))) {
            return;
        }
        tendedAt = now;
        if (!keys.canKeep()) {
            LOG.warn(
                    "{}: webhooks need a credential store for the signing key, which BILL shows once; changes are polled",
                    api.connection());
            return;
        }
        try {
            tend(wanted);
        } catch (BillRefusedException | MlConnectorException e) {
            LOG.warn(
                    "{}: the webhook subscription cannot be looked after, changes are polled: {}",
                    api.connection(),
                    e.getMessage());
        }
    }

    private void tend(BillSettings.Webhooks wanted) {
        List<JsonNode> all = list();
        List<JsonNode> ours = all.stream().filter(it -> isOurs(it, wanted)).toList();
        if (wanted.remove()) {
            ours.forEach(each -> send("DELETE", PATH + "/" + id(each), null, "remove the subscription"));
            current = null;
            return;
        }
        if (ours.isEmpty()) {
            create(wanted, all.size());
            return;
        }
        JsonNode kept =
                ours.stream().filter(it -> keys.isOf(id(it))).findFirst().orElse(ours.get(0));
        String id = id(kept);
        for (JsonNode other : ours) {
            if (!id(other).equals(id)) {
                send("DELETE", PATH + "/" + id(other), null, "remove a left-over subscription");
            }
        }
        if (!events(kept).equals(new TreeSet<>(EVENTS))) {
            send("PUT", PATH + "/" + id, body(wanted), "change the events of the subscription");
        }
        if (!keys.isOf(id) || isOld(wanted)) {
            rotate(id);
        }
        if (!kept.path("status").path("enabled").asBoolean(true)) {
            LOG.warn("{}: BILL had turned the subscription {} off; it is turned on again", api.connection(), id);
            ObjectNode on = JsonNodeFactory.instance.objectNode();
            on.putObject("status").put("enabled", true);
            send("PATCH", PATH + "/" + id, on, "turn the subscription on");
        }
        current = id;
    }

    private boolean isOld(BillSettings.Webhooks wanted) {
        return !wanted.rotateEvery().isZero()
                && !clock.instant().isBefore(keys.keptAt().plus(wanted.rotateEvery()));
    }

    private void create(BillSettings.Webhooks wanted, int there) {
        if (there >= CAP) {
            LOG.warn(
                    "{}: the organisation has {} subscriptions, the most that BILL allows; remove one, changes are polled",
                    api.connection(),
                    there);
            return;
        }
        HttpCall.Builder call = api.events("POST", PATH, "subscribe")
                .header("X-Idempotent-Key", creationKey)
                .repeat(Repeat.KEYED);
        JsonNode made = api.write(call, Json.bytes(body(wanted)), "subscribe").body();
        keepKey(id(made), made);
        current = id(made);
    }

    /** Gives the subscription a new key; the one before is accepted a little longer. */
    synchronized void rotate(String id) {
        JsonNode answer = send("POST", PATH + "/" + id + "/security-key", null, "rotate the signing key");
        keepKey(id, answer);
    }

    private void keepKey(String id, JsonNode answer) {
        String key = answer.path("securityKey").asText("");
        if (!key.isEmpty()) {
            keys.keep(id, Secret.of(key));
        } else {
            LOG.warn("{}: BILL shows no signing key for the subscription {}", api.connection(), id);
        }
    }

    /** Returns the subscription that is looked after. */
    Optional<String> current() {
        return Optional.ofNullable(current);
    }

    /** Tells how the subscription is, and changes nothing. */
    Optional<Finding> finding() {
        BillSettings.Webhooks wanted = settings;
        if (wanted == null) {
            return Optional.empty();
        }
        String subject = "webhooks";
        if (!keys.canKeep()) {
            return Optional.of(
                    Finding.failed(subject, "need a credential store for the signing key, which BILL shows once"));
        }
        List<JsonNode> all = list();
        Optional<JsonNode> ours = all.stream().filter(it -> isOurs(it, wanted)).findFirst();
        if (ours.isEmpty()) {
            return Optional.of(
                    all.size() >= CAP
                            ? Finding.failed(
                                    subject,
                                    "the organisation has " + all.size() + " subscriptions, the most that BILL allows")
                            : Finding.ok(subject, "no subscription yet; the first pass makes it"));
        }
        return Optional.of(
                ours.get().path("status").path("enabled").asBoolean(true)
                        ? Finding.ok(subject, "subscription " + id(ours.get()) + " is on")
                        : Finding.warning(
                                subject,
                                "subscription " + id(ours.get()) + " is off; the next pass turns it on again"));
    }

    private List<JsonNode> list() {
        var all = new ArrayList<JsonNode>();
        String query = "max=100";
        while (!query.isEmpty()) {
            JsonNode page = read(PATH + "?" + query, "list subscriptions");
            // the documentation shows no answer; clients have seen both names
            JsonNode items = page.has("results") ? page.path("results") : page.path("subscriptions");
            items.forEach(all::add);
            JsonNode next = page.path("nextPage");
            query = next.isTextual() ? ListQuery.all().page(next.asText()) : "";
        }
        return all;
    }

    /** Returns the events of a subscription since a time, oldest first. */
    List<JsonNode> events(String id, Instant from) {
        var events = new ArrayList<JsonNode>();
        String since = "max=100&createdTimeFrom=" + URLEncoder.encode(from.toString(), StandardCharsets.UTF_8);
        String query = since;
        while (!query.isEmpty()) {
            JsonNode page = read("/v3/events/subscription/" + id + "?" + query, "list events");
            JsonNode items = page.has("results") ? page.path("results") : page.path("events");
            items.forEach(item -> events.add(Hints.event(item.has("payload") ? item.path("payload") : item)));
            JsonNode next = page.path("nextPage");
            query = next.isTextual() ? ListQuery.all().page(next.asText()) : "";
        }
        return events;
    }

    private JsonNode read(String path, String operation) {
        return api.write(api.events("GET", path, operation), null, operation).body();
    }

    private JsonNode send(String method, String path, @Nullable JsonNode body, String operation) {
        byte[] bytes = body == null ? null : Json.bytes(body);
        HttpCall.Builder call = api.events(method, path, operation);
        return api.write(call, bytes, operation).body();
    }

    private static ObjectNode body(BillSettings.Webhooks wanted) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("name", wanted.name());
        body.putObject("status").put("enabled", true);
        ArrayNode events = body.putArray("events");
        EVENTS.forEach(type -> events.addObject().put("type", type).put("version", "1"));
        body.put("notificationUrl", wanted.url().toString());
        return body;
    }

    private static boolean isOurs(JsonNode subscription, BillSettings.Webhooks wanted) {
        return wanted.url()
                .toString()
                .equals(subscription.path("notificationUrl").asText());
    }

    private static Set<String> events(JsonNode subscription) {
        var types = new TreeSet<String>();
        subscription
                .path("events")
                .forEach(event -> types.add(event.path("type").asText()));
        return types;
    }

    private static String id(JsonNode subscription) {
        return subscription.path("id").asText();
    }
}
