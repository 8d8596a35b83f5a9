package io.mlconnector.stampli;

import io.mlconnector.mapping.Conversions;
import io.mlconnector.mapping.Row;
import io.mlconnector.mapping.RowMapper;
import io.mlconnector.model.BusinessRecord;
import io.mlconnector.spi.MappingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes records of documents, and says of a fault where it stands. For one thread.
 *
 * @param <T> the kind of record
 */
final class DocumentMapper<T extends BusinessRecord> {

    private static final int LONGEST_ID = 200;

    private final FileContract<T> contract;
    private final RowMapper<T> rows;

    DocumentMapper(FileContract<T> contract) {
        this.contract = contract;
        this.rows = contract.mapping().mapper();
    }

    /**
     * Returns the record.
     *
     * @throws MappingException with every fault, each with file, line and column
     */
    T map(String file, Document document) {
        if (!document.faults().isEmpty()) {
            throw new MappingException(document.faults());
        }
        try {
            return rows.map(document.row());
        } catch (MappingException e) {
            throw new MappingException(Places.of(file, document, e.faults()));
        }
    }

    /** Returns the id that a document's columns make; null if one is missing. */
    @Nullable String id(Document document) {
        var parts = new ArrayList<@Nullable String>();
        contract.identity().forEach(column -> parts.add(text(document.row(), column)));
        String id = FileContract.id(parts);
        return id == null || id.length() > LONGEST_ID ? null : id;
    }

    int revision(Document document) {
        String text = text(document.row(), FileSource.REVISION);
        try {
            return text == null ? 1 : Integer.parseInt(text.strip());
        } catch (NumberFormatException e) {
            return 1; // its rule has refused it already
        }
    }

    /** Returns when Stampli wrote the record; null if the file does not say. */
    @Nullable Instant exportedAt(Document document) {
        String text = text(document.row(), FileSource.EXPORTED_AT);
        text = text == null ? text(document.row(), FileSource.UPDATED_AT) : text;
        try {
            return text == null ? null : Conversions.instantOf(text.strip());
        } catch (DateTimeException e) {
            return null; // it only gives an order
        }
    }

    private @Nullable String text(Row row, String column) {
        return contract.layout().paths().contains(column)
                ? row.text(contract.layout().slot(column))
                : null;
    }

    /** Returns a hash of everything that a record says. */
    static String hash(BusinessRecord record) {
        byte[] text = record.toString().getBytes(StandardCharsets.UTF_8);
        return HexFormat.of().formatHex(Spool.digest().digest(text), 0, 12);
    }

    List<String> identity() {
        return contract.identity();
    }
}
