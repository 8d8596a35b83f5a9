package io.mlconnector.secret;

import static java.util.Objects.requireNonNull;

import io.mlconnector.spi.ConfigurationException;
import io.mlconnector.spi.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The master key in use, and older ones that still open what was sealed under them. Immutable.
 *
 * @param current seals
 * @param older only open
 */
public record MasterKeys(MasterKey current, List<MasterKey> older) {

    /** Copies the list. */
    public MasterKeys {
        requireNonNull(current, "current");
        older = List.copyOf(older);
    }

    /**
     * Returns a key alone.
     *
     * @param current the key
     * @return the keys
     */
    public static MasterKeys of(MasterKey current) {
        return new MasterKeys(current, List.of());
    }

    /**
     * Returns keys out of a text, such as the value of an environment variable.
     *
     * @param text keys in Base64, separated by white space, the current one first
     * @return the keys
     * @throws ConfigurationException if there is none, or one is no key
     */
    public static MasterKeys parse(String text) {
        List<MasterKey> keys = text.isBlank()
                ? List.of()
                : Stream.of(text.strip().split("\\s+", -1))
                        .map(MasterKey::ofBase64)
                        .toList();
        if (keys.isEmpty()) {
            throw new ConfigurationException("there is no master key: 32 bytes in Base64 are needed");
        }
        return new MasterKeys(keys.get(0), keys.subList(1, keys.size()));
    }

    /**
     * Returns the keys of a file.
     *
     * @param file keys in Base64, one a line, the current one first
     * @return the keys
     * @throws ConfigurationException if it cannot be read, or holds no keys
     */
    public static MasterKeys ofFile(Path file) {
        try {
            return parse(Files.readString(file, StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new ConfigurationException("cannot read the master key from " + file + ": " + e);
        }
    }

    /**
     * Returns the AES keys of a key store.
     *
     * @param file a PKCS #12 key store
     * @param password opens the store and its keys
     * @param aliases the names of the keys, the current one first
     * @return the keys
     * @throws ConfigurationException if the store cannot be opened, or a key is missing or of another kind
     */
    public static MasterKeys ofKeyStore(Path file, Secret password, List<String> aliases) {
        if (aliases.isEmpty()) {
            throw new ConfigurationException("no key of the key store " + file + " is named");
        }
        char[] characters = password.reveal().toCharArray();
        var keys = new ArrayList<MasterKey>();
        try (InputStream in = Files.newInputStream(file)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, characters);
            for (String alias : aliases) {
                Key key = store.getKey(alias, characters);
                if (key == null || !key.getAlgorithm().equals("AES")) {
                    throw new ConfigurationException("the key store " + file + " has no AES key '" + alias + "'");
                }
                keys.add(MasterKey.of(key.getEncoded()));
            }
        } catch (IOException | GeneralSecurityException e) {
            throw new ConfigurationException("cannot open the key store " + file + ": " + e.getMessage());
        } finally {
            java.util.Arrays.fill(characters, '\0');
        }
        return new MasterKeys(keys.get(0), keys.subList(1, keys.size()));
    }

    /**
     * Returns these keys with a new one in use, and all of these as older ones.
     *
     * @param next the new key
     * @return the keys
     */
    public MasterKeys renewed(MasterKey next) {
        var all = new ArrayList<MasterKey>();
        all.add(current);
        all.addAll(older);
        all.remove(next);
        return new MasterKeys(next, all);
    }

    Optional<MasterKey> find(String id) {
        return Stream.concat(Stream.of(current), older.stream())
                .filter(key -> key.id().equals(id))
                .findFirst();
    }
}
