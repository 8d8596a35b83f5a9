package io.mlconnector.secret;

import static java.util.Objects.requireNonNull;

import io.mlconnector.spi.ConfigurationException;
import io.mlconnector.spi.CredentialStore;
import io.mlconnector.spi.Secret;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * Credentials in a file, each version of each sealed by itself under a master key that lies elsewhere. What another process
 * changes in the file is seen by the next call. Safe for threads, and for processes on one machine.
 */
public final class CredentialFile implements CredentialStore {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._/-]{0,199}");

    private final SealedFile file;
    private final Supplier<MasterKeys> keys;
    private final InstantSource clock;
    private final Consumer<CredentialAccess> listener;

    private CredentialFile(
            SealedFile file, Supplier<MasterKeys> keys, InstantSource clock, Consumer<CredentialAccess> listener) {
        this.file = file;
        this.keys = keys;
        this.clock = clock;
        this.listener = listener;
    }

    /**
     * Opens a file, which need not exist yet.
     *
     * @param file the file; its owner alone may read it
     * @param keys the master keys, asked for anew by every call, so that they can be replaced at any time
     * @param clock tells the time
     * @param listener told of every access, on the thread that makes it and before it sees the value; must be quick
     * @return the credentials
     */
    public static CredentialFile open(
            Path file, Supplier<MasterKeys> keys, InstantSource clock, Consumer<CredentialAccess> listener) {
        return new CredentialFile(
                new SealedFile(requireNonNull(file, "file")),
                requireNonNull(keys, "keys"),
                requireNonNull(clock, "clock"),
                requireNonNull(listener, "listener"));
    }

    /**
     * Returns the newest version of a credential that is valid now.
     *
     * @param name its name
     * @return the value, if there is one
     * @throws ConfigurationException if the file cannot be read, or the credential does not open under any master key
     */
    @Override
    public Optional<Secret> read(String name) {
        return valid(name).stream().findFirst();
    }

    /**
     * Returns all versions of a credential that are valid now, such as both signing secrets while one is replaced.
     *
     * @param name its name
     * @return the values, newest first
     * @throws ConfigurationException if the file cannot be read, or one does not open under any master key
     */
    public List<Secret> valid(String name) {
        Instant now = clock.instant();
        MasterKeys masterKeys = keys.get();
        return file.read().stream()
                .filter(kept ->
                        kept.version().name().equals(name) && kept.version().validAt(now))
                .sorted(Comparator.comparing(kept -> kept.version().number(), Comparator.reverseOrder()))
                .map(kept -> {
                    tell(CredentialAccess.Kind.READ, name, kept.version().number(), now);
                    return kept.open(masterKeys);
                })
                .toList();
    }

    /**
     * Keeps a secret from now on. What was kept under the name before ends.
     *
     * @param name letters, digits, dots, underscores, slashes and hyphens, at most 200
     * @param secret the secret
     */
    @Override
    public void keep(String name, Secret secret) {
        Instant now = clock.instant();
        add(name, secret, now, now);
    }

    /**
     * Adds a version of a credential. Durable when this returns. Versions that have ended are removed.
     *
     * @param name letters, digits, dots, underscores, slashes and hyphens, at most 200
     * @param secret the secret
     * @param from when it begins to be valid
     * @param oldUntil when the earlier versions end, if they have no earlier end
     * @return the version
     * @throws ConfigurationException if the name is another, or the file cannot be written
     */
    public CredentialVersion add(String name, Secret secret, Instant from, Instant oldUntil) {
        if (!NAME.matcher(requireNonNull(name, "name")).matches()) {
            throw new ConfigurationException(
                    "a credential is named by letters, digits and . _ / - , and not '" + name + "'");
        }
        requireNonNull(secret, "secret");
        MasterKeys masterKeys = keys.get();
        Instant now = clock.instant();
        var added = new ArrayList<CredentialVersion>(1);
        changed(all -> {
            var next = new ArrayList<Sealed>();
            int number = 1;
            for (Sealed kept : all) {
                CredentialVersion version = kept.version();
                Instant until = version.until();
                if (version.name().equals(name)) {
                    number = Math.max(number, version.number() + 1);
                    if (until == null || until.isAfter(oldUntil)) {
                        until = oldUntil;
                        kept = Sealed.of(
                                name,
                                version.number(),
                                version.from(),
                                until,
                                kept.open(masterKeys),
                                masterKeys.current());
                    }
                }
                if (until == null || until.isAfter(now)) {
                    next.add(kept);
                }
            }
            Sealed kept = Sealed.of(name, number, from, null, secret, masterKeys.current());
            added.add(kept.version());
            next.add(kept);
            return next;
        });
        tell(CredentialAccess.Kind.ADDED, name, added.get(0).number(), now);
        return added.get(0);
    }

    /**
     * Returns what is known of all credentials, without opening any.
     *
     * @return the versions, by name and number
     */
    public List<CredentialVersion> versions() {
        return file.read().stream()
                .map(Sealed::version)
                .sorted(Comparator.comparing(CredentialVersion::name).thenComparing(CredentialVersion::number))
                .toList();
    }

    /**
     * Removes all versions of a credential.
     *
     * @param name its name
     * @return whether there was one
     */
    public boolean remove(String name) {
        var removed = new ArrayList<Sealed>();
        changed(all -> {
            var next = new ArrayList<Sealed>();
            all.forEach(kept -> (kept.version().name().equals(name) ? removed : next).add(kept));
            return next;
        });
        if (!removed.isEmpty()) {
            tell(CredentialAccess.Kind.REMOVED, name, 0, clock.instant());
        }
        return !removed.isEmpty();
    }

    /**
     * Seals everything under the current master key. All the while others read under the old one or the new.
     *
     * @return how many versions were under another key
     * @throws ConfigurationException if one opens under none of the keys; the file is as it was then
     */
    public int reseal() {
        MasterKeys masterKeys = keys.get();
        var resealed = new ArrayList<CredentialVersion>();
        changed(all -> all.stream()
                .map(kept -> {
                    CredentialVersion version = kept.version();
                    if (version.masterKey().equals(masterKeys.current().id())) {
                        return kept;
                    }
                    resealed.add(version);
                    return Sealed.of(
                            version.name(),
                            version.number(),
                            version.from(),
                            version.until(),
                            kept.open(masterKeys),
                            masterKeys.current());
                })
                .toList());
        Instant now = clock.instant();
        resealed.forEach(version -> tell(CredentialAccess.Kind.RESEALED, version.name(), version.number(), now));
        return resealed.size();
    }

    private void changed(UnaryOperator<List<Sealed>> change) {
        file.change(change);
    }

    private void tell(CredentialAccess.Kind kind, String name, int number, Instant at) {
        listener.accept(new CredentialAccess(kind, name, number, at));
    }

    @Override
    public String toString() {
        return "credentials in " + file;
    }
}
