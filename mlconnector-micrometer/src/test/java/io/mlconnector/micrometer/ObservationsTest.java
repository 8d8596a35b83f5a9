package io.mlconnector.micrometer;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.common.KeyValue;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationView;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistryAssert;
import io.mlconnector.testkit.stripe.StripeFault;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ObservationsTest {

    private final TestObservationRegistry observations = TestObservationRegistry.create();
    private final List<Observation.Context> stopped = new CopyOnWriteArrayList<>();
    private final MicrometerInsight insight;

    ObservationsTest() {
        observations.observationConfig().observationHandler(new ObservationHandler<>() {
            @Override
            public void onStop(Observation.Context context) {
                stopped.add(context);
            }

            @Override
            public boolean supportsContext(Observation.Context context) {
                return true;
            }
        });
        insight = MicrometerInsight.of(new SimpleMeterRegistry(), observations);
    }

    @Test
    void aRunHoldsItsPagesAndBatchesAndTheseTheirCalls() {
        try (Pair pair = new Pair(insight, customer -> customer)) {
            pair.engine.run("customers");
        }

        assertThat(stopped("mlconnector.run")).singleElement().satisfies(run -> {
            assertThat(run.getContextualName()).isEqualTo("run customers");
            assertThat(low(run)).containsExactlyInAnyOrder("flow=customers", "outcome=ok");
            assertThat(run.getParentObservation()).isNull();
        });
        assertThat(stopped("mlconnector.page"))
                .isNotEmpty()
                .allSatisfy(page -> assertThat(parent(page)).isEqualTo("mlconnector.run"));
        assertThat(stopped("mlconnector.batch"))
                .hasSize(6)
                .allSatisfy(batch -> assertThat(parent(batch)).isEqualTo("mlconnector.run"));
        assertThat(stopped("mlconnector.call"))
                .isNotEmpty()
                .allSatisfy(call -> assertThat(low(call)).hasSize(3).contains("outcome=200"));
        assertThat(stopped("mlconnector.call").stream().map(ObservationsTest::parent))
                .contains("mlconnector.page", "mlconnector.batch", "mlconnector.call");
    }

    @Test
    void whatNamesARecordIsForTracesAlone() {
        try (Pair pair = new Pair(insight, customer -> customer)) {
            pair.engine.run("customers");
        }

        assertThat(stopped)
                .allSatisfy(context -> assertThat(
                                context.getHighCardinalityKeyValues().stream().map(KeyValue::getKey))
                        .isSubsetOf("mlconnector.run", "mlconnector.records", "mlconnector.operation"));
        TestObservationRegistryAssert.assertThat(observations)
                .hasObservationWithNameEqualTo("mlconnector.call")
                .that()
                .hasBeenStarted()
                .hasBeenStopped();
    }

    @Test
    void aFailureIsTheErrorOfEverythingAroundIt() {
        try (Pair pair = new Pair(insight, customer -> customer)) {
            pair.stripe.failNext(1_000, StripeFault.rateLimited("global-rate"));

            pair.engine.run("customers");

            assertThat(stopped("mlconnector.run")).singleElement().satisfies(run -> {
                assertThat(run.getError()).hasMessageContaining("429");
                assertThat(low(run)).contains("outcome=UnavailableException");
            });
            assertThat(stopped)
                    .allSatisfy(context -> assertThat(String.valueOf(context.getError()))
                            .doesNotContain(pair.stripe.apiKey())
                            .doesNotContain(pair.ifs.clientSecret()));
        }
    }

    private List<Observation.Context> stopped(String name) {
        return stopped.stream()
                .filter(context -> name.equals(context.getName()))
                .toList();
    }

    private static @Nullable String parent(Observation.Context context) {
        ObservationView parent = context.getParentObservation();
        return parent == null ? null : requireNonNull(parent.getContextView().getName());
    }

    private static Set<String> low(Observation.Context context) {
        return context.getLowCardinalityKeyValues().stream()
                .map(pair -> pair.getKey() + "=" + pair.getValue())
                .collect(Collectors.toSet());
    }
}
