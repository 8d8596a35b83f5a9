package io.mlconnector.ifs;

import io.mlconnector.mapping.Row;
import io.mlconnector.spi.ConfigurationException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads single rows by the id of their record. Safe for threads. */
final class KeyReader {

    private final List<SetReader> readers;
    private final String company;

    /**
     * @param readers the sets that may have the row, in the order of looking
     */
    KeyReader(List<SetReader> readers, String company) {
        this.readers = readers;
        this.company = company;
    }

    Optional<Row> read(String id) {
        for (SetReader reader : readers) {
            Optional<Row> row = read(reader, id);
            if (row.isPresent()) {
                return row;
            }
        }
        return Optional.empty();
    }

    private Optional<Row> read(SetReader reader, String id) {
        List<KeyPart> keys = reader.entity().keys();
        List<String> values = RecordIds.split(id, keys.size());
        if (values.size() != keys.size() || isOfAnotherCompany(keys, values)) {
            return Optional.empty();
        }
        Optional<String> encoded = encoded(reader, values);
        if (encoded.isEmpty()) {
            return Optional.empty();
        }
        Optional<Row> row =
                reader.client().row(reader.path(), encoded.get(), reader.shape().layout());
        // Gateways may refuse an encoded slash in a path, but not in a query.
        return row.isPresent() || !encoded.get().contains("%2F") ? row : filtered(reader, values);
    }

    /** A key as it stands in a path; empty if a value is not of its column's type, so that no row has it. */
    static Optional<String> encoded(SetReader reader, List<String> values) {
        List<String> literals;
        try {
            literals = reader.literals(values);
        } catch (ConfigurationException e) {
            return Optional.empty();
        }
        List<KeyPart> keys = reader.entity().keys();
        var key = new ArrayList<String>();
        for (int at = 0; at < literals.size(); at++) {
            key.add(keys.get(at).name() + "=" + PercentEncoding.ofKey(literals.get(at)));
        }
        return Optional.of(String.join(",", key));
    }

    private static Optional<Row> filtered(SetReader reader, List<String> values) {
        List<String> names = reader.entity().keyNames();
        String condition = Filters.among(names, List.of(reader.literals(values)));
        return reader.rows(List.of(condition), names, 2, 0).stream().findFirst();
    }

    private boolean isOfAnotherCompany(List<KeyPart> keys, List<String> values) {
        for (int at = 0; at < keys.size(); at++) {
            if (keys.get(at).name().equals(EntitySet.COMPANY) && !values.get(at).equals(company)) {
                return true;
            }
        }
        return false;
    }
}
