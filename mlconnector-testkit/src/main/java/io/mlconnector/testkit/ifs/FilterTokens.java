package io.mlconnector.testkit.ifs;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts a filter into words, literals and signs. Two words or literals never touch. */
final class FilterTokens {

    private static final Pattern TOKEN = Pattern.compile(
            Literal.TEXT + "|" + Literal.TIME + "|" + Literal.DAY + "|" + Literal.NUMBER + "|[A-Za-z_]\\w*|[(),/]");
    private static final String SIGNS = "(),/";

    private FilterTokens() {}

    static List<String> of(String filter) {
        List<String> tokens = new ArrayList<>();
        Matcher matcher = TOKEN.matcher(filter);
        boolean gapNeeded = false;
        int at = 0;
        while (at < filter.length()) {
            if (filter.charAt(at) == ' ') {
                gapNeeded = false;
                at++;
                continue;
            }
            matcher.region(at, filter.length());
            boolean sign = SIGNS.indexOf(filter.charAt(at)) >= 0;
            if (!matcher.lookingAt() || (gapNeeded && !sign)) {
                throw Refusal.badRequest("Syntax error in the filter at position " + at + ".");
            }
            tokens.add(matcher.group());
            at = matcher.end();
            gapNeeded = !sign || matcher.group().equals(")");
        }
        return tokens;
    }
}
