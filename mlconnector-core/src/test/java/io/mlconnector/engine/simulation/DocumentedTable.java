package io.mlconnector.engine.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A table of docs/reliability.md, between its marks, that a test makes of what it found. With {@code
 * -Dreliability.write=true} the document is brought up to date.
 */
final class DocumentedTable {

    private static final Path DOCUMENT = Path.of("..", "docs", "reliability.md");

    private final String name;
    private final List<String> rows = new ArrayList<>();

    DocumentedTable(String name, String... columns) {
        this.name = name;
        add((Object[]) columns);
        add(Arrays.stream(columns).map(column -> "---").toArray());
    }

    void add(Object... cells) {
        rows.add(Arrays.stream(cells).map(String::valueOf).collect(Collectors.joining(" | ", "| ", " |")));
    }

    /**
     * Returns a round number that is not above the count: the one that the document shows in a row, if it still is one.
     * So neither another JDK nor every change of the engine makes the document wrong.
     */
    String atLeast(int count, Object row) throws IOException {
        Matcher shown = Pattern.compile("\\| " + Pattern.quote(row.toString()) + " \\| ([0-9]+) ")
                .matcher(Files.readString(DOCUMENT));
        int number = shown.find() ? Integer.parseInt(shown.group(1)) : 0;
        return String.valueOf(number <= count && number > count / 4 ? number : rounded(count * 4 / 5));
    }

    private static int rounded(int count) {
        int digit = (int) Math.pow(10, String.valueOf(count).length() - 1);
        return count / digit * digit;
    }

    /** Writes the table to a file under target, and fails if the document shows another one. */
    void check() throws IOException {
        String table = String.join("\n", rows);
        Files.writeString(Path.of("target", name.replace(' ', '-') + ".md"), table + "\n");
        String text = Files.readString(DOCUMENT);
        String begin = "<!-- begin " + name + " -->\n";
        int from = text.indexOf(begin) + begin.length();
        int to = text.indexOf("\n<!-- end " + name + " -->");
        if (Boolean.getBoolean("reliability.write")) {
            Files.writeString(DOCUMENT, text.substring(0, from) + table + text.substring(to));
        } else {
            assertThat(text.substring(from, to)).isEqualTo(table);
        }
    }
}
