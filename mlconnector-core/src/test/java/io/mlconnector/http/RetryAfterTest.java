package io.mlconnector.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.mlconnector.spi.UnavailableException;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryAfterTest {

    private static final String DATE = "Thu, 01 Jan 1998 00:00:00 GMT";

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            delimiter = '|',
            value = {
                "3 | PT3S",
                "0 | PT0S",
                "99999 | PT1H",
                "99999999999999999999999999 | PT1H",
                "Thu, 01 Jan 1998 00:00:20 GMT | PT20S",
                "Wed, 31 Dec 1997 00:00:00 GMT | PT0S",
                "Fri, 01 Jan 2100 00:00:00 GMT | PT1H",
                "-5 | none",
                "soon | none"
            })
    void readsSecondsAndDatesByTheClockOfTheAnswer(String value, Duration expected) {
        HttpAnswer answer = answer(Map.of("Retry-After", List.of(value), "Date", List.of(DATE)));

        assertThat(RetryAfter.of(answer, Duration.ofHours(1)).orElse(null)).isEqualTo(expected);
    }

    @Test
    void comparesNoRemoteDateWithOurClock() {
        HttpAnswer answer = answer(Map.of("Retry-After", List.of(DATE)));

        assertThat(RetryAfter.of(answer, Duration.ofHours(1))).isEmpty();
    }

    @Test
    void pausesTheWholeConnection() {
        VirtualTime time = new VirtualTime();
        try (StubServer server = new StubServer()) {
            HttpApi api =
                    HttpApi.builder(time.context()).backoff(Backoff.never()).build();
            HttpCall call = HttpCall.get(server.uri("/"), "read").build();
            server.then(429, "", "Retry-After: 40").then(200, "ok");

            assertThatExceptionOfType(UnavailableException.class).isThrownBy(() -> api.send(call));
            assertThat(time.elapsed()).isZero();
            api.send(call);

            assertThat(time.sleeps()).containsExactly(Duration.ofSeconds(40));
        }
    }

    @Test
    void failsFastWhileThePauseIsLongerThanACallMayTake() {
        VirtualTime time = new VirtualTime();
        try (StubServer server = new StubServer()) {
            HttpApi api = HttpApi.builder(time.context()).build();
            HttpCall call = HttpCall.get(server.uri("/"), "read").build();
            server.then(429, "", "Retry-After: 3000").then(200, "ok");

            assertThatExceptionOfType(UnavailableException.class).isThrownBy(() -> api.send(call));
            assertThatExceptionOfType(UnavailableException.class)
                    .isThrownBy(() -> api.send(call))
                    .withMessageContaining("paused for another PT50M");
            time.advance(Duration.ofMinutes(45));
            assertThat(api.send(call).text()).isEqualTo("ok");

            assertThat(server.seen()).hasSize(2);
        }
    }

    @Test
    void pausesTheConnectionByTheBackoffWhenA429NamesNoTime() {
        VirtualTime time = new VirtualTime();
        try (StubServer server = new StubServer()) {
            HttpApi api = HttpApi.builder(time.context()).build();
            server.then(429, "").then(200, "ok");

            api.send(HttpCall.get(server.uri("/"), "read").build());

            assertThat(time.elapsed()).isBetween(Duration.ZERO, Duration.ofMillis(500));
            assertThat(api.stats().waited()).isEqualTo(time.elapsed());
        }
    }

    @Test
    void endsThePauseInTimeWhenTheClockIsSetBackByAnHour() {
        VirtualTime time = new VirtualTime();
        try (StubServer server = new StubServer()) {
            HttpApi api =
                    HttpApi.builder(time.context()).backoff(Backoff.never()).build();
            HttpCall call = HttpCall.get(server.uri("/"), "read").build();
            server.then(429, "", "Retry-After: 40").then(200, "ok");
            assertThatExceptionOfType(UnavailableException.class).isThrownBy(() -> api.send(call));

            time.advance(Duration.ofHours(-1));

            assertThat(api.send(call).text()).isEqualTo("ok");
            assertThat(time.sleeps()).containsExactly(Duration.ofSeconds(40));
        }
    }

    @Test
    void sendsNothingIntoAPauseThatBeganWhileACallWaitedForTheQuota() {
        VirtualTime time = new VirtualTime();
        try (StubServer server = new StubServer()) {
            List<ConnectionPause> pauses = new ArrayList<>();
            HttpApi api = HttpApi.builder(time.context())
                    .quota(permits -> {
                        pauses.forEach(pause -> pause.atLeast(Duration.ofHours(1))); // as a 429 in another thread
                        return Duration.ofMinutes(11);
                    })
                    .build();
            pauses.add(api.pause);
            server.then(200, "ok");

            assertThatExceptionOfType(UnavailableException.class)
                    .isThrownBy(
                            () -> api.send(HttpCall.get(server.uri("/"), "read").build()))
                    .withMessageContaining("paused for another PT49M");
            assertThat(server.seen()).isEmpty();
        }
    }

    @Test
    void sendsNothingIntoAPauseThatBeganWhileACallWaitedForItsToken() {
        VirtualTime time = new VirtualTime();
        try (StubServer server = new StubServer()) {
            List<ConnectionPause> pauses = new ArrayList<>();
            HttpApi api = HttpApi.builder(time.context())
                    .authenticator(() -> {
                        pauses.forEach(pause -> pause.atLeast(Duration.ofSeconds(40))); // as a 429 in another thread
                        pauses.clear();
                        return Map.of();
                    })
                    .build();
            pauses.add(api.pause);
            server.then(200, "ok");

            api.send(HttpCall.get(server.uri("/"), "read").build());

            assertThat(time.sleeps()).containsExactly(Duration.ofSeconds(40));
        }
    }

    private static HttpAnswer answer(Map<String, List<String>> headers) {
        return new HttpAnswer(429, HttpHeaders.of(headers, (name, value) -> true), new byte[0], null, false);
    }
}
