package io.mlconnector.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlconnector.engine.Progress;
import java.time.Instant;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ProgressLineTest {

    @Test
    void showsRateAndTimeLeftAsFarAsTheyAreKnown() {
        assertThat(pace(0, OptionalLong.empty())).isEmpty();
        assertThat(pace(249.6, OptionalLong.empty())).isEqualTo(", 250/s");
        assertThat(pace(2.5, OptionalLong.of(9_000))).isEqualTo(", 3/s, 9,000 left, about 1h");
        assertThat(pace(250, OptionalLong.of(9_100))).isEqualTo(", 250/s, 9,100 left, about 37s");
        assertThat(pace(250, OptionalLong.of(0))).isEqualTo(", 250/s, 0 left");
    }

    private static String pace(double perSecond, OptionalLong remaining) {
        return ProgressLine.pace(new Progress("invoices", "run-1", Instant.EPOCH, 1_000, perSecond, remaining));
    }
}
