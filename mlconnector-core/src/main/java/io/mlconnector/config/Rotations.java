package io.mlconnector.config;

import io.mlconnector.engine.SyncEngine;
import io.mlconnector.secret.CredentialFile;
import io.mlconnector.secret.CredentialVersion;
import io.mlconnector.spi.ConfigurationException;
import io.mlconnector.spi.Secret;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes new versions of credentials up in the connections that use them, while those are in use. Safe for threads.
 */
final class Rotations {

    private static final Logger LOG = LoggerFactory.getLogger(Integration.class);

    /** A setting of a connection, perhaps one of a list. */
    private static final Pattern PLACE = Pattern.compile("connections\\.([^.\\[]+)\\.([^.\\[]+)(\\[[0-9]+])?");

    private final CredentialFile credentials;
    private final Map<String, Set<String>> places;
    private final SyncEngine engine;
    private final InstantSource clock;
    private final List<RotationRule> rules;
    private final Map<String, Integer> taken = new HashMap<>();

    Rotations(
            CredentialFile credentials,
            Map<String, Set<String>> places,
            List<RotationRule> rules,
            SyncEngine engine,
            InstantSource clock) {
        this.rules = List.copyOf(rules);
        this.credentials = credentials;
        this.places = places;
        this.engine = engine;
        this.clock = clock;
        valid().forEach(version -> taken.put(version.name(), version.number()));
    }

    CredentialFile credentials() {
        return credentials;
    }

    /** Renews what is old enough, and takes up whatever is new; a renewal that fails keeps no other from its turn. */
    void renew() {
        Instant now = clock.instant();
        RuntimeException failure = null;
        for (RotationRule rule : rules) {
            try {
                newest(rule.name())
                        .filter(version -> !version.from().plus(rule.every()).isAfter(now))
                        .ifPresent(version -> renew(rule, now));
            } catch (RuntimeException e) {
                failure = e;
            }
        }
        takeUp();
        if (failure != null) {
            throw failure;
        }
    }

    private Optional<CredentialVersion> newest(String name) {
        return credentials.versions().stream()
                .filter(version -> version.name().equals(name))
                .max(Comparator.comparing(CredentialVersion::number));
    }

    private void renew(RotationRule rule, Instant now) {
        Secret old = credentials.read(rule.name()).orElseThrow();
        Secret next = rule.next().apply(old);
        if (!next.equals(old)) {
            credentials.add(rule.name(), next, now, now.plus(rule.overlap()));
            LOG.info("credential {} is renewed", rule.name());
        }
    }

    /** Takes up what has become valid since, and returns the names. */
    synchronized List<String> takeUp() {
        Instant now = clock.instant();
        List<CredentialVersion> versions = credentials.versions();
        return valid().stream()
                .filter(version -> places.containsKey(version.name()))
                .filter(version -> version.number() > taken.getOrDefault(version.name(), 0))
                .map(CredentialVersion::name)
                .distinct()
                .filter(name -> {
                    Instant oldUntil = versions.stream()
                            .filter(version -> version.name().equals(name) && version.validAt(now))
                            .flatMap(version -> Stream.ofNullable(version.until()))
                            .max(Instant::compareTo)
                            .orElse(now);
                    return replaced(name, oldUntil);
                })
                .toList();
    }

    private boolean replaced(String name, Instant oldUntil) {
        Secret next = credentials.read(name).orElseThrow();
        boolean well = true;
        for (String place : places.getOrDefault(name, Set.of())) {
            Matcher matcher = PLACE.matcher(place);
            if (!matcher.matches()) {
                LOG.warn("{} is not replaced while in use, because {} is not a setting of a connection", name, place);
                well = false;
                continue;
            }
            try {
                engine.replaceSecret(matcher.group(1), matcher.group(2), next, oldUntil);
            } catch (ConfigurationException e) {
                LOG.warn("{} is taken up at the next start: {}", name, e.getMessage());
                well = false;
            }
        }
        valid().stream()
                .filter(version -> version.name().equals(name))
                .forEach(version -> taken.merge(name, version.number(), Math::max));
        return well;
    }

    private List<CredentialVersion> valid() {
        Instant now = clock.instant();
        return credentials.versions().stream()
                .filter(version -> version.validAt(now))
                .toList();
    }
}
