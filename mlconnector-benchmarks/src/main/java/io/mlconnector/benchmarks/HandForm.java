package io.mlconnector.benchmarks;

import io.mlconnector.model.Invoice;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The body of a form written by hand into one buffer. For one thread. */
final class HandForm {

    private static final byte[] HEX = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] CUSTOMER = ascii("customer=");
    private static final byte[] CURRENCY = ascii("&currency=");
    private static final byte[] AMOUNT = ascii("&amount=");
    private static final byte[] DUE_DATE = ascii("&due_date=");
    private static final byte[] DESCRIPTION = ascii("&description=");
    private static final byte[] NUMBER = ascii("&number=");
    private static final byte[] COMPANY = ascii("&metadata[company]=");
    private static final byte[] REGION = ascii("&metadata[region]=");
    private static final byte[] SYSTEM = ascii("&metadata[system]=");

    private byte[] bytes = new byte[1024];
    private int length;

    byte[] of(Invoice invoice) {
        begin();
        add(CUSTOMER, invoice.customer().id());
        add(CURRENCY, invoice.total().currency());
        add(AMOUNT, invoice.total().amount().movePointRight(2).longValueExact());
        if (invoice.dueOn() != null) {
            add(DUE_DATE, invoice.dueOn().toEpochDay() * 86_400);
        }
        if (invoice.memo() != null) {
            add(DESCRIPTION, invoice.memo());
        }
        add(NUMBER, invoice.number());
        if (invoice.company() != null) {
            add(COMPANY, invoice.company());
        }
        String region = invoice.attributes().asMap().get("region");
        if (region != null) {
            add(REGION, region);
        }
        add(SYSTEM, invoice.key().connection());
        return Arrays.copyOf(bytes, length);
    }

    void begin() {
        length = 0;
    }

    /** Adds something, and returns the whole body. */
    byte[] end(byte[] last) {
        put(last);
        return Arrays.copyOf(bytes, length);
    }

    private void add(byte[] name, String value) {
        put(name);
        boolean ascii = true;
        for (int i = 0; i < value.length(); i++) {
            ascii &= value.charAt(i) < 0x80;
        }
        if (ascii) {
            for (int i = 0; i < value.length(); i++) {
                put((byte) value.charAt(i));
            }
        } else {
            for (byte letter : value.getBytes(StandardCharsets.UTF_8)) {
                put(letter);
            }
        }
    }

    void add(byte[] name, long value) {
        put(name);
        put(ascii(Long.toString(value)));
    }

    /** Adds text that is UTF-8 already. */
    void add(byte[] name, byte[] text, int from, int to) {
        put(name);
        for (int at = from; at < to; at++) {
            put(text[at]);
        }
    }

    private void put(byte[] plain) {
        reserve(plain.length);
        System.arraycopy(plain, 0, bytes, length, plain.length);
        length += plain.length;
    }

    private void put(byte letter) {
        reserve(3);
        if ((letter >= 'a' && letter <= 'z')
                || (letter >= '0' && letter <= '9')
                || (letter >= 'A' && letter <= 'Z')
                || ".-*_[]".indexOf(letter) >= 0) {
            bytes[length++] = letter;
        } else if (letter == ' ') {
            bytes[length++] = '+';
        } else {
            bytes[length++] = '%';
            bytes[length++] = HEX[(letter >> 4) & 15];
            bytes[length++] = HEX[letter & 15];
        }
    }

    private void reserve(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, 2 * bytes.length + more);
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
