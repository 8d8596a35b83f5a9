package io.mlconnector.engine.simulation;

import io.mlconnector.http.Frontier;
import io.mlconnector.http.FrontierPage;
import io.mlconnector.http.StampKind;
import io.mlconnector.model.BusinessRecord;
import io.mlconnector.spi.Change;
import io.mlconnector.spi.MlConnectorException.Details;
import io.mlconnector.spi.Page;
import io.mlconnector.spi.Position;
import io.mlconnector.spi.Source;
import io.mlconnector.spi.UnavailableException;
import java.time.Instant;
import java.util.Optional;

/** Reads a change log through the real frontier, with faults, and notes what it delivers. */
final class WatchedSource<T extends BusinessRecord> implements Source<T> {

    private final Host host;
    private final World world;
    private final Entity<T> entity;
    private final Frontier<ChangeLog.Row<T>, Instant> frontier;

    WatchedSource(Host host, Entity<T> entity) {
        this.host = host;
        this.world = host.world;
        this.entity = entity;
        this.frontier = Frontier.builder(
                        entity.name(),
                        world.plant.set(entity.log()),
                        StampKind.time(world.plant.overlap(ChangeLog.OVERLAP)))
                .pageSize(world.pageSize)
                .loadByKey(world.loadByKey)
                .build();
    }

    @Override
    public Class<T> type() {
        return entity.type();
    }

    @Override
    public Page<T> poll(Position from) {
        interrupted("polling " + entity.name());
        FrontierPage<ChangeLog.Row<T>> rows = frontier.poll(from.value());
        Page<T> page = Page.of(rows.rows().stream().map(this::change).toList(), new Position(rows.next()), rows.last());
        world.trace.add(
                "source delivers " + rows.rows().stream().map(ChangeLog.Row::id).toList());
        host.deliveries.add(entity.name(), page);
        host.step("with a page of " + entity.name());
        return page;
    }

    @Override
    public Optional<Change<T>> fetch(String id) {
        interrupted("fetching " + id);
        return Optional.ofNullable(entity.log().row(id)).map(this::change);
    }

    private void interrupted(String what) {
        host.step(what);
        if (world.strikes(Fault.SOURCE_DOWN)) {
            throw new UnavailableException("the source is down", Details.NONE);
        }
        if (world.strikes(Fault.SOURCE_TORN)) {
            throw new TornConnection(what);
        }
    }

    private Change<T> change(ChangeLog.Row<T> row) {
        return row.record() == null
                ? Change.delete(entity.key(row.id()))
                : Change.upsert(row.record(), row.stamp(), null);
    }
}
