package io.mlconnector.engine;

import io.mlconnector.model.RecordKey;
import io.mlconnector.model.Vendor;
import io.mlconnector.spi.Change;
import io.mlconnector.spi.ConfigurationException;
import io.mlconnector.spi.ConnectionStats;
import io.mlconnector.spi.Connector;
import io.mlconnector.spi.Finding;
import io.mlconnector.spi.InboxEvent;
import io.mlconnector.spi.Lineage;
import io.mlconnector.spi.Lookup;
import io.mlconnector.spi.MlConnectorException;
import io.mlconnector.spi.Page;
import io.mlconnector.spi.Position;
import io.mlconnector.spi.Secret;
import io.mlconnector.spi.Sink;
import io.mlconnector.spi.Source;
import io.mlconnector.spi.SourceContext;
import io.mlconnector.spi.TargetRef;
import io.mlconnector.spi.UnavailableException;
import io.mlconnector.spi.WebhookParser;
import io.mlconnector.spi.WebhookReading;
import io.mlconnector.spi.Write;
import io.mlconnector.spi.WriteOutcome;
import io.mlconnector.webhook.HmacSignature;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A system that is read and written: people edit vendors in it, and so do flows. It gives ids of its own, cuts names that
 * are too long, and may or may not tell versions.
 */
final class FakeTwin implements Connector, Source<Vendor>, Sink<Vendor> {

    private final String connection;
    private final MovedTime time;
    private final Map<String, Vendor> vendors = new TreeMap<>();
    private final Map<String, Integer> versions = new TreeMap<>();
    private final Map<String, Instant> modified = new TreeMap<>();
    private final Map<String, RecordKey> origins = new TreeMap<>();
    private final List<String> log = new ArrayList<>();
    private final Deque<WriteOutcome> script = new ArrayDeque<>();
    private int ids;
    int writes;
    int longestName = 100;
    int pageSize = 10;
    boolean tellsVersions = true;
    boolean tellsTime = true;
    boolean wholeRecords;
    Duration clockOffset = Duration.ZERO;
    boolean loseNextAnswer;
    boolean fetchFails;
    boolean takesWebhooks = true;
    Runnable beforeNextWrite = () -> {};

    FakeTwin(String connection, MovedTime time) {
        this.connection = connection;
        this.time = time;
    }

    // what people do

    String add(String name) {
        String id = nextId();
        store(id, Vendor.builder().key(key(id)).number(name).name(name).build());
        return id;
    }

    void edit(String id, UnaryOperator<Vendor> change) {
        store(id, change.apply(vendor(id)));
    }

    void delete(String id) {
        vendors.remove(id);
        log.add(id);
    }

    static UnaryOperator<Vendor> named(String name) {
        return vendor -> with(vendor, name, vendor.email(), vendor.phone());
    }

    static UnaryOperator<Vendor> mailed(@Nullable String email) {
        return vendor -> with(vendor, vendor.name(), email, vendor.phone());
    }

    static UnaryOperator<Vendor> called(@Nullable String phone) {
        return vendor -> with(vendor, vendor.name(), vendor.email(), phone);
    }

    private static Vendor with(Vendor vendor, String name, @Nullable String email, @Nullable String phone) {
        return Vendor.builder()
                .key(vendor.key())
                .number(vendor.number())
                .name(name)
                .email(email)
                .phone(phone)
                .build();
    }

    Vendor vendor(String id) {
        Vendor vendor = vendors.get(id);
        if (vendor == null) {
            throw new IllegalArgumentException(connection + " has no vendor " + id + ", but " + vendors.keySet());
        }
        return vendor;
    }

    List<Vendor> vendors() {
        return List.copyOf(vendors.values());
    }

    RecordKey key(String id) {
        return new RecordKey(connection, "vendors", id);
    }

    void next(WriteOutcome outcome) {
        script.add(outcome);
    }

    private String nextId() {
        return connection.charAt(0) + "-" + ++ids;
    }

    private void store(String id, Vendor vendor) {
        vendors.put(
                id,
                Vendor.builder()
                        .key(key(id))
                        .number(vendor.number())
                        .name(cut(vendor.name()))
                        .email(vendor.email())
                        .phone(vendor.phone())
                        .build());
        versions.merge(id, 1, Integer::sum);
        modified.put(id, now());
        log.add(id);
    }

    private Instant now() {
        return time.instant().plus(clockOffset);
    }

    // source

    @Override
    public Class<Vendor> type() {
        return Vendor.class;
    }

    @Override
    public Page<Vendor> poll(Position from) {
        int start = from.isStart() ? 0 : Integer.parseInt(from.value());
        int end = Math.min(log.size(), start + pageSize);
        var changes = new ArrayList<Change<Vendor>>();
        log.subList(start, end).forEach(id -> changes.add(change(id)));
        return Page.of(changes, new Position(Integer.toString(end)), end == log.size());
    }

    @Override
    public Optional<Change<Vendor>> fetch(String id) {
        if (fetchFails) {
            throw new UnavailableException(connection + " is down", MlConnectorException.Details.NONE);
        }
        return vendors.containsKey(id) ? Optional.of(change(id)) : Optional.empty();
    }

    private Change<Vendor> change(String id) {
        Vendor vendor = vendors.get(id);
        if (vendor == null) {
            return Change.delete(key(id));
        }
        return Change.upsert(vendor, tellsTime ? modified.get(id) : null, version(id))
                .asOf(now());
    }

    private @Nullable String version(String id) {
        return tellsVersions ? "W/" + versions.get(id) : null;
    }

    @Override
    public List<String> affectedBy(InboxEvent event) {
        RecordKey object = event.object();
        return object == null || !vendors.containsKey(object.id()) ? List.of() : List.of(object.id());
    }

