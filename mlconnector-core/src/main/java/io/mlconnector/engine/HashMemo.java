package io.mlconnector.engine;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Remembers the hashes of short forms, because companies, states, dates and missing values repeat from record to record. A
 * place for each form, which is compared byte by byte; the last one stays. For one thread.
 */
final class HashMemo {

    /** What SHA-256 takes in one block. */
    static final int LONGEST = 55;

    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int PLACES = 256;
    private static final int WIDTH = 56;
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    private final byte[] forms = new byte[PLACES * WIDTH];
    private final byte[] lengths = new byte[PLACES];
    private final long[] hashes = new long[PLACES];

    /** Returns the place of a form, whose bytes are zero from its length up to {@link #LONGEST}. */
    static int place(byte[] form, int length) {
        long mixed = length;
        for (int at = 0; at < length; at += Long.BYTES) {
            mixed = (mixed ^ (long) WORDS.get(form, at)) * SPREAD;
            mixed ^= mixed >>> 32;
        }
        return (int) mixed & (PLACES - 1);
    }

    boolean knows(int place, byte[] form, int length) {
        int start = place * WIDTH;
        return lengths[place] == length && Arrays.equals(forms, start, start + length, form, 0, length);
    }

    long hash(int place) {
        return hashes[place];
    }

    void remember(int place, byte[] form, int length, long hash) {
        System.arraycopy(form, 0, forms, place * WIDTH, length);
        lengths[place] = (byte) length;
        hashes[place] = hash;
    }
}
