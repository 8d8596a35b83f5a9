package io.mlconnector.stampli;

import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The order in which files are read: by time and number in the name, then by the name.
 *
 * @param time as the name says; empty if it does not
 * @param number as the name says; empty if it does not
 * @param name the name
 */
record FileOrder(String time, String number, String name) implements Comparable<FileOrder> {

    private static final Comparator<FileOrder> ORDER = Comparator.comparing(FileOrder::time)
            .thenComparing(order -> order.number.length())
            .thenComparing(FileOrder::number)
            .thenComparing(FileOrder::name);

    static FileOrder of(Pattern pattern, String name) {
        Matcher matcher = pattern.matcher(name);
        boolean matches = matcher.matches();
        return new FileOrder(
                matches ? group(pattern, matcher, "ts") : "", matches ? group(pattern, matcher, "seq") : "", name);
    }

    private static String group(Pattern pattern, Matcher matcher, String group) {
        if (!pattern.pattern().contains("(?<" + group + ">")) {
            return "";
        }
        String text = matcher.group(group);
        return text == null ? "" : text;
    }

    @Override
    public int compareTo(FileOrder other) {
        return ORDER.compare(this, other);
    }
}
