package io.mlconnector.stampli;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream of unpacked bytes that ends with a fault where they are too many, by number or by how little they were packed from. */
final class BoundedUnpacking extends FilterInputStream {

    private static final long SMALL = 8L << 20;
    private static final int HIGHEST_RATIO = 200;

    private final String file;
    private final long most;
    private final long packed;
    private long unpacked;

    BoundedUnpacking(String file, InputStream content, long packed, long most) {
        super(content);
        this.file = file;
        this.packed = packed;
        this.most = most;
    }

    @Override
    public int read() throws IOException {
        int read = super.read();
        count(read < 0 ? 0 : 1);
        return read;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int read = super.read(bytes, offset, length);
        count(Math.max(0, read));
        return read;
    }

    private void count(int read) {
        unpacked += read;
        if (unpacked > most) {
            throw new BadFileException(
                    file + ": it unpacks to more than maxUnpackedSize (" + most + " bytes) from " + packed + " bytes");
        }
        if (unpacked > SMALL && unpacked / HIGHEST_RATIO > packed) {
            throw new BadFileException(file + ": it unpacks to more than " + HIGHEST_RATIO + " times its " + packed
                    + " bytes, as only files do that are made to fill a disk");
        }
    }
}
