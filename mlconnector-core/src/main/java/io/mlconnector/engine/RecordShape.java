package io.mlconnector.engine;

import java.lang.invoke.LambdaMetafactory;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The components of a class of records, by declaration and by name, read without reflection. Made once for each class. */
final class RecordShape {

    static final RecordShape NOTHING = new RecordShape(List.of());

    private static final ClassValue<RecordShape> SHAPES = new ClassValue<>() {
        @Override
        protected RecordShape computeValue(Class<?> type) {
            RecordComponent[] components = type.getRecordComponents();
            if (components == null) {
                throw new IllegalArgumentException(type.getName() + " must be a Java record");
            }
            var parts = new ArrayList<Component>();
            for (RecordComponent component : components) {
                parts.add(new Component(component.getName(), reader(type, component.getAccessor())));
            }
            return new RecordShape(parts);
        }
    };

    private record Component(String name, Function<Object, @Nullable Object> reader) {}

    private final List<Function<Object, @Nullable Object>> declared;
    private final List<Function<Object, @Nullable Object>> sorted;
    private final List<String> names;
    private final byte[][] writtenNames;

    private RecordShape(List<Component> components) {
        this.declared = components.stream().map(Component::reader).toList();
        List<Component> byName = components.stream()
                .sorted(Comparator.comparing(Component::name))
                .toList();
        this.sorted = byName.stream().map(Component::reader).toList();
        this.names = byName.stream().map(Component::name).toList();
        this.writtenNames = names.stream().map(HashForm::written).toArray(byte[][]::new);
    }

    static RecordShape of(Class<?> type) {
        return SHAPES.get(type);
    }

    int size() {
        return declared.size();
    }

    /** Returns the value of a component, in the order of their declaration. */
    @Nullable Object declared(int component, Object record) {
        return declared.get(component).apply(record);
    }

    /** Returns the value of a component, in the order of their names. */
    @Nullable Object sorted(int component, Object record) {
        return sorted.get(component).apply(record);
    }

    /** The names in alphabetical order. */
    List<String> names() {
        return names;
    }

    byte[] writtenName(int component) {
        return writtenNames[component];
    }

    @SuppressWarnings("unchecked") // the factory makes what it is told to make
    private static Function<Object, @Nullable Object> reader(Class<?> type, Method accessor) {
        accessor.setAccessible(true);
        try {
            MethodHandles.Lookup lookup = MethodHandles.privateLookupIn(type, MethodHandles.lookup());
            MethodHandle handle = lookup.unreflect(accessor);
            return (Function<Object, @Nullable Object>) LambdaMetafactory.metafactory(
                            lookup,
                            "apply",
                            MethodType.methodType(Function.class),
                            MethodType.methodType(Object.class, Object.class),
                            handle,
                            handle.type().wrap())
                    .getTarget()
                    .invoke();
        } catch (IllegalAccessException e) {
            // a module that exports the record and does not open it
            return record -> invoked(accessor, record);
        } catch (Throwable e) {
            throw new IllegalArgumentException("cannot read " + accessor, e);
        }
    }

    private static @Nullable Object invoked(Method accessor, Object record) {
        try {
            return accessor.invoke(record);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalArgumentException("cannot read " + accessor, e);
        }
    }
}
