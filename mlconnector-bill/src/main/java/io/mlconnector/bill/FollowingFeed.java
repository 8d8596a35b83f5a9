package io.mlconnector.bill;

import io.mlconnector.mapping.Row;
import io.mlconnector.mapping.RowLayout;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** The rows that the rows of another list point to: the bills of payments, because a bill's own time may stand still when it is paid. */
final class FollowingFeed implements Feed {

    private static final int IDS_PER_CALL = 50;

    private final Feed followed;
    private final Function<Row, Set<String>> pointer;
    private final BillApi api;
    private final String resource;
    private final RowLayout layout;

    FollowingFeed(Feed followed, Function<Row, Set<String>> pointer, BillApi api, String resource, RowLayout layout) {
        this.followed = followed;
        this.pointer = pointer;
        this.api = api;
        this.resource = resource;
        this.layout = layout;
    }

    @Override
    public String name() {
        return followed.name() + ">" + resource;
    }

    @Override
    public FeedPage poll(String position) {
        FeedPage page = followed.poll(position);
        var ids = new LinkedHashSet<String>();
        page.rows().forEach(row -> ids.addAll(pointer.apply(row)));
        var rows = new ArrayList<Row>();
        for (List<String> some : parts(ids)) {
            rows.addAll(api.rowsById(resource, some, layout));
        }
        return new FeedPage(rows, List.of(), page.next(), page.last(), page.serverTime());
    }

    static List<List<String>> parts(Set<String> ids) {
        var all = new ArrayList<>(ids);
        var parts = new ArrayList<List<String>>();
        for (int from = 0; from < all.size(); from += IDS_PER_CALL) {
            parts.add(all.subList(from, Math.min(all.size(), from + IDS_PER_CALL)));
        }
        return parts;
    }
}
