package io.mlconnector.ifs;

import io.mlconnector.spi.Lineage;
import java.util.LinkedHashMap;

/** Joins what two mappings tell about one record. */
final class Lineages {

    private Lineages() {}

    static Lineage joined(Lineage header, Lineage details) {
        var rules = new LinkedHashMap<>(header.rules());
        details.rules().forEach((field, text) -> {
            if (!field.equals("key")) {
                rules.merge(field, text, (one, other) -> one + "; " + other);
            }
        });
        return new Lineage(header.fingerprint() + "+" + details.fingerprint(), rules);
    }
}
