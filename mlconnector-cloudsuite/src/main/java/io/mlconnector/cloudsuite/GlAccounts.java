package io.mlconnector.cloudsuite;

import io.mlconnector.mapping.Row;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Looks whether account strings can be posted to, by CRS630MI. Remembers answers for an hour. Safe for threads. */
final class GlAccounts {

    private static final Duration REMEMBERED = Duration.ofHours(1);
    private static final List<String> COLUMNS =
            List.of("AITP", "AITM", "LCCD", "AT13", "VFDT", "VTDT", "ACR2", "ACR3", "ACR4", "ACR5", "ACR6", "ACR7");
    private static final String YES = "1";

    private record Identity(@Nullable Row row, @Nullable MiError error, Instant readAt) {}

    private final MiClient client;
    private final Programs programs;
    private final CloudSuiteSettings settings;
    private final InstantSource clock;
    private final Map<String, Identity> known = new ConcurrentHashMap<>();

    GlAccounts(MiClient client, Programs programs, CloudSuiteSettings settings, InstantSource clock) {
        this.client = client;
        this.programs = programs;
        this.settings = settings;
        this.clock = clock;
    }

    /** What stands against posting to an account string on a day; empty if nothing does, or if nobody can tell. */
    Optional<String> fault(GlString account, LocalDate on) {
        Optional<MiTransaction> get = programs.find(Task.ACCOUNTS_GET);
        if (get.isEmpty() || account.dimensions().isEmpty()) {
            return Optional.empty();
        }
        read(account, get.get());
        for (Map.Entry<String, String> dimension : account.dimensions().entrySet()) {
            Identity identity = known.get(key(dimension));
            if (identity != null) {
                Optional<String> fault = fault(identity, dimension, account, on);
                if (fault.isPresent()) {
                    return fault.map(text -> "account string " + account + ": " + dimension.getKey() + " "
                            + dimension.getValue() + " " + text + " (" + get.get() + ")");
                }
            }
        }
        return Optional.empty();
    }

    private void read(GlString account, MiTransaction get) {
        Instant now = clock.instant();
        var unknown = new LinkedHashMap<String, MiCall>();
        account.dimensions().entrySet().forEach(dimension -> {
            Identity identity = known.get(key(dimension));
            if (identity == null || !identity.readAt().plus(REMEMBERED).isAfter(now)) {
                unknown.put(key(dimension), call(get, dimension));
            }
        });
        if (unknown.isEmpty()) {
            return;
        }
        List<MiResult> results = client.read(new ArrayList<>(unknown.values()));
        int at = 0;
        for (String key : unknown.keySet()) {
            MiResult result = results.get(at);
            known.put(key, new Identity(result.first().orElse(null), result.error(), now));
            at++;
        }
    }

    private MiCall call(MiTransaction get, Map.Entry<String, String> dimension) {
        return MiCall.of(
                get,
                COLUMNS,
                "AITP",
                dimension.getKey().substring(3),
                "AITM",
                dimension.getValue(),
                "DIVI",
                settings.division());
    }

    private static String key(Map.Entry<String, String> dimension) {
        return dimension.getKey() + "=" + dimension.getValue();
    }

    private static Optional<String> fault(
            Identity identity, Map.Entry<String, String> dimension, GlString account, LocalDate on) {
        Row row = identity.row();
        if (row == null) {
            return Optional.of(identity.error() == null ? "is unknown" : "is refused: " + identity.error());
        }
        if (MiValues.text(row, "LCCD").equals(YES)) {
            return Optional.of("is blocked");
        }
        if (MiValues.text(row, "AT13").equals(YES)) {
            return Optional.of("is blocked for manual entry");
        }
        LocalDate from = MiValues.date(row, "VFDT");
        LocalDate to = MiValues.date(row, "VTDT");
        if ((from != null && on.isBefore(from)) || (to != null && on.isAfter(to))) {
            return Optional.of("is not valid on " + on);
        }
        for (int other = 2; other <= 7 && dimension.getKey().equals("AIT1"); other++) {
            String name = "AIT" + other;
            if (MiValues.text(row, "ACR" + other).equals(YES)
                    && !account.dimensions().containsKey(name)) {
                return Optional.of("needs " + name);
            }
        }
        return Optional.empty();
    }
}
