package io.mlconnector.bill;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlconnector.model.RecordKey;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Which bills a vendor already has, because BILL takes a second one of the same number. The bills of a vendor are read before its first
 * one is sent, and remembered for ten minutes together with those that were sent since.
 */
final class KnownBills {

    private static final Duration FRESH = Duration.ofMinutes(10);
    private static final int MOST_VENDORS = 2000;

    private final BillApi api;
    private final InstantSource clock;
    private final ConcurrentMap<Number, RecordKey> claims = new ConcurrentHashMap<>();
    private final Map<String, Vendor> byVendor = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Vendor> eldest) {
            return size() > MOST_VENDORS;
        }
    };

    KnownBills(BillApi api, InstantSource clock) {
        this.api = api;
        this.clock = clock;
    }

    /** The number of a bill of a vendor. */
    record Number(String vendor, String number) {}

    /** What is known of a bill. */
    record Entry(String id, BigDecimal amount, String description) {

        static Entry of(JsonNode bill) {
            return new Entry(
                    bill.path("id").asText(),
                    bill.path("amount").decimalValue(),
                    bill.path("description").asText(""));
        }

        /** Whether it was sent for a record. */
        boolean isOf(RecordKey key) {
            return description.startsWith(BillMapping.tag(key));
        }

        /** Whether it was sent by us at all, and not entered by somebody. */
        boolean isOurs() {
            return description.startsWith("[");
        }
    }

    private record Vendor(Instant readAt, Map<String, Set<Entry>> byNumber) {}

    /** Reads what is not known of some vendors. */
    void load(Set<String> vendors) {
        var missing = new LinkedHashSet<>(vendors);
        Instant now = clock.instant();
        synchronized (byVendor) {
            missing.removeIf(vendor -> {
                Vendor known = byVendor.get(vendor);
                return known != null && now.isBefore(known.readAt().plus(FRESH));
            });
        }
        for (List<String> some : FollowingFeed.parts(missing)) {
            var found = new HashMap<String, Map<String, Set<Entry>>>();
            some.forEach(vendor -> found.put(vendor, new HashMap<>()));
            api.each(
                    BillConnector.BILLS,
                    ListQuery.all().in("vendorId", some).is("archived", "false"),
                    bill -> found.computeIfAbsent(bill.path("vendorId").asText(), any -> new HashMap<>())
                            .computeIfAbsent(number(bill), any -> new HashSet<>())
                            .add(Entry.of(bill)));
            synchronized (byVendor) {
                found.forEach((vendor, numbers) -> byVendor.merge(vendor, new Vendor(now, numbers), this::joined));
            }
        }
    }

    /** What another lane has sent meanwhile is kept, unless it is old. */
    private Vendor joined(Vendor known, Vendor read) {
        if (clock.instant().isBefore(known.readAt().plus(FRESH))) {
            known.byNumber()
                    .forEach((number, entries) -> read.byNumber()
                            .computeIfAbsent(number, any -> new HashSet<>())
                            .addAll(entries));
        }
        return read;
    }

    /**
     * Takes a number for a record while it is sent.
     *
     * @return the record that has taken it before; empty if it is free, or this one's
     */
    Optional<RecordKey> claim(Number number, RecordKey key) {
        RecordKey before = claims.putIfAbsent(number, key);
        return before == null || before.equals(key) ? Optional.empty() : Optional.of(before);
    }

    void release(Number number, RecordKey key) {
        claims.remove(number, key);
    }

    Set<Entry> of(Number number) {
        synchronized (byVendor) {
            Vendor known = byVendor.get(number.vendor());
            return known == null ? Set.of() : Set.copyOf(known.byNumber().getOrDefault(number.number(), Set.of()));
        }
    }

    void add(Number number, JsonNode bill) {
        synchronized (byVendor) {
            Vendor known = byVendor.get(number.vendor());
            if (known != null) {
                known.byNumber()
                        .computeIfAbsent(number.number(), any -> new HashSet<>())
                        .add(Entry.of(bill));
            }
        }
    }

    /** Forgets the bills of a vendor, because nobody knows which of them were taken. */
    void forget(String vendor) {
        synchronized (byVendor) {
            byVendor.remove(vendor);
        }
    }

    static String number(JsonNode bill) {
        return bill.path("invoice").path("invoiceNumber").asText("").strip();
    }
}
