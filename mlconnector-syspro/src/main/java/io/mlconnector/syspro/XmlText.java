package io.mlconnector.syspro;

import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.text.Normalizer;

/** Brings texts into what SYSPRO can hold: its narrow routes speak Windows-1252. */
final class XmlText {

    private static final Charset NARROW = Charset.forName("windows-1252");

    private XmlText() {}

    /** Without characters that XML forbids; letters outside of Windows-1252 lose their marks, or become question marks. */
    static String clean(String text) {
        String composed = Normalizer.normalize(text, Normalizer.Form.NFC);
        CharsetEncoder encoder = NARROW.newEncoder();
        var clean = new StringBuilder(composed.length());
        composed.codePoints().forEach(letter -> {
            if (letter < 0x20
                    || letter == 0xFFFE
                    || letter == 0xFFFF
                    || Character.getType(letter) == Character.SURROGATE) {
                clean.append(letter == '\t' || letter == '\n' || letter == '\r' ? " " : "");
            } else {
                String one = Character.toString(letter);
                clean.append(encoder.canEncode(one) ? one : plain(one, encoder));
            }
        });
        return clean.toString();
    }

    private static String plain(String letter, CharsetEncoder encoder) {
        String bare = Normalizer.normalize(letter, Normalizer.Form.NFD).replaceAll("\\p{M}+", "");
        return !bare.isEmpty() && encoder.canEncode(bare) ? bare : "?";
    }

    /** The first characters of a text. */
    static String clipped(String text, int length) {
        if (text.length() <= length) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length;
        return text.substring(0, end);
    }
}
