package io.mlconnector.stampli;

import io.mlconnector.mapping.Conversion;
import io.mlconnector.mapping.Row;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** The forms of texts in files, for rules. */
final class TextForms {

    private static final String HTTPS = "https://";

    private TextForms() {}

    /** A text of limited length, without blanks at its ends; blanks and zeros inside stay. */
    static Conversion<String> text(int longest) {
        return conversion("text of at most " + longest, text -> {
            String plain = text.strip();
            if (plain.length() > longest) {
                throw new IllegalArgumentException("must have at most " + longest + " characters");
            }
            return plain;
        });
    }

    /** A whole number from 1 on. */
    static Conversion<Integer> counting() {
        return conversion("whole number from 1", text -> {
            try {
                int number = Integer.parseInt(text.strip());
                if (number >= 1) {
                    return number;
                }
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException("must be a whole number from 1 on", e);
            }
            throw new IllegalArgumentException("must be a whole number from 1 on");
        });
    }

    /** An https address. It is passed on and never called. */
    static Conversion<String> address() {
        return conversion("https address", text -> {
            String plain = text.strip();
            int host = HTTPS.length();
            int end = host;
            while (end < plain.length() && "/?#".indexOf(plain.charAt(end)) < 0) {
                end++;
            }
            boolean safe = plain.startsWith(HTTPS)
                    && end > host
                    && plain.substring(host, end).indexOf('@') < 0
                    && plain.chars().allMatch(letter -> letter > ' ' && letter < 0x7F && letter != '\\');
            if (!safe) {
                throw new IllegalArgumentException("must be an https address");
            }
            return plain;
        });
    }

    /** A word of a closed set, compared without regard to case; blanks and hyphens count as underscores. */
    static <E extends Enum<E>> Conversion<E> word(Class<E> words, Map<String, String> others) {
        String known = String.join(
                ", ",
                Arrays.stream(words.getEnumConstants())
                        .map(Enum::name)
                        .toList());
        var byName = new HashMap<String, E>();
        for (E word : words.getEnumConstants()) {
            byName.put(word.name(), word);
        }
        others.forEach((other, word) -> byName.put(plain(other), Enum.valueOf(words, word)));
        return conversion("one of " + known, text -> {
            E word = byName.get(text);
            if (word == null) {
                word = byName.get(plain(text));
            }
            if (word == null) {
                throw new IllegalArgumentException("must be one of " + known);
            }
            return word;
        });
    }

    static String plain(String word) {
        return word.strip().toUpperCase(Locale.ROOT).replaceAll("[\\s-]+", "_");
    }

    private static <V> Conversion<V> conversion(String name, Function<String, V> rule) {
        return new Conversion<>() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public V convert(String text, Row.Kind kind) {
                return rule.apply(text);
            }
        };
    }
}
