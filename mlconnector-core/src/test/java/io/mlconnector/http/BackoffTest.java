package io.mlconnector.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackoffTest {

    private final Random random = new Random(7);

    @Test
    void spreadsTheDelayFromZeroToACeilingThatDoubles() {
        Backoff backoff = Backoff.ofDefaults();

        assertThat(IntStream.range(0, 2000)
                        .mapToLong(i -> backoff.delay(2, random).toMillis()))
                .allMatch(millis -> millis >= 0 && millis <= 2000)
                .anyMatch(millis -> millis < 100)
                .anyMatch(millis -> millis > 1900);
    }

    @Test
    void neverExceedsTheCapHoweverManyAttemptsFailed() {
        Backoff backoff = Backoff.ofDefaults().withDelays(Duration.ofDays(1), Duration.ofDays(1));

        for (int attempt : new int[] {0, 1, 20, 62, 63, 64, Integer.MAX_VALUE}) {
            assertThat(backoff.delay(attempt, random)).isBetween(Duration.ZERO, Duration.ofDays(1));
        }
    }

    @Test
    void refusesNonsense() {
        Backoff backoff = Backoff.ofDefaults();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> backoff.withAttempts(0))
                .withMessageContaining("0");
        assertThatIllegalArgumentException().isThrownBy(() -> backoff.withBudget(Duration.ZERO));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> backoff.withDelays(Duration.ofSeconds(2), Duration.ofSeconds(1)));
        assertThatIllegalArgumentException().isThrownBy(() -> backoff.delay(-1, random));
    }
}
