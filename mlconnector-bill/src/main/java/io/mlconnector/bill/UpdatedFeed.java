package io.mlconnector.bill;

import io.mlconnector.http.Frontier;
import io.mlconnector.http.FrontierPage;
import io.mlconnector.http.StampKind;
import io.mlconnector.mapping.Row;
import io.mlconnector.mapping.RowLayout;
import java.time.Duration;
import java.time.Instant;
import java.util.function.UnaryOperator;

/** The rows of a list as they change. */
final class UpdatedFeed implements Feed {

    private final String name;
    private final UpdatedSet set;
    private final Frontier<Row, Instant> frontier;

    private UpdatedFeed(String name, UpdatedSet set, Duration overlap) {
        this.name = name;
        this.set = set;
        this.frontier = Frontier.builder(name, set, StampKind.time(overlap))
                .pageSize(ListQuery.MOST)
                .loadByKey(false)
                .build();
    }

    static UpdatedFeed of(BillApi api, String resource, RowLayout layout, Duration overlap) {
        return new UpdatedFeed(resource, new UpdatedSet(api, resource, UnaryOperator.identity(), layout), overlap);
    }

    /** Whether a list shows archived rows by itself is not documented, so they are asked for apart. */
    static UpdatedFeed of(BillApi api, String resource, boolean archived, RowLayout layout, Duration overlap) {
        UnaryOperator<ListQuery> narrowed = query -> query.is("archived", String.valueOf(archived));
        String name = resource + (archived ? "/archived" : "/active");
        return new UpdatedFeed(name, new UpdatedSet(api, resource, narrowed, layout), overlap);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public FeedPage poll(String position) {
        FrontierPage<Row> page = frontier.poll(position);
        return new FeedPage(page.rows(), set.takeUnreadable(), page.next(), page.last(), set.serverTime());
    }
}
