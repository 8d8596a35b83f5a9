package io.mlconnector.ifs;

import java.nio.charset.StandardCharsets;

/**
 * Encodes for URLs by the byte. A blank is %20 and a plus is %2B, because gateways disagree on what a bare plus means.
 */
final class PercentEncoding {

    private static final String UNRESERVED = "-._~*";
    private static final String PLAIN_IN_QUERY = UNRESERVED + "'(),:$=";
    private static final String HEX = "0123456789ABCDEF";

    private PercentEncoding() {}

    /** A value of a query option. */
    static String ofQuery(String text) {
        return encode(text, PLAIN_IN_QUERY);
    }

    /** A literal in the parentheses of a key. */
    static String ofKey(String text) {
        return encode(text, UNRESERVED + "'");
    }

    private static String encode(String text, String plain) {
        var encoded = new StringBuilder(text.length() + 16);
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            char letter = (char) (octet & 0xff);
            boolean word = (letter >= 'a' && letter <= 'z')
                    || (letter >= 'A' && letter <= 'Z')
                    || (letter >= '0' && letter <= '9');
            if (word || plain.indexOf(letter) >= 0) {
                encoded.append(letter);
            } else {
                encoded.append('%').append(HEX.charAt(letter >> 4)).append(HEX.charAt(letter & 15));
            }
        }
        return encoded.toString();
    }
}
