package io.mlconnector.engine;

/**
 * Remembers which ids a scan has listed, as hashes of 64 bits: about 16 bytes each. Two ids that share a hash, which is
 * next to impossible, would keep one deletion from being noticed, and never cause one. For one thread.
 */
final class SeenKeys {

    private final Fingerprinter fingerprinter = new Fingerprinter();
    private long[] table = new long[1024];
    private int size;

    void add(String id) {
        if (size * 2 >= table.length) {
            grow();
        }
        if (put(table, hash(id))) {
            size++;
        }
    }

    boolean contains(String id) {
        long hash = hash(id);
        int slot = slot(table, hash);
        while (table[slot] != 0) {
            if (table[slot] == hash) {
                return true;
            }
            slot = (slot + 1) & (table.length - 1);
        }
        return false;
    }

    boolean isEmpty() {
        return size == 0;
    }

    private long hash(String id) {
        long hash = fingerprinter.ofText(id);
        return hash == 0 ? 1 : hash; // zero marks an empty slot
    }

    private void grow() {
        long[] larger = new long[table.length * 2];
        for (long hash : table) {
            if (hash != 0) {
                put(larger, hash);
            }
        }
        table = larger;
    }

    private static boolean put(long[] table, long hash) {
        int slot = slot(table, hash);
        while (table[slot] != 0) {
            if (table[slot] == hash) {
                return false;
            }
            slot = (slot + 1) & (table.length - 1);
        }
        table[slot] = hash;
        return true;
    }

    private static int slot(long[] table, long hash) {
        return (int) hash & (table.length - 1);
    }
}
