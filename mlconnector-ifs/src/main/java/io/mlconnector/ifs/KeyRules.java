package io.mlconnector.ifs;

import io.mlconnector.mapping.Conversions;
import io.mlconnector.mapping.Field;
import io.mlconnector.mapping.RecordMapping;
import io.mlconnector.mapping.Values;
import java.util.List;

/** The rules that read the key of a row, and the columns that every mapping needs besides. */
final class KeyRules {

    private final List<Field<String>> parts;

    private KeyRules(List<Field<String>> parts) {
        this.parts = parts;
    }

    /** The rules of a record of its own, whose version is read too, and its stamp where changes are found by it. */
    static KeyRules of(RecordMapping.Rules<?> rules, EntitySet set) {
        rules.alsoRead(RowShape.ETAG);
        if (set.changes() == Changes.MODIFIED) {
            rules.alsoRead(set.modifiedField());
        }
        return ofDetail(rules, set);
    }

    /** The rules of a part of a record. */
    static KeyRules ofDetail(RecordMapping.Rules<?> rules, EntitySet set) {
        List<String> names = set.keyNames();
        List<Field<String>> parts = names.stream()
                .map(name -> rules.required(names.size() == 1 ? "key" : "key." + name, name, Conversions.id()))
                .toList();
        names.forEach(rules::alsoRead);
        return new KeyRules(parts);
    }

    String id(Values values) {
        return RecordIds.join(parts.stream().map(part -> part.of(values)).toList());
    }
}
