package io.mlconnector.cloudsuite;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A transaction of a program, such as {@code CRS610MI/LstByNumber}.
 *
 * @param program the program
 * @param name the transaction
 */
record MiTransaction(String program, String name) {

    private static final Pattern FORM = Pattern.compile("([A-Z0-9_]{1,15})/([A-Za-z0-9_-]{1,20})");

    static Optional<MiTransaction> parse(String text) {
        var matcher = FORM.matcher(text);
        return matcher.matches()
                ? Optional.of(new MiTransaction(matcher.group(1), matcher.group(2)))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return program + "/" + name;
    }
}
