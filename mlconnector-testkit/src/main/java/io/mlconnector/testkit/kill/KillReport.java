package io.mlconnector.testkit.kill;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What became of a flow whose processes were killed.
 *
 * @param kills each kill, in order
 * @param records how many records there are
 * @param doubled how many documents there are at the target beyond one for each record
 * @param lost the records that have no document
 * @param end what the last process said
 */
public record KillReport(List<Kill> kills, int records, int doubled, Set<String> lost, String end) {

    /**
     * A kill.
     *
     * @param step at which step
     * @param call the kind of request that was held then; empty if the step is none on the wire
     * @param landed how many requests took effect while the next process waited
     * @param doubled how many documents more were doubled once the next process had ended
     */
    public record Kill(KillStep step, String call, int landed, int doubled) {

        @Override
        public String toString() {
            return step + (call.isEmpty() ? "" : " (" + call + ")") + ": " + landed + " landed, " + doubled
                    + " doubled";
        }
    }

    /** Copies the lists. */
    public KillReport {
        kills = List.copyOf(kills);
        lost = Set.copyOf(lost);
    }

    /**
     * Checks that each record has one document, and that books, ledger and audit know it.
     *
     * @throws AssertionError if not; it names the kills
     */
    public void assertWhole() {
        String told = kills.stream().map(Kill::toString).collect(Collectors.joining("\n"));
        assertThat(doubled).as("documents too many; killed\n%s", told).isZero();
        assertThat(lost).as("records without a document; killed\n%s", told).isEmpty();
        assertThat(end)
                .as("the end; killed\n%s", told)
                .contains("completed=true", "balanced=true", "inDoubt=0", "dead=0", "links=" + records, "audit=whole");
        assertThat(kills)
                .filteredOn(kill -> kill.step() == KillStep.IN_FLIGHT)
                .allSatisfy(kill -> assertThat(kill.landed()).as("%s", kill).isPositive());
    }
}
