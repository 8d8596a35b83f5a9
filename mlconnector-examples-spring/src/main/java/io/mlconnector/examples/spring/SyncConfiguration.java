package io.mlconnector.examples.spring;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import io.mlconnector.config.Integration;
import io.mlconnector.engine.SyncEngine;
import io.mlconnector.engine.SyncListener;
import io.mlconnector.micrometer.MicrometerInsight;
import java.nio.file.Path;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** The engine out of the configuration file. */
@Configuration(proxyBeanMethods = false)
class SyncConfiguration {

    @Bean
    MicrometerInsight insight(MeterRegistry meters, ObservationRegistry observations) {
        return MicrometerInsight.of(meters, observations);
    }

    /**
     * Closes itself with the application. {@code ${env:NAME}} in the file is any property that Spring knows; the insight is a
     * listener too.
     */
    @Bean
    Integration integration(
            @Value("${mlconnector.configuration}") Path file,
            Environment environment,
            MicrometerInsight insight,
            List<SyncListener> listeners) {
        Integration.Builder builder =
                Integration.builder().environment(environment::getProperty).observer(insight);
        listeners.forEach(builder::addListener);
        return builder.load(file);
    }

    /** The integration closes its engine. */
    @Bean(destroyMethod = "")
    SyncEngine engine(Integration integration, MicrometerInsight insight) {
        SyncEngine engine = integration.engine();
        insight.bindTo(engine);
        return engine;
    }
}
