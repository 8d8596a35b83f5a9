package io.mlconnector.engine;

import io.mlconnector.model.Attributes;
import io.mlconnector.model.BusinessRecord;
import io.mlconnector.spi.Fingerprint;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Hashes a record field by field: the first 64 bits of SHA-256 over a form that is the same in every process, locale and
 * JDK. Numbers are hashed by value, so 1.0 equals 1.00. For one thread.
 */
final class Fingerprinter {

    private static final ClassValue<Method[]> ACCESSORS = new ClassValue<>() {
        @Override
        protected Method[] computeValue(Class<?> type) {
            RecordComponent[] components = type.getRecordComponents();
            if (components == null) {
                throw new IllegalArgumentException(type.getName() + " must be a Java record");
            }
            return Arrays.stream(components)
                    .map(RecordComponent::getAccessor)
                    .peek(accessor -> accessor.setAccessible(true))
                    .toArray(Method[]::new);
        }
    };

    private final MessageDigest digest;
    private final ByteBuffer number = ByteBuffer.allocate(Long.BYTES);

    Fingerprinter() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    Fingerprint of(BusinessRecord record) {
        var fields = new TreeMap<String, Long>();
        for (Method accessor : ACCESSORS.get(record.getClass())) {
            add(value(accessor, record));
            fields.put(accessor.getName(), first64Bits());
        }
        fields.forEach((name, hash) -> {
            add(name);
            add(hash);
        });
        return new Fingerprint(first64Bits(), fields);
    }

    /** Returns a stable text of 40 hexadecimal digits for a list of parts. */
    String key(Object... parts) {
        for (Object part : parts) {
            add(part);
        }
        return HexFormat.of().formatHex(digest.digest(), 0, 20);
    }

    /** Returns the hash of a text, for payloads that are no record. */
    long ofText(String text) {
        add(text);
        return first64Bits();
    }

    private long first64Bits() {
        return ByteBuffer.wrap(digest.digest()).getLong();
    }

    private void add(@Nullable Object value) {
        if (value == null) {
            digest.update((byte) 'n');
        } else if (value instanceof BigDecimal decimal) {
            addText(
                    'd',
                    decimal.signum() == 0 ? "0" : decimal.stripTrailingZeros().toPlainString());
        } else if (value instanceof Attributes attributes) {
            addMap(attributes.asMap());
        } else if (value instanceof List<?> list) {
            addNumber('l', list.size());
            list.forEach(this::add);
        } else if (value instanceof Map<?, ?> map) {
            addMap(map);
        } else if (value instanceof Record) {
            Method[] accessors = ACCESSORS.get(value.getClass());
            addNumber('r', accessors.length);
            for (Method accessor : accessors) {
                add(value(accessor, value));
            }
        } else if (value instanceof Enum<?> constant) {
            addText('e', constant.name());
        } else if (value instanceof Long whole) {
            addNumber('w', whole);
        } else {
            addText('t', value.toString()); // texts, instants, dates, flags
        }
    }

    private void addMap(Map<?, ?> map) {
        addNumber('m', map.size());
        map.forEach((key, value) -> {
            add(key);
            add(value);
        });
    }

    private void addText(char tag, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        addNumber(tag, bytes.length);
        digest.update(bytes);
    }

    private void addNumber(char tag, long value) {
        digest.update((byte) tag);
        digest.update(number.clear().putLong(value).flip());
    }

    private static @Nullable Object value(Method accessor, Object record) {
        try {
            return accessor.invoke(record);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalArgumentException("cannot read " + accessor, e);
        }
    }
}
