package io.mlconnector.ifs;

import io.mlconnector.mapping.Row;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.Consumer;

/**
 * Reads the rows that belong to many parents with one request for as many parents as a URL takes, instead of one
 * request per parent. Rows are paged by their key. Safe for threads.
 */
final class BulkReader {

    private static final int LONGEST_ADDRESS = 6_000;
    private static final int CURSOR = 400;
    private static final int BETWEEN_PARENTS = "%20or%20()".length();
    private static final int BETWEEN_COLUMNS = "%20and%20".length();

    private final SetReader reader;
    private final List<KeyPart> columns;
    private final int pageSize;
    private final int parentsPerRequest;

    /**
     * @param reader the set of the rows
     * @param columns the columns by which rows belong to a parent
     */
    BulkReader(SetReader reader, List<KeyPart> columns, int pageSize, int parentsPerRequest) {
        this.reader = reader;
        this.columns = columns;
        this.pageSize = pageSize;
        this.parentsPerRequest = parentsPerRequest;
    }

    /** Is handed each page, and tells whether nothing can be missing any more. */
    interface Pages {

        boolean complete(Collection<List<String>> parents, List<Row> page);
    }

    RowShape shape() {
        return reader.shape();
    }

    void read(Collection<List<String>> parents, Pages pages) {
        List<List<String>> distinct = List.copyOf(new LinkedHashSet<>(parents));
        List<List<String>> literals = distinct.stream().map(this::literals).toList();
        List<String> names = columns.stream().map(KeyPart::name).toList();
        int fixed = reader.standing().stream()
                        .mapToInt(
                                condition -> PercentEncoding.ofQuery(condition).length())
                        .sum()
                + Query.columns(reader.shape().layout().paths()).length()
                + reader.path().text().length()
                + CURSOR;
        chunks(literals, names, LONGEST_ADDRESS - fixed, chunk -> {
            List<List<String>> wanted = distinct.subList(chunk.from(), chunk.to());
            readChunk(wanted, Filters.among(names, literals.subList(chunk.from(), chunk.to())), pages);
        });
    }

    private void readChunk(List<List<String>> wanted, String among, Pages pages) {
        List<String> order = reader.entity().keyNames();
        String after = "";
        while (true) {
            List<Row> page = reader.rows(after.isEmpty() ? List.of(among) : List.of(among, after), order, pageSize, 0);
            if (page.isEmpty()) {
                return;
            }
            boolean complete = pages.complete(wanted, page);
            // a full page may have been cut, whatever the sums say
            if (complete && page.size() < pageSize) {
                return;
            }
            List<String> last = lastKey(page);
            if (last.isEmpty()) {
                return;
            }
            after = Filters.after(order, reader.literals(last));
        }
    }

    private List<String> lastKey(List<Row> page) {
        for (int at = page.size() - 1; at >= 0; at--) {
            List<String> key = reader.shape().key(page.get(at)).orElse(List.of());
            if (!key.isEmpty()) {
                return key;
            }
        }
        return List.of();
    }

    private List<String> literals(List<String> parent) {
        var literals = new ArrayList<String>(parent.size());
        for (int at = 0; at < columns.size(); at++) {
            literals.add(reader.literal(columns.get(at), parent.get(at)));
        }
        return literals;
    }

    private record Chunk(int from, int to) {}

    private void chunks(List<List<String>> literals, List<String> names, int budget, Consumer<Chunk> each) {
        int from = 0;
        while (from < literals.size()) {
            int to = from;
            int length = 0;
            while (to < literals.size() && to - from < parentsPerRequest) {
                int next = length(names, literals.get(to), literals.get(from));
                if (to > from && length + next > budget) {
                    break;
                }
                length += next;
                to++;
            }
            each.accept(new Chunk(from, to));
            from = to;
        }
    }

    /** How much of a URL a parent takes; a company that all share is named once. */
    private static int length(List<String> names, List<String> literals, List<String> first) {
        int length = BETWEEN_PARENTS;
        for (int at = 0; at < names.size(); at++) {
            boolean shared =
                    names.get(at).equals(EntitySet.COMPANY) && literals.get(at).equals(first.get(at));
            if (!shared) {
                length += PercentEncoding.ofQuery(names.get(at) + " eq " + literals.get(at))
                        .length();
                length += at == 0 ? 0 : BETWEEN_COLUMNS;
            }
        }
        return length;
    }
}
