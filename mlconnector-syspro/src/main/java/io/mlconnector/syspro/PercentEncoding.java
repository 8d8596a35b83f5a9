package io.mlconnector.syspro;

import java.nio.charset.StandardCharsets;

/** Encodes for URLs by the byte. A blank is %20, never a plus: not every version reads that as a blank. */
final class PercentEncoding {

    private static final String UNRESERVED = "-._~";
    private static final String PLAIN_IN_ODATA = UNRESERVED + "'(),:$*";
    private static final String HEX = "0123456789ABCDEF";

    private PercentEncoding() {}

    /** A value of an e.net parameter. */
    static String ofValue(String text) {
        return encode(text, UNRESERVED);
    }

    /** A value of an OData query option. */
    static String ofOption(String text) {
        return encode(text, PLAIN_IN_ODATA);
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
