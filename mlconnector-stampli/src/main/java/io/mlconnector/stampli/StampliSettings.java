package io.mlconnector.stampli;

import static java.util.Objects.requireNonNull;

import io.mlconnector.spi.Secret;
import io.mlconnector.spi.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a connection to Stampli's files, apart from those of its entities. Prints no secret.
 *
 * @param host the SFTP server
 * @param port its port, from 1 to 65535; 22 by default
 * @param user the account
 * @param password the account's password; null if a key is used
 * @param privateKey the account's private key, as OpenSSH, PKCS#8, PKCS#1 or PuTTY text; null if a password is used
 * @param passphrase the passphrase of the private key; null if it has none
 * @param hostKeys SHA-256 fingerprints of the server's key as {@code ssh-keygen -l} prints them, several while it is
 *     changed
 * @param knownHosts the content of an OpenSSH {@code known_hosts} file; empty if fingerprints are given
 * @param connectTimeout how long to wait for a connection; ten seconds by default
 * @param readTimeout how long to wait for an answer; thirty seconds by default
 * @param keepAlive how often the server is asked whether it is still there; fifteen seconds by default
 * @param readAhead how many read requests are under way at once, from 1 to 64; 16 by default
 * @param spoolDirectory where files are copied to while they are read; null for the system's directory of temporary files
 * @param node what this process calls itself when it claims files, in letters, digits and hyphens; {@code 1} by default
 */
public record StampliSettings(
        String host,
        int port,
        String user,
        @Nullable Secret password,
        @Nullable Secret privateKey,
        @Nullable Secret passphrase,
        List<String> hostKeys,
        String knownHosts,
        Duration connectTimeout,
        Duration readTimeout,
        Duration keepAlive,
        int readAhead,
        @Nullable Path spoolDirectory,
        String node) {

    private static final String FINGERPRINT = "SHA256:[A-Za-z0-9+/]{43}=?";

    /** Refuses nulls and copies the list. */
    public StampliSettings {
        requireNonNull(host, "host");
        requireNonNull(user, "user");
        hostKeys = List.copyOf(hostKeys);
        requireNonNull(knownHosts, "knownHosts");
        requireNonNull(connectTimeout, "connectTimeout");
        requireNonNull(readTimeout, "readTimeout");
        requireNonNull(keepAlive, "keepAlive");
        requireNonNull(node, "node");
    }

    /**
     * Reads the settings. Faults are noted in {@code settings}, whose check throws them together.
     *
     * @param settings the settings of a connection
     * @return what they say, with stand-ins where they are wrong
     */
    public static StampliSettings of(Settings settings) {
        Optional<Secret> password = settings.optionalSecret("password");
        Optional<Secret> key = settings.optionalSecret("privateKey");
        Optional<Secret> keyInFile = content(settings, "privateKeyFile").map(Secret::of);
        long ways = List.of(password, key, keyInFile).stream()
                .filter(Optional::isPresent)
                .count();
        if (ways != 1) {
            settings.fault("password", "or privateKey or privateKeyFile must be given, and only one of them");
        }
        List<String> hostKeys = hostKeys(settings);
        String known = settings.optionalText("knownHosts")
                .or(() -> content(settings, "knownHostsFile"))
                .orElse("");
        if (hostKeys.isEmpty() && known.isEmpty()) {
            settings.fault(
                    "hostKeys",
                    "or knownHosts or knownHostsFile must tell the key of the server, because no server is trusted"
                            + " unseen; `ssh-keyscan <host> | ssh-keygen -lf -` prints it");
        }
        String node = settings.text("node", "1");
        if (!node.matches("[A-Za-z0-9-]{1,40}")) {
            settings.fault("node", "must be up to 40 letters, digits and hyphens: " + node);
        }
        return new StampliSettings(
                settings.text("host"),
                settings.integer("port", 22, 1, 65_535),
                settings.text("user"),
                password.orElse(null),
                key.or(() -> keyInFile).orElse(null),
                settings.optionalSecret("passphrase").orElse(null),
                hostKeys,
                known,
                atLeastAMilli(settings, "connectTimeout", Duration.ofSeconds(10)),
                atLeastAMilli(settings, "readTimeout", Duration.ofSeconds(30)),
                atLeastAMilli(settings, "keepAlive", Duration.ofSeconds(15)),
                settings.integer("readAhead", 16, 1, 64),
                directory(settings),
                node);
    }

    private static List<String> hostKeys(Settings settings) {
        var keys = new ArrayList<String>();
        for (String key : settings.texts("hostKeys")) {
            if (key.matches(FINGERPRINT)) {
                keys.add(key.replace("=", ""));
            } else {
                settings.fault("hostKeys", "must be fingerprints such as SHA256: and 43 letters: " + key);
            }
        }
        return keys;
    }

    private static Optional<String> content(Settings settings, String name) {
        return settings.optionalText(name).flatMap(file -> {
            try {
                return Optional.of(Files.readString(Path.of(file))).filter(text -> !text.isBlank());
            } catch (IOException | InvalidPathException e) {
                settings.fault(name, "must be a readable file: " + file);
                return Optional.of("unreadable");
            }
        });
    }

    private static @Nullable Path directory(Settings settings) {
        return settings.optionalText("spoolDirectory")
                .map(text -> {
                    Path directory = Path.of(text);
                    if (!Files.isDirectory(directory) || !Files.isWritable(directory)) {
                        settings.fault("spoolDirectory", "must be a directory that can be written: " + text);
                    }
                    return directory;
                })
                .orElse(null);
    }

    private static Duration atLeastAMilli(Settings settings, String name, Duration otherwise) {
        Duration duration = settings.duration(name, otherwise);
        if (duration.toMillis() < 1 || duration.toMillis() > Integer.MAX_VALUE) {
            settings.fault(name, "must be more than zero and at most " + Integer.MAX_VALUE + " ms: " + duration);
            return otherwise;
        }
        return duration;
    }
}
