package io.mlconnector.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class TokenBucketTest {

    private final VirtualTime time = new VirtualTime();

    @Test
    void grantsTheBurstAtOnceAndSpacesTheRest() {
        TokenBucket bucket = TokenBucket.builder()
                .addLimit(4, Duration.ofSeconds(3), 2)
                .clock(time)
                .build();

        assertThat(bucket.reserve(1)).isZero();
        assertThat(bucket.reserve(1)).isZero();
        assertThat(bucket.reserve(1)).isEqualTo(Duration.ofSeconds(1));
        assertThat(bucket.reserve(1)).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void servesWaitersInTheOrderTheyAsked() {
        TokenBucket bucket = TokenBucket.builder()
                .addLimit(1, Duration.ofSeconds(1), 1)
                .clock(time)
                .build();

        Duration previous = bucket.reserve(1);
        for (int i = 0; i < 100; i++) {
            Duration next = bucket.reserve(1);
            assertThat(next).isEqualTo(previous.plusSeconds(1));
            previous = next;
        }
    }

    @Test
    void goesOnWhenTheClockIsSetBackByAnHour() {
        AtomicReference<Instant> now = new AtomicReference<>(VirtualTime.START);
        TokenBucket bucket = TokenBucket.builder()
                .addLimit(1, Duration.ofSeconds(1), 1)
                .clock(now::get)
                .build();
        bucket.reserve(1);

        now.set(VirtualTime.START.minusSeconds(3600));
        bucket.reserve(1);
        now.set(VirtualTime.START.minusSeconds(3600 - 10));

        assertThat(bucket.reserve(1)).isZero();
    }

    @Test
    void holdsEveryOneOfSeveralLimits() {
        TokenBucket bucket = TokenBucket.builder()
                .addLimit(10, Duration.ofSeconds(1), 10)
                .addLimit(2, Duration.ofMinutes(1), 2)
                .clock(time)
                .build();

        bucket.reserve(2);

        assertThat(bucket.reserve(1)).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void refusesNonsense() {
        assertThatIllegalArgumentException().isThrownBy(() -> TokenBucket.perSecond(0));
        assertThatIllegalArgumentException().isThrownBy(() -> TokenBucket.perMinute(5, 6));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TokenBucket.perSecond(5).reserve(0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TokenBucket.builder().build());
    }
}
