package io.mlconnector.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlconnector.http.PollingModel.Setup;
import io.mlconnector.http.PollingModel.Step;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;
import net.jqwik.api.statistics.StatisticsReport.StatisticsReportMode;

class FrontierPropertiesTest {

    private static final int FEW = 10;

    @Property(tries = Histories.TRIES, edgeCases = EdgeCasesMode.NONE)
    @StatisticsReport(StatisticsReportMode.OFF)
    void deliversEveryVersionOrANewerOne(@ForAll("setups") Setup setup, @ForAll("histories") List<Step> history) {
        PollingModel model = new PollingModel(setup, PollingPlant.NONE);

        assertThat(model.lostAfter(history)).isEmpty();
        requireThatEveryTroubleHappens(model.seen());
    }

    /** Each alone, any two together, and all. */
    private static void requireThatEveryTroubleHappens(Set<Trouble> seen) {
        for (Trouble one : Trouble.values()) {
            require(one + " alone", seen.equals(Set.of(one)));
            for (Trouble other : Trouble.values()) {
                require(one + " and " + other, seen.contains(one) && seen.contains(other));
            }
        }
        require("all", seen.size() == Trouble.values().length);
    }

    private static void require(String what, boolean happens) {
        Statistics.label(what)
                .collect(happens)
                .coverage(coverage -> coverage.check(true).count(count -> count >= FEW));
    }

    /** By stamp: a load by key follows rows that are added at its end. Where the hour of a stamp is repeated, it takes that hour. */
    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void endsACycleHoweverMuchIsWritten(@ForAll("setups") Setup setup) {
        int most = setup.rows() + 150;

        assertThat(new PollingModel(setup.steady(), PollingPlant.NONE).rowsOfACycleAmongRestlessWriters(most))
                .isLessThan(most);
    }

    @Provide
    Arbitrary<Setup> setups() {
        return Histories.setups();
    }

    @Provide
    Arbitrary<List<Step>> histories() {
        return Histories.steps();
    }
}
