package io.mlconnector.engine;

import io.mlconnector.model.BusinessRecord;
import io.mlconnector.model.RecordKey;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collection;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Puts fields of one record into another of the same kind, so that a sink which writes records whole does not undo what the
 * other side has changed. Identities and references stay: they are in the words of one side.
 */
final class Merge {

    private Merge() {}

    static <T extends BusinessRecord> T of(T record, T other, Set<String> fromOther) {
        RecordComponent[] components = record.getClass().getRecordComponents();
        var values = new @Nullable Object[components.length];
        for (int i = 0; i < components.length; i++) {
            Object own = value(components[i], record);
            Object others = value(components[i], other);
            boolean taken = fromOther.contains(components[i].getName()) && !refers(own) && !refers(others);
            values[i] = taken ? others : own;
        }
        return construct(record, components, values);
    }

    private static boolean refers(@Nullable Object value) {
        if (value instanceof Collection<?> elements) {
            return elements.stream().anyMatch(Merge::refers);
        }
        return value instanceof RecordKey
                || (value instanceof Record part
                        && Arrays.stream(part.getClass().getRecordComponents())
                                .anyMatch(component -> refers(value(component, part))));
    }

    @SuppressWarnings("unchecked") // a constructor makes what its class is
    private static <T extends BusinessRecord> T construct(
            T record, RecordComponent[] components, @Nullable Object[] values) {
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            Constructor<?> constructor = record.getClass().getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return (T) constructor.newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException("cannot merge into " + record.key(), e);
        }
    }

    private static @Nullable Object value(RecordComponent component, Object record) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(record);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalArgumentException("cannot read " + component, e);
        }
    }
}
