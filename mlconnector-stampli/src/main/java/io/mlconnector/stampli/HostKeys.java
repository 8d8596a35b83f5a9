package io.mlconnector.stampli;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.security.PublicKey;
import java.util.Base64;
import java.util.List;
import net.schmizz.sshj.common.Buffer;
import net.schmizz.sshj.common.KeyType;
import net.schmizz.sshj.transport.verification.HostKeyVerifier;
import net.schmizz.sshj.transport.verification.OpenSSHKnownHosts;
import org.jspecify.annotations.Nullable;

/** Compares the key that a server shows with the pinned ones, and remembers what it showed. For one connection attempt. */
final class HostKeys implements HostKeyVerifier {

    private final List<String> fingerprints;
    private final @Nullable OpenSSHKnownHosts knownHosts;
    private @Nullable String refused;

    HostKeys(List<String> fingerprints, String knownHosts) {
        this.fingerprints = List.copyOf(fingerprints);
        try {
            this.knownHosts = knownHosts.isEmpty() ? null : new OpenSSHKnownHosts(new StringReader(knownHosts));
        } catch (IOException e) {
            throw new UncheckedIOException("a text can always be read", e);
        }
    }

    @Override
    public boolean verify(String host, int port, PublicKey key) {
        String shown = fingerprint(key);
        boolean known = fingerprints.contains(shown)
                || (knownHosts != null && requireNonNull(knownHosts).verify(host, port, key));
        refused = known ? null : shown + " (" + KeyType.fromKey(key) + ")";
        return known;
    }

    @Override
    public List<String> findExistingAlgorithms(String host, int port) {
        return knownHosts == null ? List.of() : knownHosts.findExistingAlgorithms(host, port);
    }

    /** Returns the key that the server showed and that is not pinned; null if there was none. */
    @Nullable String refused() {
        return refused;
    }

    String pinned() {
        String known = knownHosts == null
                ? ""
                : "known_hosts with " + knownHosts.entries().size() + " entries";
        String list = String.join(", ", fingerprints);
        return known.isEmpty() ? list : list.isEmpty() ? known : list + ", " + known;
    }

    static String fingerprint(PublicKey key) {
        byte[] form = new Buffer.PlainBuffer().putPublicKey(key).getCompactData();
        return "SHA256:"
                + Base64.getEncoder()
                        .withoutPadding()
                        .encodeToString(Spool.digest().digest(form));
    }
}
