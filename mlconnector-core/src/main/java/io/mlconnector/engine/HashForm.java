package io.mlconnector.engine;

import io.mlconnector.model.Attributes;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigDecimal;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Values written to be hashed: each has a tag and, where it may vary, its length, so that no two values look alike. The same
 * in every process, locale and JDK. For one thread.
 */
final class HashForm {

    private static final char WHOLE = 'w';

    private static final int FIRST_SIZE = 1024;
    private static final int LENGTH_BYTES = Integer.BYTES;
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final int DIGITS_OF_A_DOUBLE = 15;
    private static final double[] POWERS_OF_TEN = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15
    };
    private static final int NANO_DIGITS = 9;
    private static final long SECONDS_PER_DAY = 86_400;

    private byte[] bytes = new byte[FIRST_SIZE];
    private int length;

    /** Returns the form of a text alone. */
    static byte[] written(String text) {
        var form = new HashForm();
        form.add(text);
        return Arrays.copyOf(form.bytes, form.length);
    }

    /** Hands over a part of what was written. */
    void give(MessageDigest digest, int from, int to) {
        digest.update(bytes, from, to - from);
    }

    int length() {
        return length;
    }

    /** Forgets what was written. */
    void clear() {
        length = 0;
    }

    void add(@Nullable Object value) {
        if (value == null) {
            put('n');
        } else if (value instanceof String text) {
            addText('t', text);
        } else if (value instanceof BigDecimal decimal) {
            addDecimal(decimal);
        } else if (value instanceof Record) {
            addRecord(value);
        } else if (value instanceof LocalDate date) {
            addDate(date);
        } else if (value instanceof List<?> list) {
            addList(list);
        } else if (value instanceof Attributes attributes) {
            addMap(attributes.asMap());
        } else if (value instanceof Enum<?> constant) {
            addText('e', constant.name());
        } else if (value instanceof Instant instant) {
            addInstant(instant);
        } else if (value instanceof Map<?, ?> map) {
            addMap(map);
        } else if (value instanceof Long whole) {
            addNumber(whole);
        } else {
            addText('t', value.toString()); // flags and small numbers
        }
    }

    /** Adds what {@link #written} returned. */
    void addWritten(byte[] written) {
        reserve(written.length);
        System.arraycopy(written, 0, bytes, length, written.length);
        length += written.length;
    }

    private void addNumber(long value) {
        reserve(1 + Long.BYTES);
        bytes[length] = (byte) WHOLE;
        LONGS.set(bytes, length + 1, value);
        length += 1 + Long.BYTES;
    }

    private void addCount(char tag, int count) {
        reserve(1 + LENGTH_BYTES);
        end(tag, length + 1 + LENGTH_BYTES, count);
    }

    private void addRecord(Object value) {
        RecordShape shape = RecordShape.of(value.getClass());
        addCount('r', shape.size());
        for (int component = 0; component < shape.size(); component++) {
            add(shape.declared(component, value));
        }
    }

    private void addList(List<?> list) {
        int size = list.size();
        addCount('l', size);
        for (int i = 0; i < size; i++) { // the lists of records have random access; an iterator would be an object more
            add(list.get(i));
        }
    }

    private void addMap(Map<?, ?> map) {
        addCount('m', map.size());
        if (!map.isEmpty()) {
            map.forEach((key, value) -> {
                add(key);
                add(value);
            });
        }
    }

    private void addText(char tag, String text) {
        int letters = text.length();
        reserve(1 + LENGTH_BYTES + 3 * letters);
        int start = length + 1 + LENGTH_BYTES;
        int at = start;
        for (int i = 0; i < letters; i++) {
            char letter = text.charAt(i);
            if (letter < 0x80) {
                bytes[at++] = (byte) letter;
            } else if (letter < 0x800) {
                bytes[at++] = (byte) (0xC0 | (letter >> 6));
                bytes[at++] = (byte) (0x80 | (letter & 0x3F));
            } else if (Character.isSurrogate(letter)) {
                byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
                System.arraycopy(encoded, 0, bytes, start, encoded.length);
                at = start + encoded.length;
                break;
            } else {
                bytes[at++] = (byte) (0xE0 | (letter >> 12));
                bytes[at++] = (byte) (0x80 | ((letter >> 6) & 0x3F));
                bytes[at++] = (byte) (0x80 | (letter & 0x3F));
            }
        }
        end(tag, at);
    }

    /** Adds the plain notation without zeros at the end, so that equal numbers are equal. */
    private void addDecimal(BigDecimal decimal) {
        int scale = decimal.scale();
        if (scale < 0 || scale > DIGITS_OF_A_DOUBLE || decimal.precision() > DIGITS_OF_A_DOUBLE) {
            addText(
                    'd',
                    decimal.signum() == 0 ? "0" : decimal.stripTrailingZeros().toPlainString());
            return;
        }
        long unscaled = unscaled(decimal, scale);
        if (unscaled == 0) {
            scale = 0;
        }
        while (scale > 0 && unscaled % 10 == 0) {
            unscaled /= 10;
            scale--;
        }
        reserve(1 + LENGTH_BYTES + DIGITS_OF_A_DOUBLE + 4);
        int at = length + 1 + LENGTH_BYTES;
        if (unscaled < 0) {
            bytes[at++] = '-';
            unscaled = -unscaled;
        }
        int digits = Math.max(digits(unscaled), scale + 1);
        int end = at + digits + (scale > 0 ? 1 : 0);
        for (int to = end - 1; to >= at; to--) {
            if (scale > 0 && end - 1 - to == scale) {
                bytes[to] = '.';
            } else {
                bytes[to] = (byte) ('0' + unscaled % 10);
                unscaled /= 10;
            }
        }
        end('d', end);
    }

    /**
     * The digits of a decimal as a whole number, without an object for it. Exact, although by way of a double: with at most 15 digits
     * the two roundings, of the quotient and of the product, err together by less than 10^15 / 2^52 = 0.22 of a unit.
     */
    private static long unscaled(BigDecimal decimal, int scale) {
        return Math.round(decimal.doubleValue() * POWERS_OF_TEN[scale]);
    }

    private void addDate(LocalDate date) {
        int year = date.getYear();
        if (year < 0 || year > 9999) {
            addText('t', date.toString());
            return;
        }
        reserve(1 + LENGTH_BYTES + 10);
        end('t', putDate(length + 1 + LENGTH_BYTES, date));
    }

    private void addInstant(Instant instant) {
        long second = instant.getEpochSecond();
        long day = Math.floorDiv(second, SECONDS_PER_DAY);
        LocalDate date = Math.abs(day) > 3_000_000 ? LocalDate.MAX : LocalDate.ofEpochDay(day);
        if (date.getYear() < 0 || date.getYear() > 9999) {
            addText('t', instant.toString());
            return;
        }
        int time = (int) Math.floorMod(second, SECONDS_PER_DAY);
        reserve(1 + LENGTH_BYTES + 30);
        int at = putDate(length + 1 + LENGTH_BYTES, date);
        bytes[at++] = 'T';
        at = putDigits(at, time / 3600, 2);
        bytes[at++] = ':';
        at = putDigits(at, time / 60 % 60, 2);
        bytes[at++] = ':';
        at = putDigits(at, time % 60, 2);
        int nano = instant.getNano();
        if (nano > 0) {
            int count = NANO_DIGITS;
            while (nano % 1000 == 0) {
                nano /= 1000;
                count -= 3;
            }
            bytes[at++] = '.';
            at = putDigits(at, nano, count);
        }
        bytes[at++] = 'Z';
        end('t', at);
    }

    private int putDate(int at, LocalDate date) {
        int to = putDigits(at, date.getYear(), 4);
        bytes[to++] = '-';
        to = putDigits(to, date.getMonthValue(), 2);
        bytes[to++] = '-';
        return putDigits(to, date.getDayOfMonth(), 2);
    }

    private int putDigits(int at, int value, int count) {
        int rest = value;
        for (int to = at + count - 1; to >= at; to--) {
            bytes[to] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        return at + count;
    }

    private static int digits(long value) {
        int digits = 1;
        for (long rest = value / 10; rest > 0; rest /= 10) {
            digits++;
        }
        return digits;
    }

    /** Puts the tag and the length in front of a text that ends at {@code at}. */
    private void end(char tag, int at) {
        end(tag, at, at - length - 1 - LENGTH_BYTES);
    }

    private void end(char tag, int at, int number) {
        bytes[length] = (byte) tag;
        INTS.set(bytes, length + 1, number);
        length = at;
    }

    private void put(char tag) {
        reserve(1);
        bytes[length++] = (byte) tag;
    }

    private void reserve(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
        }
    }
}
