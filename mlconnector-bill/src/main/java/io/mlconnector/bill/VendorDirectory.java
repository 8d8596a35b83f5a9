package io.mlconnector.bill;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlconnector.model.Address;
import io.mlconnector.model.Vendor;
import io.mlconnector.spi.MappingException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the vendor that a supplier already is in BILL, by name, number, postal code and country. A few are asked for by name. Before many
 * are created, all vendors are read once; from then on what is new is read at most once a minute.
 */
final class VendorDirectory {

    private static final int ASKED_BY_NAME = 3;
    private static final Duration FRESH = Duration.ofMinutes(1);
    private static final Duration OVERLAP = Duration.ofMinutes(5);

    private final BillApi api;
    private final InstantSource clock;
    private final Map<String, Map<String, Entry>> byName = new HashMap<>();
    private @Nullable Instant readAt;
    private @Nullable Instant readFrom;

    VendorDirectory(BillApi api, InstantSource clock) {
        this.api = api;
        this.clock = clock;
    }

    /** What is known of a vendor. */
    record Entry(
            String id,
            String name,
            @Nullable String number,
            @Nullable String postalCode,
            @Nullable String country,
            String currency,
            boolean archived) {

        static Entry of(JsonNode vendor) {
            JsonNode address = vendor.path("address");
            return new Entry(
                    vendor.path("id").asText(),
                    vendor.path("name").asText(""),
                    Texts.orNull(vendor.path(VendorMapping.NUMBER).asText("")),
                    Texts.orNull(address.path("zipOrPostalCode").asText("")),
                    Texts.orNull(address.path("country").asText("")),
                    vendor.path("billCurrency").asText("USD"),
                    vendor.path("archived").asBoolean(false));
        }

        boolean is(Vendor vendor) {
            if (vendor.currency() != null && !vendor.currency().equals(currency)) {
                return false; // a vendor with two currencies is two vendors over there
            }
            if (number != null) {
                return number.equals(vendor.number());
            }
            Address address = vendor.address();
            return address != null
                    && same(postalCode, Texts.orNull(address.postalCode()))
                    && same(country, Texts.orNull(address.country()));
        }

        private static boolean same(@Nullable String one, @Nullable String other) {
            return one != null && one.equalsIgnoreCase(other);
        }
    }

    /** Returns a look-up for the vendors of a batch. */
    Batch of(List<Vendor> vendors) {
        if (vendors.size() <= ASKED_BY_NAME) {
            return vendor -> only(vendor, named(vendor.name()));
        }
        refresh();
        return vendor -> only(vendor, known(vendor.name()));
    }

    /** Finds the vendor of a supplier. */
    @FunctionalInterface
    interface Batch {
        /**
         * Returns the vendor.
         *
         * @throws MappingException if there are several
         */
        Optional<Entry> find(Vendor vendor);
    }

    /** Asks BILL, past what is remembered. */
    Optional<Entry> find(Vendor vendor) {
        return only(vendor, named(vendor.name()));
    }

    synchronized void add(JsonNode vendor) {
        Entry entry = Entry.of(vendor);
        if (readAt != null) {
            byName.computeIfAbsent(folded(entry.name()), name -> new HashMap<>())
                    .put(entry.id(), entry);
        }
    }

    private static Optional<Entry> only(Vendor vendor, List<Entry> named) {
        List<Entry> matches = named.stream().filter(entry -> entry.is(vendor)).toList();
        List<Entry> numbered =
                matches.stream().filter(entry -> entry.number() != null).toList();
        List<Entry> best = numbered.isEmpty() ? matches : numbered;
        if (best.size() > 1) {
            throw new MappingException("BILL has " + best.size() + " vendors that could be supplier " + vendor.number()
                    + " '" + vendor.name() + "': "
                    + best.stream().map(Entry::id).sorted().toList()
                    + "; give the right one the short name " + vendor.number());
        }
        return best.stream().findFirst();
    }

    private List<Entry> named(String name) {
        int quote = name.indexOf('"');
        var found = new ArrayList<Entry>();
        for (boolean archived : new boolean[] {false, true}) {
            ListQuery query = ListQuery.all().is("archived", String.valueOf(archived));
            // a text with a quote cannot be asked for, so its beginning is
            query = quote < 0
                    ? query.isText("name", name.strip())
                    : quote == 0 ? query : query.startsWith("name", name.substring(0, quote));
            api.each(BillConnector.VENDORS, query, vendor -> found.add(Entry.of(vendor)));
        }
        found.removeIf(entry -> !folded(entry.name()).equals(folded(name)));
        return found;
    }

    private synchronized List<Entry> known(String name) {
        return List.copyOf(byName.getOrDefault(folded(name), Map.of()).values());
    }

    private synchronized void refresh() {
        Instant now = clock.instant();
        if (readAt != null && now.isBefore(readAt.plus(FRESH))) {
            return;
        }
        Instant serverNow = api.serverNow();
        for (boolean archived : new boolean[] {false, true}) {
            ListQuery query =
                    ListQuery.all().is("archived", String.valueOf(archived)).sorted("createdTime", "asc");
            Instant since = readFrom;
            ListQuery wanted = since == null ? query : query.from(UpdatedSet.UPDATED, since);
            api.each(BillConnector.VENDORS, wanted, vendor -> {
                Entry entry = Entry.of(vendor);
                byName.values().forEach(entries -> entries.remove(entry.id()));
                byName.computeIfAbsent(folded(entry.name()), name -> new HashMap<>())
                        .put(entry.id(), entry);
            });
        }
        readAt = now;
        readFrom = serverNow.minus(OVERLAP);
    }

    private static String folded(String name) {
        return name.strip().toLowerCase(Locale.ROOT);
    }
}
