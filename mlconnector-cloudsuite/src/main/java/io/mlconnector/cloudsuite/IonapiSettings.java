package io.mlconnector.cloudsuite;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mlconnector.spi.ConfigurationException;
import io.mlconnector.spi.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The {@code .ionapi} file of an authorized app of the type Backend Service: where a tenant is, and the credentials of the
 * app and of its service account. Prints no secret.
 *
 * @param tenant {@code ti}, the first segment of every path of the gateway
 * @param clientId {@code ci}
 * @param clientSecret {@code cs}
 * @param gatewayUrl {@code iu}
 * @param tokenUrl {@code pu} and {@code ot}
 * @param revokeUrl {@code pu} and {@code or}; null if the file names none
 * @param accessKey {@code saak}, sent as it stands
 * @param secretKey {@code sask}
 */
public record IonapiSettings(
        String tenant,
        String clientId,
        Secret clientSecret,
        URI gatewayUrl,
        URI tokenUrl,
        @Nullable URI revokeUrl,
        String accessKey,
        Secret secretKey) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String NAME = ".ionapi file";

    /** Refuses nulls. */
    public IonapiSettings {
        requireNonNull(tenant, "tenant");
        requireNonNull(clientId, "clientId");
        requireNonNull(clientSecret, "clientSecret");
        requireNonNull(gatewayUrl, "gatewayUrl");
        requireNonNull(tokenUrl, "tokenUrl");
        requireNonNull(accessKey, "accessKey");
        requireNonNull(secretKey, "secretKey");
    }

    /**
     * Reads a file.
     *
     * @param file where it is
     * @return what it says
     * @throws ConfigurationException naming every key that is missing, swapped or malformed, or why it cannot be read
     */
    public static IonapiSettings read(Path file) {
        try {
            return parse(Files.readString(file));
        } catch (IOException e) {
            throw new ConfigurationException("the " + NAME + " " + file + " cannot be read: "
                    + e.getClass().getSimpleName());
        }
    }

    /**
     * Reads a stream to its end and leaves it open.
     *
     * @param stream the content of the file, in UTF-8
     * @return what it says
     * @throws ConfigurationException naming every key that is missing, swapped or malformed, or why it cannot be read
     */
    public static IonapiSettings read(InputStream stream) {
        try {
            return parse(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new ConfigurationException(
                    "the " + NAME + " cannot be read: " + e.getClass().getSimpleName());
        }
    }

    /**
     * Reads the content of the file.
     *
     * @param json the content
     * @return what it says
     * @throws ConfigurationException naming every key that is missing, swapped or malformed; never their values
     */
    public static IonapiSettings parse(String json) {
        JsonNode node;
        try {
            node = JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new ConfigurationException(
                    "the " + NAME + " is not JSON: line " + e.getLocation().getLineNr());
        }
        if (node == null || !node.isObject()) {
            throw new ConfigurationException("the " + NAME + " must be a JSON object");
        }
        return new Keys(node).read();
    }

    @Override
    public String toString() {
        return "IonapiSettings[" + tenant + "]";
    }

    /** Collects what is wrong with the keys. */
    private static final class Keys {

        private final JsonNode node;
        private final List<String> faults = new ArrayList<>();

        Keys(JsonNode node) {
            this.node = node;
        }

        IonapiSettings read() {
            String tenant = text("ti", "the tenant");
            String clientId = text("ci", "the client id");
            String clientSecret = text("cs", "the client secret");
            URI gateway = address("iu", "the address of the gateway");
            URI provider = address("pu", "the address of the token service");
            String tokenPath = text("ot", "the path of the token service");
            refuseSwapped(clientId, gateway, provider);
            refuseInteractive();
            String accessKey = text("saak", "the service account's access key");
            String secretKey = text("sask", "the service account's secret key");
            if (!faults.isEmpty()) {
                throw new ConfigurationException(faults);
            }
            String revokePath = node.path("or").asText("").strip();
            return new IonapiSettings(
                    tenant,
                    clientId,
                    Secret.of(clientSecret),
                    gateway,
                    joined(provider, tokenPath),
                    revokePath.isEmpty() ? null : joined(provider, revokePath),
                    accessKey,
                    Secret.of(secretKey));
        }

        private String text(String key, String meaning) {
            String value =
                    node.path(key).isValueNode() ? node.path(key).asText("").strip() : "";
            if (value.isEmpty() && faults.stream().noneMatch(fault -> fault.contains("saak"))) {
                faults.add(NAME + ": " + key + " is missing, " + meaning);
            }
            return value;
        }

        private URI address(String key, String meaning) {
            String value = text(key, meaning);
            try {
                URI uri = URI.create(value);
                boolean http = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
                if (http && uri.getHost() != null && uri.getRawUserInfo() == null && uri.getRawQuery() == null) {
                    return uri;
                }
            } catch (IllegalArgumentException malformed) {
                // the fault below names the key
            }
            if (!value.isEmpty()) {
                faults.add(NAME + ": " + key + " must be " + meaning + ", such as https://mingle.example.com");
            }
            return URI.create("https://missing.invalid");
        }

        private void refuseSwapped(String clientId, URI gateway, URI provider) {
            if (path(gateway).contains("/as") && !path(provider).contains("/as")) {
                faults.add(NAME + ": iu and pu are swapped: iu is the gateway and has no path, pu ends in /as/");
            }
            String accessKey = node.path("saak").asText("");
            if (clientId.contains("#") && accessKey.contains("~")) {
                faults.add(NAME + ": ci and saak are swapped: ci has the form tenant~…, saak the form tenant#…");
            }
        }

        /** An app for people has no service account, and its users would have to log in. */
        private void refuseInteractive() {
            boolean noAccount = node.path("saak").asText("").isBlank()
                    && node.path("sask").asText("").isBlank();
            if (noAccount) {
                boolean redirects = !node.path("ru").asText("").isBlank();
                faults.add(NAME + ": saak and sask are missing, so it belongs to an app "
                        + (redirects ? "that people log in to (it has ru)" : "without a service account")
                        + ": make an authorized app of the type Backend Service and download its credentials with a"
                        + " service account");
            }
        }

        private static String path(URI uri) {
            return uri.getPath() == null ? "" : uri.getPath();
        }

        private static URI joined(URI base, String path) {
            return URI.create(base.toString().replaceAll("/+$", "") + "/" + path.replaceAll("^/+", ""));
        }
    }
}
