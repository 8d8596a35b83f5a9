package io.mlconnector.stampli;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says of a fault that a rule found where it stands: file, line and column. */
final class Places {

    private static final Pattern LINE = Pattern.compile("lines\\[(\\d+)]\\.(.*)", Pattern.DOTALL);
    private static final Pattern COLUMN = Pattern.compile("\\S+ \\(([^()\\s]+)\\) (.*)", Pattern.DOTALL);
    private static final Pattern PLAIN = Pattern.compile("([a-z][A-Za-z.]*) ((?:must|is|are) .*)", Pattern.DOTALL);

    private Places() {}

    static List<String> of(String file, Document document, List<String> faults) {
        return faults.stream().map(fault -> of(file, document, fault)).toList();
    }

    private static String of(String file, Document document, String fault) {
        long line = document.line();
        String rest = fault;
        Matcher nested = LINE.matcher(rest);
        if (nested.matches()) {
            int row = Integer.parseInt(nested.group(1));
            line = document.source().line(row);
            rest = nested.group(2);
        }
        Matcher named = COLUMN.matcher(rest);
        if (named.matches()) {
            return file + ", line " + line + ", column " + named.group(1) + ": " + named.group(2);
        }
        Matcher plain = PLAIN.matcher(rest);
        return plain.matches()
                ? file + ", line " + line + ", column " + plain.group(1) + ": " + plain.group(2)
                : file + ", line " + line + ": " + rest;
    }
}
