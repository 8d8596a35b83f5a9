package io.mlconnector.testkit.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A table of docs/reliability.md, between its marks, that a test makes of what it found. With {@code
 * -Dreliability.write=true} the document is brought up to date.
 */
public final class DocumentedTable {

    private static final Path DOCUMENT = Path.of("..", "docs", "reliability.md");

    private final String name;
    private final List<String> rows = new ArrayList<>();

    /**
     * Begins a table.
     *
     * @param name the name in its marks
     * @param columns the heads of its columns
     */
    public DocumentedTable(String name, String... columns) {
        this.name = name;
        add((Object[]) columns);
        add(Arrays.stream(columns).map(column -> "---").toArray());
    }

    /**
     * Adds a row.
     *
     * @param cells what is in it
     */
    public void add(Object... cells) {
        rows.add(Arrays.stream(cells).map(String::valueOf).collect(Collectors.joining(" | ", "| ", " |")));
    }

    /**
     * Writes the table to a file under target, and fails if the document shows another one.
     *
     * @throws IOException if a file cannot be read or written
     */
    public void check() throws IOException {
        String table = write();
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

    /**
     * Writes the table to a file under target.
     *
     * @return the table
     * @throws IOException if the file cannot be written
     */
    public String write() throws IOException {
        String table = String.join("\n", rows);
        Files.createDirectories(Path.of("target"));
        Files.writeString(Path.of("target", name.replace(' ', '-') + ".md"), table + "\n");
        return table;
    }
}
