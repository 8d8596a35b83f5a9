package io.mlconnector.engine.simulation;

import io.mlconnector.spi.Sleeper;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A clock that moves when somebody waits, and does on its way what was planned for a later time. */
final class SimulatedTime implements InstantSource, Sleeper {

    private record Appointment(Instant at, Runnable what) {}

    private final List<Appointment> appointments = new ArrayList<>();
    private Instant now = Instant.parse("2026-03-01T08:00:00Z");

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public void sleep(Duration duration) {
        Instant end = now.plus(duration);
        while (!appointments.isEmpty() && !appointments.get(0).at().isAfter(end)) {
            Appointment next = appointments.remove(0);
            now = next.at();
            next.what().run();
        }
        now = end;
    }

    void at(Instant instant, Runnable what) {
        appointments.add(new Appointment(instant, what));
        appointments.sort(Comparator.comparing(Appointment::at));
    }
}
