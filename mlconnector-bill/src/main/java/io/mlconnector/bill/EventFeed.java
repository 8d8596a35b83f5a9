package io.mlconnector.bill;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlconnector.mapping.Row;
import io.mlconnector.mapping.RowLayout;
import io.mlconnector.model.RecordKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The rows that events of the subscription tell of, whether or not they were delivered. BILL keeps events for 180 days. */
final class EventFeed implements Feed {

    private static final Duration OVERLAP = Duration.ofMinutes(5);

    private final BillApi api;
    private final Subscriptions subscriptions;
    private final Function<RecordKey, List<String>> pointer;
    private final String resource;
    private final RowLayout layout;

    EventFeed(
            BillApi api,
            Subscriptions subscriptions,
            Function<RecordKey, List<String>> pointer,
            String resource,
            RowLayout layout) {
        this.api = api;
        this.subscriptions = subscriptions;
        this.pointer = pointer;
        this.resource = resource;
        this.layout = layout;
    }

    @Override
    public String name() {
        return "events>" + resource;
    }

    @Override
    public FeedPage poll(String position) {
        Optional<String> subscription = subscriptions.current();
        Instant now = api.serverNow();
        if (position.isEmpty() || subscription.isEmpty()) {
            // what there is when a subscription begins, the lists show
            String next = position.isEmpty() ? now.toString() : position;
            return new FeedPage(List.of(), List.of(), next, true, now);
        }
        Instant from = Instant.parse(position).minus(OVERLAP);
        var ids = new LinkedHashSet<String>();
        for (JsonNode event : subscriptions.events(subscription.get(), from)) {
            Hints.of(api.connection(), event).forEach(object -> ids.addAll(pointer.apply(object)));
        }
        ids.removeIf(id -> !FeedSource.isPlausible(id));
        var rows = new ArrayList<Row>();
        for (List<String> some : FollowingFeed.parts(ids)) {
            rows.addAll(api.rowsById(resource, some, layout));
        }
        return new FeedPage(rows, List.of(), now.toString(), true, now);
    }
}
