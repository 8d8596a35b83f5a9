package io.mlconnector.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlconnector.spi.Notes;
import io.mlconnector.spi.Position;
import io.mlconnector.spi.PositionStore;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What every {@link PositionStore} promises. */
abstract class PositionStoreContract extends LedgerFixture {

    @Test
    final void startsAtTheStart() {
        assertThat(position()).isEqualTo(Position.START);
        assertThat(this.<Map<String, String>>read(tx -> tx.positions().notes(FLOW)))
                .isEmpty();
    }

    @Test
    final void keepsThePositionThatWasSavedLast() {
        write(tx -> tx.positions().save(FLOW, new Position("1")));
        write(tx -> tx.positions().save(FLOW, new Position("2")));

        assertThat(position()).isEqualTo(new Position("2"));
    }

    @Test
    final void keepsPositionsAndNotesOfFlowsApart() {
        write(tx -> {
            tx.positions().save(FLOW, new Position("1"));
            tx.positions().save(FLOW, notes("a", "1"));
        });

        assertThat(this.<Position>read(tx -> tx.positions().position("payments")))
                .isEqualTo(Position.START);
        assertThat(this.<Map<String, String>>read(tx -> tx.positions().notes("payments")))
                .isEmpty();
    }

    @Test
    final void setsAndRemovesNotes() {
        write(tx -> tx.positions().save(FLOW, notes("a", "1", "b", "2", "empty", "")));
        write(tx -> tx.positions().save(FLOW, notes("a", "3", "b", null, "never", null, "c", "4")));
        write(tx -> tx.positions().save(FLOW, Notes.NONE));

        assertThat(this.<Map<String, String>>read(tx -> tx.positions().notes(FLOW)))
                .containsExactlyInAnyOrderEntriesOf(Map.of("a", "3", "c", "4", "empty", ""));
    }
}
