package io.mlconnector.ifs;

import io.mlconnector.mapping.Row;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the rows that changed rows of another set point to: the customers of changed orders, the orders of changed
 * lines. The modified time of a row does not spread to the rows it belongs to, so those are looked at on their own.
 */
final class FollowingFeed implements Feed {

    private static final Logger LOG = LoggerFactory.getLogger(FollowingFeed.class);

    private final Feed followed;
    private final RowShape followedShape;
    private final List<String> pointer;
    private final List<BulkReader> targets;

    /**
     * @param pointer the columns of the followed rows that hold the key of the target
     * @param targets the sets that have the target rows
     */
    FollowingFeed(Feed followed, RowShape followedShape, List<String> pointer, List<BulkReader> targets) {
        this.followed = followed;
        this.followedShape = followedShape;
        this.pointer = pointer;
        this.targets = targets;
    }

    @Override
    public String name() {
        return followed.name() + ">" + String.join(",", pointer);
    }

    @Override
    public String start() {
        return followed.start();
    }

    @Override
    public FeedPage poll(String position) {
        FeedPage page = followed.poll(position);
        Set<List<String>> keys = new LinkedHashSet<>();
        page.rows().forEach(row -> followedShape.texts(row, pointer).ifPresent(keys::add));
        keys.addAll(page.logged().pointedTo(followedShape.keys(), pointer));
        var rows = new ArrayList<Row>();
        for (BulkReader target : targets) {
            if (!keys.isEmpty()) {
                var found = new LinkedHashSet<List<String>>();
                target.read(keys, (wanted, read) -> {
                    rows.addAll(read);
                    read.forEach(row -> target.shape().key(row).ifPresent(found::add));
                    return found.containsAll(wanted);
                });
                keys.removeAll(found);
            }
        }
        if (!page.unreadable().isEmpty()) {
            LOG.warn(
                    "{} rows of {} have no readable key and point to nothing",
                    page.unreadable().size(),
                    name());
        }
        var logged = new Logged(List.of(), page.logged().unreadable());
        return new FeedPage(rows, List.of(), page.next(), page.last(), logged);
    }
}
