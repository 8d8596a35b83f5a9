package io.mlconnector.benchmarks;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.MessageDigest;
import java.util.Arrays;

/**
 * The floor: the bytes of a page searched by hand for the names that are needed, no object made of a row, the form written
 * and the fields hashed straight from their bytes. Relies on a page without escapes in needed values. For one thread.
 */
final class ByteSlices {

    private static final byte[][] NAMES = names(
            "Identity",
            "Currency",
            "GrossCurrAmount",
            "DueDate",
            "Note",
            "InvoiceNo",
            "Company",
            "Cf_Region",
            "InvoiceId",
            "InvoiceDate",
            "NetCurrAmount",
            "VatCurrAmount",
            "LastModified",
            "Lines");
    private static final byte[][] PARAMETERS = names(
            "customer=",
            "&currency=",
            "&amount=",
            "&due_date=",
            "&description=",
            "&number=",
            "&metadata[company]=",
            "&metadata[region]=");
    private static final byte[] SYSTEM = "&metadata[system]=erp".getBytes(US_ASCII);
    private static final int AMOUNT = 2;
    private static final int DUE_DATE = 3;
    private static final int NOTE = 4;

    /** Takes what was made of a row. */
    @FunctionalInterface
    interface Rows {

        void take(byte[] form, byte[] hash);
    }

    private final HandForm form = new HandForm();
    private final MessageDigest digest = Sha256.digest();
    private final int[] starts = new int[NAMES.length];
    private final int[] ends = new int[NAMES.length];

    void read(byte[] page, Rows rows) {
        int at = find(page);
        while (at >= 0) {
            rows.take(form(page), hash(page));
            at = page[at] == ',' ? row(page, at + 1) : -1;
        }
    }

    /** Walks every value and keeps nothing: the least that a decoder can do. */
    int scan(byte[] page) {
        int rows = 0;
        int at = find(page);
        while (at >= 0) {
            rows++;
            at = page[at] == ',' ? row(page, at + 1) : -1;
        }
        return rows;
    }

    private int find(byte[] page) {
        int at = 0;
        while (page[at] != '[') {
            at++;
        }
        return page[at + 1] == ']' ? -1 : row(page, at + 1);
    }

    /** Notes where the values stand of the row that begins here, and returns what is behind it. */
    private int row(byte[] page, int from) {
        Arrays.fill(ends, 0);
        int at = from;
        while (page[at] != '}') {
            int name = at + 2;
            int nameEnd = stringEnd(page, name);
            int value = nameEnd + 2;
            int end = valueEnd(page, value);
            int slot = slot(page, name, nameEnd);
            if (slot >= 0) {
                boolean quoted = page[value] == '"';
                starts[slot] = quoted ? value + 1 : value;
                ends[slot] = quoted ? end - 1 : end;
            }
            at = end;
        }
        return at + 1;
    }

    private static int stringEnd(byte[] page, int from) {
        int at = from;
        while (page[at] != '"') {
            at += page[at] == '\\' ? 2 : 1;
        }
        return at;
    }

    private static int valueEnd(byte[] page, int from) {
        int at = from;
        int depth = 0;
        do {
            switch (page[at]) {
                case '"' -> at = stringEnd(page, at + 1);
                case '[', '{' -> depth++;
                case ']', '}' -> depth--;
                default -> {}
            }
            at++;
        } while (depth > 0 || (page[at] != ',' && page[at] != '}'));
        return at;
    }

    private static int slot(byte[] page, int from, int to) {
        for (int slot = 0; slot < NAMES.length; slot++) {
            byte[] name = NAMES[slot];
            if (name.length == to - from
                    && name[0] == page[from]
                    && Arrays.equals(page, from, to, name, 0, name.length)) {
                return slot;
            }
        }
        return -1;
    }

    private byte[] form(byte[] page) {
        form.begin();
        for (int slot = 0; slot < PARAMETERS.length; slot++) {
            if (slot == AMOUNT) {
                form.add(PARAMETERS[slot], minorUnits(page, starts[slot], ends[slot]));
            } else if (slot == DUE_DATE) {
                form.add(PARAMETERS[slot], epochDay(page, starts[slot]) * 86_400);
            } else if (slot != NOTE || page[starts[slot] - 1] == '"') {
                form.add(PARAMETERS[slot], page, starts[slot], ends[slot]);
            }
        }
        return form.end(SYSTEM);
    }

    private byte[] hash(byte[] page) {
        for (int slot = 0; slot < NAMES.length; slot++) {
            digest.update((byte) slot);
            digest.update(page, starts[slot], ends[slot] - starts[slot]);
        }
        return digest.digest();
    }

    /** Of a number with two decimals. */
    private static long minorUnits(byte[] page, int from, int to) {
        long value = 0;
        for (int at = from; at < to; at++) {
            if (page[at] != '.') {
                value = value * 10 + page[at] - '0';
            }
        }
        return value;
    }

    private static long epochDay(byte[] page, int from) {
        long year = digits(page, from, 4);
        int month = digits(page, from + 5, 2);
        int day = digits(page, from + 8, 2);
        // days of a calendar whose year begins in March, so that the odd day comes last
        long shifted = month <= 2 ? year - 1 : year;
        int monthFromMarch = (month + 9) % 12;
        return 365 * shifted
                + shifted / 4
                - shifted / 100
                + shifted / 400
                + (153L * monthFromMarch + 2) / 5
                + day
                - 719_469;
    }

    private static int digits(byte[] page, int from, int count) {
        int value = 0;
        for (int at = from; at < from + count; at++) {
            value = value * 10 + page[at] - '0';
        }
        return value;
    }

    private static byte[][] names(String... names) {
        return Arrays.stream(names).map(name -> name.getBytes(US_ASCII)).toArray(byte[][]::new);
    }
}
