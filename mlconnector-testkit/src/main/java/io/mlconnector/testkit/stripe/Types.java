package io.mlconnector.testkit.stripe;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The kinds of parameter values. */
final class Types {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Pattern INTEGER = Pattern.compile("-?\\d{1,18}");
    private static final Pattern DECIMAL = Pattern.compile("-?\\d{1,15}(\\.\\d+)?");
    private static final Pattern EMAIL = Pattern.compile("[^@\\s,;<>]+@[^@\\s,;<>]+\\.[^@\\s.,;<>]+");
    private static final Pattern COUNTRY = Pattern.compile("[A-Za-z]{2}");

    private static final Pattern INVOICE_PREFIX = Pattern.compile("[A-Z0-9]{3,12}");

    private Types() {}

    static ParameterType text(int longest) {
        return (name, value) -> JSON.textNode(limited(name, value, longest));
    }

    static ParameterType id() {
        return text(255);
    }

    static ParameterType integer() {
        return (name, value) -> JSON.numberNode(wholeNumber(name, value));
    }

    static ParameterType integer(long least, long most) {
        return (name, value) -> {
            long number = wholeNumber(name, value);
            if (number < least || number > most) {
                String bound = number < least ? "greater than or equal to " + least : "less than or equal to " + most;
                throw StripeRefusal.parameter(
                        "parameter_invalid_integer",
                        name,
                        "This value must be " + bound + " (it is currently " + number + ").");
            }
            return JSON.numberNode(number);
        };
    }

    static ParameterType timestamp() {
        return integer(0, 253_402_300_799L);
    }

    static ParameterType decimal(int places) {
        return (name, value) -> {
            String text = plain(name, value);
            if (!DECIMAL.matcher(text).matches()) {
                throw StripeRefusal.parameter(null, name, "Invalid decimal: " + text);
            }
            if (new BigDecimal(text).stripTrailingZeros().scale() > places) {
                throw StripeRefusal.parameter(
                        null, name, "Invalid decimal: " + text + "; at most " + places + " decimal places are allowed");
            }
            return JSON.textNode(text);
        };
    }

    static ParameterType bool() {
        return (name, value) -> {
            String text = plain(name, value);
            if (!"true".equals(text) && !"false".equals(text)) {
                throw StripeRefusal.parameter(null, name, "Invalid boolean: " + text);
            }
            return JSON.booleanNode("true".equals(text));
        };
    }

    static ParameterType oneOf(String... choices) {
        List<String> known = List.of(choices);
        return (name, value) -> {
            String text = plain(name, value);
            if (!known.contains(text)) {
                throw StripeRefusal.parameter(
                        null, name, "Invalid " + name + ": must be one of " + String.join(", ", known));
            }
            return JSON.textNode(text);
        };
    }

    static ParameterType email() {
        return (name, value) -> {
            String text = limited(name, value, 512);
            if (!EMAIL.matcher(text).matches()) {
                throw StripeRefusal.parameter("email_invalid", name, "Invalid email address: " + text);
            }
            return JSON.textNode(text);
        };
    }

    static ParameterType invoicePrefix() {
        return (name, value) -> {
            String text = plain(name, value);
            if (!INVOICE_PREFIX.matcher(text).matches()) {
                throw StripeRefusal.parameter(
                        null, name, "An invoice prefix has 3 to 12 upper-case letters or digits: " + text);
            }
            return JSON.textNode(text);
        };
    }

    static ParameterType country() {
        return (name, value) -> {
            String text = plain(name, value);
            if (!COUNTRY.matcher(text).matches()) {
                throw StripeRefusal.parameter("country_code_invalid", name, "Country '" + text + "' is unknown.");
            }
            return JSON.textNode(text);
        };
    }

    static ParameterType currency() {
        return (name, value) -> JSON.textNode(Currencies.known(name, plain(name, value)));
    }

    static ParameterType list(ParameterType element, int most) {
        return (name, value) -> {
            if (!(value instanceof FormValue.Group group)) {
                throw StripeRefusal.parameter(null, name, "Invalid array");
            }
            Map<Integer, FormValue> ordered = new TreeMap<>();
            group.members().forEach((index, member) -> ordered.put(index(name, index), member));
            if (ordered.size() > most) {
                throw StripeRefusal.parameter(
                        null, name, "Array " + name + " exceeded maximum " + most + " allowed elements.");
            }
            ArrayNode array = JSON.arrayNode();
            ordered.forEach((index, member) -> array.add(element.read(name + "[" + index + "]", member)));
            return array;
        };
    }

    /** Text members by key; an empty value unsets its key. */
    static ParameterType metadata() {
        return (name, value) -> {
            if (!(value instanceof FormValue.Group group)) {
                throw StripeRefusal.parameter(null, name, "Invalid object");
            }
            if (group.members().size() > Metadata.MOST_KEYS) {
                throw Metadata.tooManyKeys(name);
            }
            ObjectNode metadata = JSON.objectNode();
            group.members().forEach((key, member) -> {
                String path = name + "[" + key + "]";
                if (key.isEmpty() || key.length() > 40 || key.indexOf('[') >= 0 || key.indexOf(']') >= 0) {
                    throw StripeRefusal.parameter(
                            null, path, "Metadata keys have 1 to 40 characters without square brackets: " + key);
                }
                metadata.put(key, limited(path, member, 500));
            });
            return metadata;
        };
    }

    /** A time, or the bounds of a range of times. */
    static ParameterType range() {
        Schema bounds = Schema.of(
                Parameter.optional("gt", timestamp()),
                Parameter.optional("gte", timestamp()),
                Parameter.optional("lt", timestamp()),
                Parameter.optional("lte", timestamp()));
        return (name, value) -> value instanceof FormValue.Group
                ? bounds.read(name, value)
                : timestamp().read(name, value);
    }

    private static int index(String name, String index) {
        try {
            return Integer.parseInt(index);
        } catch (NumberFormatException e) {
            throw StripeRefusal.parameter(null, name, "Invalid array");
        }
    }

    private static long wholeNumber(String name, FormValue value) {
        String text = plain(name, value);
        if (!INTEGER.matcher(text).matches()) {
            throw StripeRefusal.parameter("parameter_invalid_integer", name, "Invalid integer: " + text);
        }
        return Long.parseLong(text);
    }

    private static String limited(String name, FormValue value, int longest) {
        String text = plain(name, value);
        if (text.length() > longest) {
            throw StripeRefusal.parameter(
                    null, name, "Invalid string: " + text + "; must be at most " + longest + " characters");
        }
        return text;
    }

    private static String plain(String name, FormValue value) {
        if (value instanceof FormValue.Text text) {
            return text.value();
        }
        throw StripeRefusal.parameter(null, name, "Invalid string");
    }
}
