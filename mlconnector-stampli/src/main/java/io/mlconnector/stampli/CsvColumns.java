package io.mlconnector.stampli;

import io.mlconnector.mapping.RowLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Which column of a CSV file goes where, as its header row says. Immutable. */
final class CsvColumns {

    static final int NONE = -1;

    private final List<String> written;
    private final List<String> names;
    final int[] keys;

    /** Where the fields of a document stand: column, slot, column, ... */
    final int[] ofDocument;

    /** Where the fields of a line stand: column, slot, column, ... */
    final int[] ofLine;

    final int[] repeated;

    /** The columns that are the same in all rows of a document, as runs of neighbours: first, behind the last, first, ... */
    final int[] runs;

    final int[] dimensions;
    final int total;
    private final Set<String> unused = new TreeSet<>();

    private CsvColumns(List<String> written, List<String> names, FileContract<?> contract) {
        this.written = written;
        this.names = names;
        this.keys = contract.keys().stream()
                .mapToInt(names::indexOf)
                .filter(column -> column != NONE)
                .toArray();
        this.ofDocument = places(contract.layout());
        RowLayout lines = contract.lineLayout();
        this.ofLine = lines == null ? new int[0] : places(lines);
        this.dimensions = columns(name -> name.startsWith(FileContract.DIMENSION_PREFIX));
        this.repeated = lines == null ? new int[0] : columns(name -> repeats(contract, name));
        this.runs = runs(IntStream.concat(Arrays.stream(keys), Arrays.stream(repeated))
                .distinct()
                .sorted()
                .toArray());
        this.total = contract.totalColumn() == null ? NONE : names.indexOf(contract.totalColumn());
        for (int column = 0; column < names.size(); column++) {
            String name = names.get(column);
            if (!name.startsWith(FileContract.DIMENSION_PREFIX)
                    && !contract.layout().paths().contains(name)
                    && (lines == null || !lines.paths().contains(name))) {
                unused.add(written.get(column));
            }
        }
    }

    private static int[] runs(int[] columns) {
        var runs = IntStream.builder();
        for (int at = 0; at < columns.length; at++) {
            if (at == 0 || columns[at - 1] + 1 != columns[at]) {
                runs.add(columns[at]);
            }
            if (at + 1 == columns.length || columns[at] + 1 != columns[at + 1]) {
                runs.add(columns[at] + 1);
            }
        }
        return runs.build().toArray();
    }

    private static boolean repeats(FileContract<?> contract, String name) {
        return !contract.lineColumns().contains(name)
                && contract.layout().paths().contains(name);
    }

    private int[] columns(java.util.function.Predicate<String> which) {
        var columns = new ArrayList<Integer>();
        for (int column = 0; column < names.size(); column++) {
            if (which.test(names.get(column))) {
                columns.add(column);
            }
        }
        return columns.stream().mapToInt(Integer::intValue).toArray();
    }

    private int[] places(RowLayout layout) {
        List<String> paths = layout.paths();
        return IntStream.range(0, paths.size())
                .filter(slot -> names.contains(paths.get(slot)))
                .flatMap(slot -> IntStream.of(names.indexOf(paths.get(slot)), slot))
                .toArray();
    }

    /**
     * Reads a header row.
     *
     * @throws BadFileException if a column is missing or there twice, naming all of them
     */
    static CsvColumns of(String file, List<String> header, Map<String, String> aliases, FileContract<?> contract) {
        var names = new ArrayList<String>();
        var faults = new ArrayList<String>();
        var first = new LinkedHashMap<String, String>();
        for (String title : header) {
            String plain = normal(title);
            String name = aliases.getOrDefault(plain, plain);
            String earlier = name.isEmpty() ? null : first.putIfAbsent(name, title);
            if (earlier != null) {
                faults.add("the columns '" + earlier + "' and '" + title.strip() + "' are both " + name);
            }
            names.add(name);
        }
        List<String> missing = contract.required().stream()
                .filter(column -> isRead(contract, column) && !names.contains(column))
                .toList();
        if (!missing.isEmpty()) {
            faults.add("the columns " + String.join(", ", missing) + " are missing; there are " + header);
        }
        if (!faults.isEmpty()) {
            throw new BadFileException(file + ", line 1: " + String.join("; ", faults));
        }
        return new CsvColumns(List.copyOf(header), List.copyOf(names), contract);
    }

    private static boolean isRead(FileContract<?> contract, String column) {
        RowLayout lines = contract.lineLayout();
        return contract.layout().paths().contains(column)
                || (lines != null && lines.paths().contains(column));
    }

    /** Returns the form in which names of columns are compared. */
    static String normal(String title) {
        return title.strip().toLowerCase(Locale.ROOT).replaceAll("[\\s\\u00A0-]+", "_");
    }

    int count() {
        return names.size();
    }

    Set<String> unused() {
        return unused;
    }

    /** Returns a column's name as the file writes it. */
    String written(int column) {
        return written.get(column).strip();
    }

    String dimension(int column) {
        return names.get(column).substring(FileContract.DIMENSION_PREFIX.length());
    }

    /** Returns the name that the file has for a column; the column's own if it has none. */
    String writtenFor(String name) {
        int column = names.indexOf(name);
        return column == NONE ? name : written(column);
    }

    /** Returns the text of a column in the first row of a group; null if there is none. */
    @Nullable String text(RowGroup group, String name) {
        int column = names.indexOf(name);
        return column == NONE || group.isEmpty(0, column) ? null : group.text(0, column);
    }

    @Override
    public String toString() {
        return names + " " + Arrays.toString(keys);
    }
}
