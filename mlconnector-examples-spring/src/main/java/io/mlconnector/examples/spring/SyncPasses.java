package io.mlconnector.examples.spring;

import io.mlconnector.config.Integration;
import io.mlconnector.engine.SyncEngine;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Runs every flow once in a while, and never twice at a time. */
@Component
class SyncPasses {

    private final Integration integration;
    private final SyncEngine engine;

    SyncPasses(Integration integration, SyncEngine engine) {
        this.integration = integration;
        this.engine = engine;
    }

    @Scheduled(fixedDelayString = "${mlconnector.every:PT1M}")
    void pass() {
        integration.renewCredentials();
        engine.runAll();
    }
}
