package io.mlconnector.testkit.stripe;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Decodes a query string or form body with bracketed names, such as {@code lines[0][amount]=5} and {@code expand[]=x}. */
final class FormDecoder {

    private FormDecoder() {}

    static void decodeInto(FormValue.Group root, String encoded) {
        int start = 0;
        while (start < encoded.length()) {
            int end = encoded.indexOf('&', start);
            String pair = encoded.substring(start, end < 0 ? encoded.length() : end);
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                String name = unescape(equals < 0 ? pair : pair.substring(0, equals));
                String value = equals < 0 ? "" : unescape(pair.substring(equals + 1));
                put(root, name, value);
            }
            start = end < 0 ? encoded.length() : end + 1;
        }
    }

    /** Puts one already unescaped pair. */
    static void put(FormValue.Group root, String name, String value) {
        put(root, segments(name), value);
    }

    private static String unescape(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw StripeRefusal.parameter(null, null, "Invalid request: the form encoding is malformed.");
        }
    }

    private static List<String> segments(String name) {
        List<String> segments = new ArrayList<>();
        int bracket = name.indexOf('[');
        if (bracket <= 0 || !name.endsWith("]")) {
            segments.add(name);
            return segments;
        }
        segments.add(name.substring(0, bracket));
        int position = bracket;
        while (position < name.length()) {
            int close = name.indexOf(']', position);
            if (name.charAt(position) != '[' || close < 0) {
                throw StripeRefusal.parameter(null, name, "Invalid parameter name: " + name);
            }
            segments.add(name.substring(position + 1, close));
            position = close + 1;
        }
        return segments;
    }

    private static void put(FormValue.Group root, List<String> segments, String value) {
        Map<String, FormValue> members = root.members();
        for (int i = 0; i < segments.size() - 1; i++) {
            String segment = segments.get(i);
            String key = segment.isEmpty() ? openElement(members, segments.get(i + 1)) : segment;
            FormValue next = members.computeIfAbsent(key, absent -> FormValue.Group.empty());
            if (!(next instanceof FormValue.Group group)) {
                throw StripeRefusal.parameter(null, segments.get(0), "Invalid request: conflicting values for " + key);
            }
            members = group.members();
        }
        String last = segments.get(segments.size() - 1);
        members.put(last.isEmpty() ? Integer.toString(members.size()) : last, new FormValue.Text(value));
    }

    /** An unnumbered element goes on until one of its members repeats. */
    private static String openElement(Map<String, FormValue> members, String nextSegment) {
        int last = members.size() - 1;
        boolean continues = members.get(Integer.toString(last)) instanceof FormValue.Group group
                && !nextSegment.isEmpty()
                && !group.members().containsKey(nextSegment);
        return Integer.toString(continues ? last : last + 1);
    }
}
