package io.mlconnector.stripe;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.mlconnector.mapping.Row;
import io.mlconnector.mapping.RowLayout;
import io.mlconnector.spi.MappingException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads Stripe's JSON without believing in it: what is missing, null or of another kind is null. */
final class Wire {

    private Wire() {}

    static @Nullable String text(@Nullable JsonObject object, String... path) {
        JsonElement found = at(object, path);
        return found != null && found.isJsonPrimitive() ? found.getAsString() : null;
    }

    /** Returns a text that must be there. */
    static String id(JsonObject object) {
        String id = text(object, "id");
        if (id == null || id.isEmpty()) {
            throw new IllegalArgumentException("an object without an id");
        }
        return id;
    }

    static long number(@Nullable JsonObject object, String... path) {
        BigDecimal found = decimal(object, path);
        try {
            return found == null ? 0 : found.longValueExact();
        } catch (ArithmeticException e) {
            return 0;
        }
    }

    /** Returns an amount in minor units, which must be there. */
    static long units(@Nullable JsonObject object, String name) {
        BigDecimal found = decimal(object, name);
        if (found != null && found.scale() <= 0 && found.precision() <= 18) {
            return found.longValueExact();
        }
        throw new MappingException(
                reference(object, "id") + ": " + name + " must be a whole number: " + text(object, name));
    }

    static @Nullable BigDecimal decimal(@Nullable JsonObject object, String... path) {
        String text = text(object, path);
        if (text == null || text.length() > 60) {
            return null;
        }
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    static boolean flag(@Nullable JsonObject object, String... path) {
        return "true".equals(text(object, path));
    }

    static @Nullable JsonObject object(@Nullable JsonObject object, String... path) {
        return at(object, path) instanceof JsonObject found ? found : null;
    }

    static List<JsonObject> objects(@Nullable JsonObject object, String... path) {
        var found = new ArrayList<JsonObject>();
        JsonElement array = at(object, path);
        if (array != null && array.isJsonArray()) {
            for (JsonElement element : array.getAsJsonArray()) {
                if (element instanceof JsonObject item) {
                    found.add(item);
                }
            }
        }
        return found;
    }

    /** Returns the id of what a field refers to, whether it was expanded or not. */
    static @Nullable String reference(@Nullable JsonObject object, String... path) {
        JsonElement found = at(object, path);
        return found instanceof JsonObject expanded ? text(expanded, "id") : text(object, path);
    }

    /** Takes the texts that a mapping asks for out of a document; paths have a slash between their names. */
    static Row row(RowLayout layout, JsonObject document) {
        List<String> paths = layout.paths();
        var texts = new @Nullable String[paths.size()];
        for (int slot = 0; slot < texts.length; slot++) {
            texts[slot] = text(document, paths.get(slot).split("/", -1));
        }
        return Row.ofTexts(layout, texts);
    }

    private static @Nullable JsonElement at(@Nullable JsonObject object, String... path) {
        JsonElement found = object;
        for (String name : path) {
            found = found instanceof JsonObject inner ? inner.get(name) : null;
        }
        return found;
    }
}
