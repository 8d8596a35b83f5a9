package io.mlconnector.mapping;

import io.mlconnector.spi.Lineage;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.SortedMap;

/** Makes the lineage of a mapping: its rules by top-level field, and a fingerprint of all of them. */
final class Lineages {

    private Lineages() {}

    static Lineage of(String mapping, SortedMap<String, String> rules) {
        var byField = new LinkedHashMap<String, String>();
        rules.forEach((field, text) -> {
            int dot = field.indexOf('.');
            byField.merge(dot < 0 ? field : field.substring(0, dot), text, (one, other) -> one + "; " + other);
        });
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest((mapping + rules).getBytes(StandardCharsets.UTF_8));
            return new Lineage(mapping + ":" + HexFormat.of().formatHex(digest, 0, 6), byField);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