    /** Bodies are "event id", signed with the secret {@code whsec}. */
    @Override
    public Optional<WebhookParser> webhooks() {
        return takesWebhooks ? Optional.of(this::readWebhook) : Optional.empty();
    }

    private WebhookReading readWebhook(Map<String, List<String>> headers, byte[] body, Instant receivedAt) {
        byte[] signature;
        try {
            signature = HexFormat.of()
                    .parseHex(headers.getOrDefault("x-signature", List.of("")).get(0));
        } catch (IllegalArgumentException e) {
            return new WebhookReading.Refused("no signature");
        }
        if (!HmacSignature.matches(List.of(Secret.of("whsec")), List.of(body), List.of(signature))) {
            return new WebhookReading.Refused("forged");
        }
        String[] parts = new String(body, StandardCharsets.UTF_8).split(" ", 2);
        return new WebhookReading.Accepted(
                List.of(InboxEvent.received(connection, parts[0], "vendor.changed", key(parts[1]), receivedAt, null)));
    }

    // sink

    @Override
    public List<WriteOutcome> write(List<Write<Vendor>> batch) {
        return batch.stream().map(this::write).toList();
    }

    private synchronized WriteOutcome write(Write<Vendor> write) {
        writes++;
        Runnable before = beforeNextWrite;
        beforeNextWrite = () -> {};
        before.run();
        WriteOutcome scripted = script.poll();
        if (scripted != null) {
            return scripted;
        }
        WriteOutcome outcome = write.match(new Write.Cases<Vendor, WriteOutcome>() {
            @Override
            public WriteOutcome create(Write.Create<Vendor> create) {
                String id = nextId();
                origins.put(id, create.key());
                store(id, create.record());
                return applied(id);
            }

            @Override
            public WriteOutcome update(Write.Update<Vendor> update) {
                String id = update.target().id();
                if (!vendors.containsKey(id)) {
                    return new WriteOutcome.Rejected(id + " is gone", null);
                }
                if (tellsVersions
                        && !String.valueOf(version(id)).equals(update.target().version())) {
                    return new WriteOutcome.Conflicted(
                            "version " + update.target().version() + " is not " + version(id));
                }
                Vendor before = vendor(id);
                Vendor sent = update.record();
                boolean all = wholeRecords;
                store(
                        id,
                        with(
                                before,
                                all || update.changedFields().contains("name") ? sent.name() : before.name(),
                                all || update.changedFields().contains("email") ? sent.email() : before.email(),
                                all || update.changedFields().contains("phone") ? sent.phone() : before.phone()));
                return applied(id);
            }

            @Override
            public WriteOutcome remove(Write.Remove<Vendor> remove) {
                if (vendors.containsKey(remove.target().id())) {
                    delete(remove.target().id());
                }
                return new WriteOutcome.Applied(remove.target(), null);
            }
        });
        if (loseNextAnswer) {
            loseNextAnswer = false;
            return new WriteOutcome.Ambiguous("no answer");
        }
        return outcome;
    }

    private WriteOutcome applied(String id) {
        return new WriteOutcome.Applied(new TargetRef(id, version(id)), null);
    }

    @Override
    public Lookup find(Write<Vendor> write) {
        return write.match(new Write.Cases<Vendor, Lookup>() {
            @Override
            public Lookup create(Write.Create<Vendor> create) {
                return origins.entrySet().stream()
                        .filter(origin -> origin.getValue().equals(create.key()))
                        .map(origin -> foundAt(origin.getKey()))
                        .findFirst()
                        .orElse(Lookup.ABSENT);
            }

            @Override
            public Lookup update(Write.Update<Vendor> update) {
                Vendor vendor = vendors.get(update.target().id());
                return vendor != null
                                && update.changedFields().stream()
                                        .allMatch(field -> shows(vendor, field, update.record()))
                        ? foundAt(update.target().id())
                        : Lookup.ABSENT;
            }

            @Override
            public Lookup remove(Write.Remove<Vendor> remove) {
                return vendors.containsKey(remove.target().id()) ? Lookup.ABSENT : new Lookup.Found(remove.target());
            }
        });
    }

    private Lookup foundAt(String id) {
        return new Lookup.Found(new TargetRef(id, version(id)));
    }

    private boolean shows(Vendor vendor, String field, Vendor sent) {
        return switch (field) {
            case "name" -> vendor.name().equals(cut(sent.name()));
            case "email" -> Objects.equals(vendor.email(), sent.email());
            case "phone" -> Objects.equals(vendor.phone(), sent.phone());
            default -> true;
        };
    }

    private String cut(String name) {
        return name.length() > longestName ? name.substring(0, longestName) : name;
    }

    @Override
    public Lineage lineage() {
        return Lineage.NONE;
    }

    // connector

    @Override
    public String connection() {
        return connection;
    }

    @Override
    public Set<String> readable() {
        return Set.of("vendors");
    }

    @Override
    public Set<String> writable() {
        return Set.of("vendors");
    }

    @Override
    public Source<?> source(String entity, SourceContext context) {
        return known(entity);
    }

    @Override
    public Sink<?> sink(String entity) {
        return known(entity);
    }

    private FakeTwin known(String entity) {
        if (!entity.equals("vendors")) {
            throw new ConfigurationException(connection + " has no " + entity);
        }
        return this;
    }

    @Override
    public List<Finding> check(Set<String> entities) {
        return List.of(Finding.ok(connection, "there"));
    }

    @Override
    public ConnectionStats stats() {
        return ConnectionStats.NONE;
    }

    @Override
    public void close() {}
}
