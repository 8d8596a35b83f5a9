package io.mlconnector.ifs;

import io.mlconnector.mapping.Row;
import io.mlconnector.spi.ConfigurationException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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

    /** A row, and when the server answered; null if it did not say. */
    record Found(Row row, @Nullable Instant sentAt) {}

    Optional<Found> read(String id) {
        for (SetReader reader : readers) {
            Optional<Found> row = read(reader, id);
            if (row.isPresent()) {
                return row;
            }
        }
        return Optional.empty();
    }

    private Optional<Found> read(SetReader reader, String id) {
        List<KeyPart> keys = reader.entity().keys();
        List<String> values = RecordIds.split(id, keys.size());
        if (values.size() != keys.size() || isOfAnotherCompany(keys, values)) {
            return Optional.empty();
        }
        Optional<String> encoded = encoded(reader, values);
        if (encoded.isEmpty()) {
            return Optional.empty();
        }
        Optional<Found> row = reader.client()
                .answeredRow(reader.path(), encoded.get(), reader.shape().layout())
                .map(answered -> new Found(answered.row(), answered.sentAt()));
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

    private static Optional<Found> filtered(SetReader reader, List<String> values) {
        List<String> names = reader.entity().keyNames();
        String condition = Filters.among(names, List.of(reader.literals(values)));
        ODataClient.Answered answered =
                reader.page(List.of(condition), names, reader.shape().layout().paths(), 2, 0);
        return answered.rows().stream().findFirst().map(row -> new Found(row, answered.sentAt()));
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
