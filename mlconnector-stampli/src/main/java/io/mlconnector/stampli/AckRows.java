package io.mlconnector.stampli;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** The acknowledgement of a file, a row for each of its documents. Kept in a spool, not in memory. For one thread. */
final class AckRows implements Closeable {

    /** What became of a document, in the words of the vendor's own connectors. */
    enum Result {
        /** It was taken over. */
        OK,
        /** It was taken over before. */
        DUPLICATE,
        /** It has a fault. */
        REJECTED
    }

    private final FileChannel channel;
    private final Writer rows;
    private final String file;
    private final InstantSource clock;

    AckRows(String file, @Nullable Path directory, InstantSource clock) {
        this.file = file;
        this.clock = clock;
        try {
            this.channel = Spool.open(directory);
            this.rows = Channels.newWriter(channel, StandardCharsets.UTF_8);
            rows.write("file,invoice_id,invoice_number,result,erp_id,message,processed_at\r\n");
        } catch (IOException e) {
            throw new UncheckedIOException("the acknowledgement of " + file + " cannot be written", e);
        }
    }

    void add(@Nullable String stampliId, @Nullable String number, Result result, String message) {
        try {
            rows.write(String.join(
                    ",",
                    cell(file),
                    cell(stampliId),
                    cell(number),
                    result.name(),
                    "",
                    cell(message),
                    clock.instant().toString()));
            rows.write("\r\n");
        } catch (IOException e) {
            throw new UncheckedIOException("the acknowledgement of " + file + " cannot be written", e);
        }
    }

    /** Quotes where needed; what a spreadsheet would take for a formula begins with an apostrophe. */
    private static String cell(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return "";
        }
        String safe = "=+-@\t\r".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
        boolean plain = safe.chars().noneMatch(letter -> letter == ',' || letter == '"' || letter < ' ');
        return plain ? safe : '"' + safe.replace("\"", "\"\"") + '"';
    }

    InputStream content() throws IOException {
        rows.flush();
        return Spool.content(channel);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
