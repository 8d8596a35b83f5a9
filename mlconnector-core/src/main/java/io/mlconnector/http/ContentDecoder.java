package io.mlconnector.http;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;

/** Undoes {@code Content-Encoding: gzip}, which {@code java.net.http} leaves to us. */
final class ContentDecoder {

    private ContentDecoder() {}

    static byte[] decode(byte[] body, String encoding, long limit) throws IOException {
        String name = encoding.strip().toLowerCase(Locale.ROOT);
        if (body.length == 0 || name.isEmpty() || name.equals("identity")) {
            return body;
        }
        if (!name.equals("gzip") && !name.equals("x-gzip")) {
            throw new IOException("the answer has a Content-Encoding that was not asked for");
        }
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(body), 8192)) {
            ByteArrayOutputStream out = new ByteArrayOutputStream(Math.max(64, body.length));
            byte[] chunk = new byte[8192];
            for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                if (out.size() + (long) read > limit) {
                    throw new BodyTooLargeException(limit);
                }
                out.write(chunk, 0, read);
            }
            return out.toByteArray();
        }
    }
}
