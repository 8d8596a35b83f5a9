package io.mlconnector.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class TokenBucketPropertiesTest {

    @Property(tries = 300)
    void startsNoMoreCallsInAnyWindowThanTheLimit(
            @ForAll @IntRange(min = 1, max = 40) int limit,
            @ForAll @IntRange(min = 1, max = 40) int wantedBurst,
            @ForAll @Size(min = 60, max = 60) List<@IntRange(min = 0, max = 3000) Integer> gaps) {
        VirtualTime time = new VirtualTime();
        Duration period = Duration.ofSeconds(7);
        int burst = Math.min(limit, wantedBurst);
        TokenBucket bucket =
                TokenBucket.builder().addLimit(limit, period, burst).clock(time).build();

        List<Long> starts = new ArrayList<>();
        long now = 0;
        for (int gap : gaps) {
            int pause = gap < 2000 ? 0 : gap;
            time.advance(Duration.ofMillis(pause));
            now += Duration.ofMillis(pause).toNanos();
            starts.add(now + bucket.reserve(1).toNanos());
        }

        assertThat(starts).isSorted();
        for (int first = 0; first + limit < starts.size(); first++) {
            long span = starts.get(first + limit) - starts.get(first);
            assertThat(span).as("limit + 1 calls from call %d", first).isGreaterThanOrEqualTo(period.toNanos());
        }
    }
}
