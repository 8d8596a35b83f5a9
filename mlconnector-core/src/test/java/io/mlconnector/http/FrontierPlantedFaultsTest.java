package io.mlconnector.http;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mlconnector.http.PollingModel.Setup;
import io.mlconnector.http.PollingModel.Step;
import io.mlconnector.http.RemoteTable.Row;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The property is worth something only if it sees defects: each of these loses rows, and it must tell within its tries. */
class FrontierPlantedFaultsTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Example
    void findsAStrictLowerBound() {
        find("strict lower bound", new StrictLowerBound());
    }

    @Example
    void findsAStrictCursor() {
        find("strict cursor", new StrictCursor());
    }

    @Example
    void findsThatTheOverlapIsDropped() {
        find("overlap dropped", new NoOverlap());
    }

    @Example
    void findsNowAsWatermarkOnAnEmptyPage() {
        find("now as watermark on an empty page", new NowAsWatermark());
    }

    @Example
    void findsAnEndOnAShortPage() {
        find("end on a short page", new EndOnAShortPage());
    }

    @Example
    void findsAWindowThatIsSettledAtOnce() {
        find("settled at once", new SettledAtOnce());
    }

    @Example
    void findsThatStampsInTheFutureAreBelieved() {
        find("stamps in the future believed", new FutureBelieved());
    }

    @Example
    void findsThatStampsInTheFutureAreForgotten() {
        find("stamps in the future forgotten", new FutureForgotten());
    }

    @Example
    void findsPagingByPosition() {
        find("paging by position", new PagingByPosition());
    }

    @Example
    void findsAPositionThatIsSavedBeforeItsRows() {
        find("position saved before its rows", new PositionBeforeRows());
    }

    private static void find(String name, PollingPlant plant) {
        Random random = new Random(7);
        RandomGenerator<Setup> setups = Histories.setups().generator(Histories.TRIES, false);
        RandomGenerator<List<Step>> histories = Histories.steps().generator(Histories.TRIES, false);

        int tries = 0;
        boolean found = false;
        while (!found && tries < Histories.TRIES) {
            tries++;
            Setup setup = setups.next(random).value();
            List<Step> history = histories.next(random).value();
            found = loses(setup, plant, history);
        }

        System.out.printf("%s: found in try %d%n", name, tries);
        assertThat(found).as("found within %d tries", tries).isTrue();
    }

    private static boolean loses(Setup setup, PollingPlant plant, List<Step> history) {
        try {
            return !new PollingModel(setup, plant).lostAfter(history).isEmpty();
        } catch (FrontierException e) {
            return false; // it has stopped, so it has lost nothing
        }
    }

    /** The window begins after its lower bound instead of at it. */
    private static final class StrictLowerBound implements PollingPlant {

        @Override
        public FrontierSet<Row, Instant> set(FrontierSet<Row, Instant> honest) {
            return new PassingSet<>(honest) {
                @Override
                public List<Row> pageByStamp(
                        FrontierWindow<Instant> window, @Nullable FrontierCursor<Instant> after, int size) {
                    return super.pageByStamp(new FrontierWindow<>(window.from(), false, window.to()), after, size);
                }
            };
        }
    }

    /** The next page begins after the last stamp instead of after the last row. */
    private static final class StrictCursor implements PollingPlant {

        @Override
        public FrontierSet<Row, Instant> set(FrontierSet<Row, Instant> honest) {
            return new PassingSet<>(honest) {
                @Override
                public List<Row> pageByStamp(
                        FrontierWindow<Instant> window, @Nullable FrontierCursor<Instant> after, int size) {
                    return super.pageByStamp(
                            after == null ? window : new FrontierWindow<>(after.stamp(), false, window.to()),
                            null,
                            size);
                }
            };
        }
    }

    /** A window begins where the last one ended. */
    private static final class NoOverlap implements PollingPlant {

        @Override
        public StampKind<Instant> kind(StampKind<Instant> honest) {
            return new PassingKind(honest) {
                @Override
                public Instant lowerBound(Instant watermark) {
                    return watermark;
                }
            };
        }
    }

    /** A cycle counts as having read everything up to the server's time at its end. */
    private static final class NowAsWatermark implements PollingPlant {

        @Override
        public FrontierPage<Row> page(FrontierPage<Row> honest, int size, RemoteTable table) {
            return honest.last() ? resting(honest, table.stamp().toString()) : honest;
        }
    }

    /** A page with fewer rows than were asked for ends its cycle. */
    private static final class EndOnAShortPage implements PollingPlant {

        @Override
        public FrontierPage<Row> page(FrontierPage<Row> honest, int size, RemoteTable table) {
            boolean isShort = !honest.rows().isEmpty() && honest.rows().size() < size;
            return isShort ? resting(honest, position(honest).path("upper").asText()) : honest;
        }
    }

    /** Nothing can turn up late any more once a cycle found nothing new. */
    private static final class SettledAtOnce implements PollingPlant {

        @Override
        public StampKind<Instant> kind(StampKind<Instant> honest) {
            return new PassingKind(honest) {
                @Override
                public Duration settleTime() {
                    return Duration.ZERO;
                }
            };
        }
    }

    /** The newest stamp is the watermark, whatever it says. */
    private static final class FutureBelieved implements PollingPlant {

        @Override
        public StampKind<Instant> kind(StampKind<Instant> honest) {
            return new PassingKind(honest) {
                @Override
                public Optional<Instant> latestPlausible(Instant remoteTime) {
                    return Optional.empty();
                }
            };
        }
    }

    /** What was beyond belief is believed when its time draws near. */
    private static final class FutureForgotten implements PollingPlant {

        @Override
        public FrontierPage<Row> page(FrontierPage<Row> honest, int size, RemoteTable table) {
            ObjectNode position = position(honest);
            position.remove("outliers");
            return new FrontierPage<>(honest.rows(), position.toString(), honest.last());
        }
    }

    /** A page begins behind as many rows as were read before. */
    private static final class PagingByPosition implements PollingPlant {

        private final Map<FrontierCursor<Instant>, Integer> counts = new HashMap<>();

        @Override
        public FrontierSet<Row, Instant> set(FrontierSet<Row, Instant> honest) {
            return new PassingSet<>(honest) {
                @Override
                public List<Row> pageByStamp(
                        FrontierWindow<Instant> window, @Nullable FrontierCursor<Instant> after, int size) {
                    int read = after == null ? 0 : counts.getOrDefault(after, 0);
                    List<Row> rows = super.pageByStamp(window, null, read + size);
                    List<Row> page = rows.subList(Math.min(read, rows.size()), rows.size());
                    if (!page.isEmpty()) {
                        Row last = page.get(page.size() - 1);
                        counts.put(new FrontierCursor<>(requireNonNull(last.stamp()), keyOf(last)), read + page.size());
                    }
                    return page;
                }
            };
        }
    }

    /** A position is saved when its page has arrived, not when its rows are delivered. */
    private static final class PositionBeforeRows implements PollingPlant {

        @Override
        public String resumed(String saved, String polled) {
            return polled;
        }
    }

    private static FrontierPage<Row> resting(FrontierPage<Row> page, String watermark) {
        ObjectNode position = position(page);
        position.put("phase", "REST").put("watermark", watermark);
        position.remove(List.of("cursor", "witnesses"));
        return new FrontierPage<>(page.rows(), position.toString(), page.last());
    }

    private static ObjectNode position(FrontierPage<Row> page) {
        try {
            return (ObjectNode) JSON.readTree(page.next());
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** Passes everything on. */
    private abstract static class PassingKind implements StampKind<Instant> {

        private final StampKind<Instant> inner;

        PassingKind(StampKind<Instant> inner) {
            this.inner = inner;
        }

        @Override
        public String format(Instant stamp) {
            return inner.format(stamp);
        }

        @Override
        public Instant parse(String text) {
            return inner.parse(text);
        }

        @Override
        public Instant lowerBound(Instant watermark) {
            return inner.lowerBound(watermark);
        }

        @Override
        public Instant before(Instant stamp) {
            return inner.before(stamp);
        }

        @Override
        public Duration settleTime() {
            return inner.settleTime();
        }

        @Override
        public Optional<Instant> latestPlausible(Instant remoteTime) {
            return inner.latestPlausible(remoteTime);
        }

        @Override
        public Optional<Instant> latestPast(Instant remoteTime) {
            return inner.latestPast(remoteTime);
        }
    }
}
