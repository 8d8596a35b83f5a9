package io.mlconnector.examples.spring;

import io.mlconnector.engine.SyncEngine;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.stereotype.Component;

/** Shows the engine as {@code sync}. What is only degraded is up, with its reasons: a restart would not mend it. */
@Component
class SyncHealthIndicator implements HealthIndicator {

    private final SyncEngine engine;

    SyncHealthIndicator(SyncEngine engine) {
        this.engine = engine;
    }

    @Override
    public Health health() {
        io.mlconnector.engine.Health health = engine.health();
        Health.Builder shown =
                health.status() == io.mlconnector.engine.Health.Status.DOWN ? Health.down() : Health.up();
        health.flows().forEach(flow -> shown.withDetail("flow " + flow.flow(), flow.status()));
        health.connections()
                .forEach(connection -> shown.withDetail("connection " + connection.connection(), connection.status()));
        return shown.withDetail("reasons", health.reasons()).build();
    }
}
