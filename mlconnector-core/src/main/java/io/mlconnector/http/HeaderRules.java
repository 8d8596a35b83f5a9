package io.mlconnector.http;

import static java.util.Objects.requireNonNull;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** What java.net.http would refuse later, with messages that might quote a secret. */
final class HeaderRules {

    private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

    /** ASCII alone: java.net.http sends a question mark for any other character, so that two values may become one. */
    private static final Pattern VALUE = Pattern.compile("[\\x20-\\x7e\\t]*");

    private static final Set<String> OURS =
            Set.of("accept-encoding", "connection", "content-length", "expect", "host", "transfer-encoding", "upgrade");

    private HeaderRules() {}

    static void require(String name, String value) {
        requireName(name);
        requireSecretValue(name, value);
    }

    static void requireName(String name) {
        if (!NAME.matcher(requireNonNull(name, "name")).matches()) {
            throw new IllegalArgumentException("not the name of a header: " + name);
        }
        if (OURS.contains(name.toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException("header " + name + " is set by the connection itself");
        }
    }

    static void requireSecretValue(String name, String value) {
        if (!VALUE.matcher(requireNonNull(value, "value")).matches()) {
            throw new IllegalArgumentException(
                    "the value of header " + name + " has characters that are not printable ASCII");
        }
    }
}
