package io.mlconnector.ifs;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A column of a key.
 *
 * @param name the column
 * @param type its type, such as {@code Edm.Int64} or the full name of an enum; null if the metadata must tell
 */
record KeyPart(String name, @Nullable String type) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z_]\\w*");
    private static final Pattern TYPE = Pattern.compile("[A-Za-z_][\\w.]*");

    KeyPart {
        if (!NAME.matcher(name).matches()
                || (type != null && !TYPE.matcher(type).matches())) {
            throw new IllegalArgumentException("must be a column or column:type, such as VoucherNo:Edm.Int64");
        }
    }

    static KeyPart parse(String text) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            return new KeyPart(text, null);
        }
        String type = text.substring(colon + 1);
        return new KeyPart(text.substring(0, colon), type.indexOf('.') < 0 ? "Edm." + type : type);
    }
}
