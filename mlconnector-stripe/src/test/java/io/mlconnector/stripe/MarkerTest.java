package io.mlconnector.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlconnector.spi.IdempotencyKey;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MarkerTest {

    @Test
    void countsUpdates() {
        Marker second = Marker.of(Map.of(Marker.NAME, "1:a")).next(new IdempotencyKey("b"));

        assertThat(second.value()).isEqualTo("2:b");
        assertThat(Marker.of(Map.of(Marker.NAME, second.value())).is(new IdempotencyKey("b")))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ":", "x:a", "99999999999:a", "7"})
    void takesAnythingElseForNoUpdate(String value) {
        assertThat(Marker.of(Map.of(Marker.NAME, value))).isEqualTo(new Marker(0, ""));
    }
}
