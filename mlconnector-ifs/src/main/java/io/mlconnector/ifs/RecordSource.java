package io.mlconnector.ifs;

import io.mlconnector.model.BusinessRecord;
import io.mlconnector.spi.Change;
import io.mlconnector.spi.Endpoint;
import io.mlconnector.spi.Lineage;
import io.mlconnector.spi.Malformed;
import io.mlconnector.spi.MappingException;
import io.mlconnector.spi.Notes;
import io.mlconnector.spi.Page;
import io.mlconnector.spi.Position;
import io.mlconnector.spi.Source;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads records of one kind: its feeds tell which rows changed, its assembler makes records of them. */
final class RecordSource<T extends BusinessRecord> implements Source<T> {

    private final Endpoint endpoint;
    private final RowShape shape;
    private final List<Feed> feeds;
    private final KeyReader keys;
    private final Assembler<T> assembler;
    private final ZoneId zone;

    /**
     * @param zone whose local time the column with the time of changes holds
     */
    RecordSource(
            Endpoint endpoint, RowShape shape, List<Feed> feeds, KeyReader keys, Assembler<T> assembler, ZoneId zone) {
        this.endpoint = endpoint;
        this.shape = shape;
        this.feeds = List.copyOf(feeds);
        this.keys = keys;
        this.assembler = assembler;
        this.zone = zone;
    }

    @Override
    public Class<T> type() {
        return assembler.type();
    }

    @Override
    public Lineage lineage() {
        return assembler.lineage();
    }

    @Override
    public Page<T> poll(Position from) {
        FeedPositions positions = FeedPositions.read(from, feeds);
        int turn = turn(positions);
        Feed feed = feeds.get(turn);
        String at = positions.at().getOrDefault(feed.name(), "");
        Feed.FeedPage page = feed.poll(at);
        var batch = new Batch<T>(endpoint, shape);
        assembler.assemble(page.rows(), batch);
        batch.refuseUnreadable(page.unreadable());
        int next = page.last() ? (turn + 1) % feeds.size() : turn;
        boolean last = page.last() && next == 0;
        Position position = positions
                .after(feed.name(), page.next(), feeds.get(next).name())
                .toPosition();
        page.logged().addTo(batch, endpoint);
        return new Page<>(batch.changes(), batch.malformed(), position, last, Notes.NONE);
    }

    private int turn(FeedPositions positions) {
        for (int at = 0; at < feeds.size(); at++) {
            if (feeds.get(at).name().equals(positions.turn())) {
                return at;
            }
        }
        return 0;
    }

    /** What the column with the time of changes would have shown then: it holds local time where it is not aware of zones. */
    private @Nullable Instant serverTime(@Nullable Instant sentAt) {
        return sentAt == null ? null : LocalDateTime.ofInstant(sentAt, zone).toInstant(ZoneOffset.UTC);
    }

    /**
     * Empty where there is no such row: IFS does not tell whether it was deleted, never was, or has moved, as vouchers
     * do when the general ledger is updated.
     *
     * @throws MappingException if the row cannot become a record
     */
    @Override
    public Optional<Change<T>> fetch(String id) {
        Optional<KeyReader.Found> row = keys.read(id);
        if (row.isEmpty()) {
            return Optional.empty();
        }
        var batch = new Batch<T>(endpoint, shape);
        assembler.assemble(List.of(row.get().row()), batch);
        List<Malformed> malformed = batch.malformed();
        if (!malformed.isEmpty()) {
            throw new MappingException(malformed.get(0).faults());
        }
        return batch.changes().stream()
                .findFirst()
                .map(change -> change.asOf(serverTime(row.get().sentAt())));
    }
}
