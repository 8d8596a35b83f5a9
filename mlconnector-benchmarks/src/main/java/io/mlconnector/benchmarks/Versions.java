package io.mlconnector.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** The versions of what is compared, which the build writes into a file. */
final class Versions {

    /** Library to version. */
    static final Map<String, String> ALL = read();

    private Versions() {}

    private static Map<String, String> read() {
        var properties = new Properties();
        try (InputStream file = Versions.class.getResourceAsStream("versions.properties")) {
            properties.load(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var versions = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        properties.forEach((name, version) -> versions.put(name.toString(), version.toString()));
        return versions;
    }
}
