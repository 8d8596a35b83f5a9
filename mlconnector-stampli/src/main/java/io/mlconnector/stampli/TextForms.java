package io.mlconnector.stampli;

import io.mlconnector.mapping.Conversion;
import io.mlconnector.mapping.Row;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** The forms of texts in files, for rules. */
final class TextForms {

    private static final String HTTPS = "https://";

    private TextForms() {}

    /** A text of limited length, without blanks at its ends; blanks and zeros inside stay. */
    static Conversion<String> text(int longest) {
        return new Text(longest);
    }

    /** A whole number from 1 on. */
    static Conversion<Integer> counting() {
        return new Counting();
    }

    /** An https address. It is passed on and never called. */
    static Conversion<String> address() {
        return new Address();
    }

    /** A word of a closed set, compared without regard to case; blanks and hyphens count as underscores. */
    static <E extends Enum<E>> Conversion<E> word(Class<E> words, Map<String, String> others) {
        var byName = new HashMap<String, E>();
        for (E word : words.getEnumConstants()) {
            byName.put(word.name(), word);
        }
        others.forEach((other, word) -> byName.put(plain(other), Enum.valueOf(words, word)));
        String known = String.join(
                ", ", Arrays.stream(words.getEnumConstants()).map(Enum::name).toList());
        return new Word<>(known, Map.copyOf(byName));
    }

    static String plain(String word) {
        return word.strip().toUpperCase(Locale.ROOT).replaceAll("[\\s-]+", "_");
    }

    private record Text(int longest) implements Conversion<String> {

        @Override
        public String name() {
            return "text of at most " + longest;
        }

        @Override
        public String convert(String text, Row.Kind kind) {
            String plain = text.strip();
            if (plain.length() > longest) {
                throw new IllegalArgumentException("must have at most " + longest + " characters");
            }
            return plain;
        }
    }

    private record Counting() implements Conversion<Integer> {

        @Override
        public String name() {
            return "whole number from 1";
        }

        @Override
        public Integer convert(String text, Row.Kind kind) {
            try {
                int number = Integer.parseInt(text.strip());
                if (number >= 1) {
                    return number;
                }
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException("must be a whole number from 1 on", e);
            }
            throw new IllegalArgumentException("must be a whole number from 1 on");
        }
    }

    private record Address() implements Conversion<String> {

        @Override
        public String name() {
            return "https address";
        }

        @Override
        public String convert(String text, Row.Kind kind) {
            String plain = text.strip();
            int host = HTTPS.length();
            int end = host;
            while (end < plain.length() && "/?#".indexOf(plain.charAt(end)) < 0) {
                end++;
            }
            int user = plain.indexOf('@');
            boolean safe = plain.startsWith(HTTPS) && end > host && (user < 0 || user > end) && isPrintable(plain);
            if (!safe) {
                throw new IllegalArgumentException("must be an https address");
            }
            return plain;
        }

        private static boolean isPrintable(String text) {
            boolean printable = true;
            for (int at = 0; at < text.length() && printable; at++) {
                char letter = text.charAt(at);
                printable = letter > ' ' && letter < 0x7F && letter != '\\';
            }
            return printable;
        }
    }

    private record Word<E extends Enum<E>>(String known, Map<String, E> byName) implements Conversion<E> {

        @Override
        public String name() {
            return "one of " + known;
        }

        @Override
        public E convert(String text, Row.Kind kind) {
            E word = byName.get(text);
            if (word == null) {
                word = byName.get(plain(text));
            }
            if (word == null) {
                throw new IllegalArgumentException("must be one of " + known);
            }
            return word;
        }
    }
}
