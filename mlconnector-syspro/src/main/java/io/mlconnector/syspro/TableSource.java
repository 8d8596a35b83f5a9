package io.mlconnector.syspro;

import io.mlconnector.mapping.Row;
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
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads records of one kind: its feeds tell which rows changed, its assembler makes records of them. */
final class TableSource<T extends BusinessRecord> implements Source<T> {

    private final Endpoint endpoint;
    private final TableReader reader;
    private final Supplier<List<Feed>> finding;
    private final Assembler<T> assembler;
    private @Nullable List<Feed> found;

    /**
     * Makes a source.
     *
     * @param finding asks the system how changes are found; called by the first poll
     */
    TableSource(Endpoint endpoint, TableReader reader, Supplier<List<Feed>> finding, Assembler<T> assembler) {
        this.endpoint = endpoint;
        this.reader = reader;
        this.finding = finding;
        this.assembler = assembler;
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
        List<Feed> feeds = feeds();
        FeedPositions positions = FeedPositions.read(from, feeds);
        int turn = turn(feeds, positions.turn());
        Feed feed = feeds.get(turn);
        Feed.FeedPage page = feed.poll(positions.at().getOrDefault(feed.name(), ""));
        var batch = new Batch<T>(endpoint, reader);
        assembler.assemble(page.rows(), batch);
        batch.refuseUnreadable(page.unreadable());
        int next = page.last() ? (turn + 1) % feeds.size() : turn;
        Position position = positions
                .after(feed.name(), page.next(), feeds.get(next).name())
                .toPosition();
        return new Page<>(batch.changes(), batch.malformed(), position, page.last() && next == 0, Notes.NONE);
    }

    private List<Feed> feeds() {
        List<Feed> known = found;
        if (known == null) {
            known = finding.get();
            found = known;
        }
        return known;
    }

    private static int turn(List<Feed> feeds, String name) {
        for (int at = 0; at < feeds.size(); at++) {
            if (feeds.get(at).name().equals(name)) {
                return at;
            }
        }
        return 0;
    }

    /**
     * Empty where there is no such row: a paid invoice is purged at some time, which says nothing about it.
     *
     * @throws MappingException if the row cannot become a record
     */
    @Override
    public Optional<Change<T>> fetch(String id) {
        Optional<Row> row = reader.row(RecordIds.split(id));
        if (row.isEmpty()) {
            return Optional.empty();
        }
        var batch = new Batch<T>(endpoint, reader);
        assembler.assemble(List.of(row.get()), batch);
        List<Malformed> malformed = batch.malformed();
        if (!malformed.isEmpty()) {
            throw new MappingException(malformed.get(0).faults());
        }
        return batch.changes().stream().findFirst();
    }
}
