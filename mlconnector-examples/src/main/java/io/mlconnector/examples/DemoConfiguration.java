package io.mlconnector.examples;

import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Writes the example's configuration to a file, with further settings of its connections. */
final class DemoConfiguration {

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(JsonReadFeature.ALLOW_JAVA_COMMENTS).build();

    private DemoConfiguration() {}

    static Path write(Path file, String integration, Map<String, Map<String, String>> settings) {
        String example = integration + ".json";
        try (InputStream stream = DemoConfiguration.class.getResourceAsStream(example)) {
            if (stream == null) {
                throw new IllegalStateException("the configuration " + example + " is missing");
            }
            byte[] configuration = stream.readAllBytes();
            return Files.write(file, settings.isEmpty() ? configuration : with(settings, configuration));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] with(Map<String, Map<String, String>> settings, byte[] configuration) throws IOException {
        JsonNode json = JSON.readTree(configuration);
        settings.forEach((connection, added) -> {
            ObjectNode known = json.withObject("/connections/" + connection);
            added.forEach(known::put);
        });
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(json);
    }
}
