package io.mlconnector.stampli;

import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;

/** Counts how often it was read: between two reads a parser has nothing new in its buffer. For one thread. */
final class CountedReader extends FilterReader {

    private int reads;

    CountedReader(Reader text) {
        super(text);
    }

    @Override
    public int read(char[] letters, int offset, int length) throws IOException {
        reads++;
        return super.read(letters, offset, length);
    }

    @Override
    public int read() throws IOException {
        reads++;
        return super.read();
    }

    int reads() {
        return reads;
    }
}
