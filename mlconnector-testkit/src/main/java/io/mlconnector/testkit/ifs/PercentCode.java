package io.mlconnector.testkit.ifs;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Strict percent-encoding: a plus is a plus, and half an escape is an error. */
final class PercentCode {

    private static final String PLAIN = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~*'";

    private PercentCode() {}

    static String decode(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
        for (int at = 0; at < text.length(); at++) {
            char next = text.charAt(at);
            if (next == '%') {
                bytes.write(hexPair(text, at));
                at += 2;
            } else if (next > ' ' && next < 127) {
                bytes.write(next);
            } else {
                throw Refusal.badRequest("The URI is malformed.");
            }
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw Refusal.badRequest("The URI is malformed.");
        }
    }

    private static int hexPair(String text, int at) {
        if (at + 2 >= text.length()) {
            throw Refusal.badRequest("The URI is malformed.");
        }
        int high = Character.digit(text.charAt(at + 1), 16);
        int low = Character.digit(text.charAt(at + 2), 16);
        if (high < 0 || low < 0) {
            throw Refusal.badRequest("The URI is malformed.");
        }
        return high * 16 + low;
    }

    /** Encodes what stands between the quotes of a key, or in a query option. */
    static String encode(String text) {
        StringBuilder encoded = new StringBuilder();
        for (byte next : text.getBytes(StandardCharsets.UTF_8)) {
            if (PLAIN.indexOf(next) >= 0) {
                encoded.append((char) next);
            } else {
                encoded.append('%').append(String.format(Locale.ROOT, "%02X", next & 0xff));
            }
        }
        return encoded.toString();
    }
}
