package io.mlconnector.stampli;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** Opens the content of a file: unpacks it, and decodes it without replacing anything. */
final class FileText {

    private FileText() {}

    static boolean packed(String name) {
        return name.toLowerCase(Locale.ROOT).endsWith(".gz");
    }

    static boolean xml(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.endsWith(".xml") || lower.endsWith(".xml.gz");
    }

    /** Returns the bytes of a file, unpacked if its name ends in {@code .gz}. */
    static InputStream bytes(String name, Spool spool, long mostUnpacked) throws IOException {
        InputStream content = new BufferedInputStream(spool.content(), 65_536);
        if (!packed(name)) {
            return content;
        }
        try {
            return new BufferedInputStream(
                    new BoundedUnpacking(name, new GZIPInputStream(content, 65_536), spool.size(), mostUnpacked),
                    65_536);
        } catch (ZipException e) {
            throw new BadFileException(name + ": it is no gzip file: " + e.getMessage(), e);
        }
    }

    /** Returns the letters of a file. A byte order mark tells the charset; it is no part of the text. */
    static Reader text(InputStream bytes, Charset charset) throws IOException {
        bytes.mark(4);
        byte[] mark = bytes.readNBytes(3);
        bytes.reset();
        Charset marked = charset;
        int skip = 0;
        if (mark.length >= 2 && mark[0] == (byte) 0xFF && mark[1] == (byte) 0xFE) {
            marked = StandardCharsets.UTF_16LE;
            skip = 2;
        } else if (mark.length >= 2 && mark[0] == (byte) 0xFE && mark[1] == (byte) 0xFF) {
            marked = StandardCharsets.UTF_16BE;
            skip = 2;
        } else if (mark.length == 3 && mark[0] == (byte) 0xEF && mark[1] == (byte) 0xBB && mark[2] == (byte) 0xBF) {
            marked = StandardCharsets.UTF_8;
            skip = 3;
        }
        bytes.skipNBytes(skip);
        return new InputStreamReader(
                bytes,
                marked.newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT));
    }
}
