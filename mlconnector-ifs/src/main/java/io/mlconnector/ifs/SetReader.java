package io.mlconnector.ifs;

import io.mlconnector.mapping.Row;
import io.mlconnector.spi.ConfigurationException;
import java.util.ArrayList;
import java.util.List;

/** Reads one of the sets of a role: writes its conditions, its order and its keys. Safe for threads. */
final class SetReader {

    private final ODataClient client;
    private final MetadataCache metadata;
    private final EntitySet entity;
    private final SetPath path;
    private final RowShape shape;
    private final String company;

    SetReader(
            ODataClient client,
            MetadataCache metadata,
            EntitySet entity,
            SetPath path,
            RowShape shape,
            String company) {
        this.client = client;
        this.metadata = metadata;
        this.entity = entity;
        this.path = path;
        this.shape = shape;
        this.company = company;
    }

    SetPath path() {
        return path;
    }

    EntitySet entity() {
        return entity;
    }

    RowShape shape() {
        return shape;
    }

    /** What every row of the set must fulfil: the company, and the condition of the configuration. */
    List<String> standing() {
        var conditions = new ArrayList<String>();
        for (KeyPart key : entity.keys()) {
            if (key.name().equals(EntitySet.COMPANY)) {
                conditions.add(key.name() + " eq " + literal(key, company));
            }
        }
        if (!entity.filter().isEmpty()) {
            conditions.add("(" + entity.filter() + ")");
        }
        return conditions;
    }

    ODataClient.Answered page(List<String> conditions, List<String> orderBy, List<String> select, int top, int skip) {
        var all = new ArrayList<>(standing());
        all.addAll(conditions);
        return client.page(path, new Query(Filters.all(all), orderBy, select, top, skip), shape.layout());
    }

    List<Row> rows(List<String> conditions, List<String> orderBy, int top, int skip) {
        return page(conditions, orderBy, shape.layout().paths(), top, skip).rows();
    }

    /** The literals of a key. */
    List<String> literals(List<String> key) {
        var literals = new ArrayList<String>(key.size());
        for (int at = 0; at < key.size(); at++) {
            literals.add(literal(entity.keys().get(at), key.get(at)));
        }
        return literals;
    }

    String literal(KeyPart part, String value) {
        try {
            return EdmLiteral.of(value, metadata.typeOf(path, part));
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(
                    part.name() + " of " + path + " " + e.getMessage() + "; the setting keys names its type");
        }
    }

    ODataClient client() {
        return client;
    }
}
