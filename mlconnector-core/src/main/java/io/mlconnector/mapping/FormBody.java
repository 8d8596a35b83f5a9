package io.mlconnector.mapping;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A body of {@code application/x-www-form-urlencoded}. Maps and lists become {@code name[key]} and {@code name[0]}; square
 * brackets are written as they are.
 */
final class FormBody implements Body {

    private static final byte[] HEX = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);
    private static final boolean[] PLAIN = new boolean[128];

    static {
        for (char letter : "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-*_[]".toCharArray()) {
            PLAIN[letter] = true;
        }
    }

    /** The name of a parameter, encoded. */
    static final class Name {

        private final byte[] encoded;

        private Name(byte[] encoded) {
            this.encoded = encoded;
        }

        static Name of(String parameter) {
            return new Name(FormBody.encoded(parameter));
        }
    }

    private static final int MOST_KEPT = 1 << 16;

    private byte[] bytes = new byte[256];
    private int length;

    static byte[] encoded(String text) {
        var body = new FormBody();
        body.write(text);
        return body.bytes();
    }

    byte[] bytes() {
        return Arrays.copyOf(bytes, length);
    }

    /** Returns this body emptied, for the next one; null if it has grown too large to be kept. */
    @Nullable FormBody emptied() {
        length = 0;
        return bytes.length > MOST_KEPT ? null : this;
    }

    @Override
    public void put(WriteRule<?> rule, @Nullable Object value) {
        put(rule.formName().encoded, value == null ? "" : value);
    }

    private void put(byte[] name, Object value) {
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, nested) -> put(nested(name, String.valueOf(key)), nested == null ? "" : nested));
        } else if (value instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                put(nested(name, Integer.toString(i)), list.get(i));
            }
        } else {
            reserve(name.length + 2);
            if (length > 0) {
                bytes[length++] = '&';
            }
            System.arraycopy(name, 0, bytes, length, name.length);
            length += name.length;
            bytes[length++] = '=';
            if (value instanceof Long || value instanceof Integer) {
                write(((Number) value).longValue());
            } else {
                write(value instanceof BigDecimal decimal ? decimal.toPlainString() : value.toString());
            }
        }
    }

    private void write(long number) {
        if (number == Long.MIN_VALUE) {
            write(Long.toString(number));
            return;
        }
        reserve(20);
        long rest = Math.abs(number);
        int digits = 1;
        for (long left = rest / 10; left > 0; left /= 10) {
            digits++;
        }
        if (number < 0) {
            bytes[length++] = '-';
        }
        length += digits;
        for (int at = length - 1; digits > 0; digits--, at--) {
            bytes[at] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }

    private static byte[] nested(byte[] name, String key) {
        byte[] inner = encoded(key);
        byte[] nested = Arrays.copyOf(name, name.length + inner.length + 2);
        nested[name.length] = '[';
        System.arraycopy(inner, 0, nested, name.length + 1, inner.length);
        nested[nested.length - 1] = ']';
        return nested;
    }

    private void write(String text) {
        int letters = text.length();
        reserve(3 * letters);
        for (int i = 0; i < letters; i++) {
            char letter = text.charAt(i);
            if (letter < PLAIN.length && PLAIN[letter]) {
                bytes[length++] = (byte) letter;
            } else if (letter == ' ') {
                bytes[length++] = '+';
            } else if (letter < PLAIN.length) {
                escape((byte) letter);
            } else {
                int end = i + 1;
                while (end < letters && text.charAt(end) >= PLAIN.length) {
                    end++;
                }
                byte[] encoded = text.substring(i, end).getBytes(StandardCharsets.UTF_8);
                reserve(3 * (encoded.length + letters - end));
                for (byte part : encoded) {
                    escape(part);
                }
                i = end - 1;
            }
        }
    }

    private void escape(byte part) {
        bytes[length++] = '%';
        bytes[length++] = HEX[(part >> 4) & 0xF];
        bytes[length++] = HEX[part & 0xF];
    }

    private void reserve(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
        }
    }
}
