package io.mlconnector.secret;

import static java.util.Objects.requireNonNull;

import io.mlconnector.spi.ConfigurationException;
import io.mlconnector.spi.Secret;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A version of a credential as it lies in the file. */
record Sealed(CredentialVersion version, String jwe) {

    private static final String NAME = "sub";
    private static final String NUMBER = "ver";
    private static final String FROM = "nbf";
    private static final String UNTIL = "exp";

    static Sealed of(String name, int number, Instant from, @Nullable Instant until, Secret secret, MasterKey key) {
        var claims = new LinkedHashMap<String, String>();
        claims.put(NAME, name);
        claims.put(NUMBER, Integer.toString(number));
        claims.put(FROM, from.toString());
        if (until != null) {
            claims.put(UNTIL, until.toString());
        }
        var version = new CredentialVersion(name, number, from, until, key.id());
        return new Sealed(version, Jwe.seal(claims, secret.reveal(), key));
    }

    static Sealed parse(String jwe) {
        Map<String, String> header = Jwe.header(jwe);
        try {
            String until = header.get(UNTIL);
            var version = new CredentialVersion(
                    requireNonNull(header.get(NAME), NAME),
                    Integer.parseInt(requireNonNull(header.get(NUMBER), NUMBER)),
                    Instant.parse(requireNonNull(header.get(FROM), FROM)),
                    until == null ? null : Instant.parse(until),
                    requireNonNull(header.get("kid"), "kid"));
            return new Sealed(version, jwe);
        } catch (NullPointerException | NumberFormatException | DateTimeException e) {
            throw new ConfigurationException("the header of a sealed credential is not one of ours: " + e.getMessage());
        }
    }

    Secret open(MasterKeys keys) {
        MasterKey key = keys.find(version.masterKey())
                .orElseThrow(() -> new ConfigurationException("the credential '" + version.name()
                        + "' is sealed under master key " + version.masterKey() + ", which is not at hand; at hand: "
                        + keys.current().id()
                        + (keys.older().isEmpty() ? "" : " and " + keys.older().size() + " older")));
        return Secret.of(Jwe.open(jwe, key));
    }

    @Override
    public String toString() {
        return version.toString();
    }
}
