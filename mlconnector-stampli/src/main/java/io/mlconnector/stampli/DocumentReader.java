package io.mlconnector.stampli;

import java.io.Closeable;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the documents of one file in order; no more than one is in memory. For one thread. */
interface DocumentReader extends Closeable {

    /**
     * Goes on to the next document.
     *
     * @return false at the end of the file
     * @throws BadFileException if the file cannot be read as a whole
     */
    boolean next() throws IOException;

    /** Returns the current document. Made when asked for. */
    Document document();

    /** Returns the texts that tell the current document from others of the file. */
    String key();

    /** Returns how many lines the current document has. */
    int lines();

    /** Returns the total that the current document states; null if it states none that can be read. */
    @Nullable BigDecimal total();

    /** Returns the columns that no rule uses; known once the first document was read. */
    Set<String> unused();

    /** Returns the trailer; null if there is none. Known at the end of the file. */
    @Nullable Trailer trailer();

    /**
     * What a file says about itself at its end.
     *
     * @param documents how many documents it holds
     * @param lines how many lines they have
     * @param total the sum of their totals; null if it does not say
     */
    record Trailer(int documents, int lines, @Nullable BigDecimal total) {

        static Trailer of(String file, DecimalStyle style, List<@Nullable String> texts) {
            try {
                String total = texts.get(2);
                BigDecimal sum = total == null ? null : style.read(total);
                if (sum == null && total != null && !total.isBlank()) {
                    throw new NumberFormatException(total);
                }
                return new Trailer(
                        Integer.parseInt(String.valueOf(texts.get(0)).strip()),
                        Integer.parseInt(String.valueOf(texts.get(1)).strip()),
                        sum);
            } catch (NumberFormatException e) {
                throw new BadFileException(
                        file + ": the trailer must state the numbers of documents and lines and their total: " + texts,
                        e);
            }
        }
    }
}
