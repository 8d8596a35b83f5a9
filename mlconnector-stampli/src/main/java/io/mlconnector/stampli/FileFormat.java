package io.mlconnector.stampli;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/** Opens files of an entity, and looks through a whole file before its first record counts. Safe for threads. */
final class FileFormat {

    private static final BigDecimal ROUNDING = new BigDecimal("0.05");

    private final FileContract<?> contract;
    private final CsvStyle style;
    private final long mostUnpacked;

    FileFormat(FileContract<?> contract, CsvStyle style, long mostUnpacked) {
        this.contract = contract;
        this.style = style;
        this.mostUnpacked = mostUnpacked;
    }

    /**
     * What is known of a file that was looked through.
     *
     * @param documents how many it holds
     * @param charset the one it is written in
     * @param scattered hashes of the keys of documents whose rows do not stand together
     * @param unused columns that no rule reads
     */
    record Verdict(int documents, Charset charset, Set<Long> scattered, Set<String> unused) {

        boolean isScattered(String key) {
            return !scattered.isEmpty() && scattered.contains(hash(key));
        }
    }

    DocumentReader open(String name, Spool spool, Charset charset) throws IOException {
        InputStream bytes = FileText.bytes(name, spool, mostUnpacked);
        return FileText.xml(name)
                ? new XmlDocuments(name, bytes, style, contract)
                : new CsvDocuments(name, FileText.text(bytes, charset), style, contract);
    }

    /**
     * Looks through a file.
     *
     * @param trailerNeeded whether a file without a trailer is not complete
     * @param rowsExpected how many rows its marker promises; -1 if it does not say
     * @throws BadFileException if no record of it may count
     * @throws IncompleteFileException if its trailer is needed and not there
     */
    Verdict look(String name, Spool spool, boolean trailerNeeded, int rowsExpected)
            throws IOException, IncompleteFileException {
        if (spool.size() == 0) {
            throw new BadFileException(name + ": it is empty");
        }
        Charset fallback = style.fallback();
        try {
            return look(name, spool, style.charset(), trailerNeeded, rowsExpected);
        } catch (BadFileException e) {
            if (fallback == null || !(e.getCause() instanceof CharacterCodingException)) {
                throw e;
            }
            return look(name, spool, fallback, trailerNeeded, rowsExpected);
        }
    }

    private Verdict look(String name, Spool spool, Charset charset, boolean trailerNeeded, int rowsExpected)
            throws IOException, IncompleteFileException {
        int documents = 0;
        int rows = 0;
        BigDecimal total = BigDecimal.ZERO;
        boolean summed = true;
        long[] keys = new long[256];
        try (DocumentReader reader = open(name, spool, charset)) {
            while (reader.next()) {
                if (documents == keys.length) {
                    keys = Arrays.copyOf(keys, documents * 2);
                }
                keys[documents++] = hash(reader.key());
                rows += reader.lines();
                BigDecimal stated = reader.total();
                summed &= stated != null;
                total = stated == null ? total : total.add(stated);
            }
            DocumentReader.Trailer trailer = reader.trailer();
            check(name, trailer, documents, rows, summed ? total : null, trailerNeeded);
            if (rowsExpected >= 0 && rowsExpected != rows) {
                throw new BadFileException(
                        name + ": its marker promises " + rowsExpected + " rows, and it has " + rows);
            }
            return new Verdict(
                    documents,
                    charset,
                    contract.lineLayout() == null ? Set.of() : doubles(Arrays.copyOf(keys, documents)),
                    reader.unused());
        } catch (ZipException | EOFException e) {
            throw new BadFileException(name + ": it is no whole gzip file: " + e.getMessage(), e);
        }
    }

    private void check(
            String name,
            DocumentReader.@Nullable Trailer trailer,
            int documents,
            int rows,
            @Nullable BigDecimal total,
            boolean trailerNeeded)
            throws IncompleteFileException {
        if (trailer == null) {
            if (trailerNeeded) {
                throw new IncompleteFileException(name + " has no trailer");
            }
            if (FileText.xml(name)) {
                throw new BadFileException(
                        name + ": the element Trailer, which shows that the file is whole, is missing");
            }
            return;
        }
        if (trailer.documents() != documents || trailer.lines() != rows) {
            throw new BadFileException(name + ": the trailer promises " + trailer.documents() + " documents with "
                    + trailer.lines() + " lines, and there are " + documents + " with " + rows);
        }
        BigDecimal promised = trailer.total();
        if (promised != null && total != null && promised.subtract(total).abs().compareTo(ROUNDING) > 0) {
            throw new BadFileException(name + ": the trailer promises a total of " + promised.toPlainString()
                    + ", and the documents have " + total.toPlainString());
        }
    }

    private static Set<Long> doubles(long[] keys) {
        Arrays.sort(keys);
        var doubles = new HashSet<Long>();
        for (int i = 1; i < keys.length; i++) {
            if (keys[i] == keys[i - 1]) {
                doubles.add(keys[i]);
            }
        }
        return doubles;
    }

    /** A hash of 64 bits, so that of a file's documents no two have the same by chance. */
    static long hash(String key) {
        long hash = 0xcbf29ce484222325L;
        for (int at = 0; at < key.length(); at++) {
            hash = (hash ^ key.charAt(at)) * 0x100000001b3L;
        }
        return hash ^ (hash >>> 29);
    }
}
