package io.mlconnector.testkit.ifs;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The order of a query. Nulls come last ascending and first descending, as in the database below the product. */
record Ordering(List<Term> terms) {

    record Term(Column column, boolean descending) {}

    static final Ordering NONE = new Ordering(List.of());

    static Ordering parse(EntitySetDefinition definition, String text) {
        List<Term> terms = new ArrayList<>();
        for (String item : text.split(",", -1)) {
            String[] words = item.strip().split(" +", -1);
            boolean directed = words.length == 2 && (words[1].equals("asc") || words[1].equals("desc"));
            if (words[0].isEmpty() || (words.length > 1 && !directed)) {
                throw Refusal.badRequest(
                        "The system query option '$orderby' has the not-allowed value '" + text + "'.");
            }
            Column column = definition.column(words[0]).orElseThrow(() -> unknown(definition, words[0]));
            terms.add(new Term(column, directed && words[1].equals("desc")));
        }
        return new Ordering(List.copyOf(terms));
    }

    static Refusal unknown(EntitySetDefinition definition, String property) {
        return Refusal.badRequest("The property '" + property
                + "', used in a query expression, is not defined in type '" + definition.luname() + "'.");
    }

    List<StoredRow> sort(List<StoredRow> rows) {
        if (terms.isEmpty()) {
            return rows;
        }
        Comparator<StoredRow> comparator = null;
        for (Term term : terms) {
            Comparator<StoredRow> next = (left, right) -> compareNullable(
                    left.row().value(term.column().name()),
                    right.row().value(term.column().name()));
            next = term.descending() ? next.reversed() : next;
            comparator = comparator == null ? next : comparator.thenComparing(next);
        }
        List<StoredRow> sorted = new ArrayList<>(rows);
        if (comparator != null) {
            sorted.sort(comparator.thenComparingInt(StoredRow::tieBreak));
        }
        return sorted;
    }

    private static int compareNullable(@Nullable Object left, @Nullable Object right) {
        if (left == null || right == null) {
            return Boolean.compare(left == null, right == null);
        }
        return FilterOperators.compareValues(left, right);
    }
}
