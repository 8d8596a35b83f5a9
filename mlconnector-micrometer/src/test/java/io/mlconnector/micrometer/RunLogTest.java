package io.mlconnector.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.mlconnector.engine.FlowReport;
import io.mlconnector.testkit.stripe.StripeFault;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** Here and not in core, because it takes a logging system that keeps what is put into the MDC. */
class RunLogTest {

    private final Logger logger = (Logger) LoggerFactory.getLogger("io.mlconnector");
    private final List<ILoggingEvent> lines = new CopyOnWriteArrayList<>();
    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent line) {
            line.prepareForDeferredProcessing();
            lines.add(line);
        }
    };

    @BeforeEach
    void listen() {
        appender.start();
        logger.addAppender(appender);
        logger.setLevel(Level.DEBUG);
        logger.setAdditive(false);
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(appender);
        MDC.clear();
    }

    @Test
    void everyLineOfARunNamesFlowAndRunOnWhateverThread() {
        var steps = new ArrayList<Map<String, String>>();
        try (Pair pair = new Pair(MicrometerInsight.of(new SimpleMeterRegistry()), customer -> {
            steps.add(MDC.getCopyOfContextMap());
            return customer;
        })) {
            pair.stripe.failNext(3, StripeFault.rateLimited("global-rate"));
            lines.clear();

            FlowReport report = pair.engine.run("customers");

            assertThat(report.completed()).isTrue();
            assertThat(lines)
                    .isNotEmpty()
                    .allSatisfy(line -> assertThat(line.getMDCPropertyMap())
                            .containsEntry("mlconnector.flow", "customers")
                            .containsEntry("mlconnector.run", report.run()));
            assertThat(lines)
                    .filteredOn(line -> line.getFormattedMessage().contains("429"))
                    .isNotEmpty()
                    .allSatisfy(line -> {
                        assertThat(line.getThreadName()).startsWith("mlconnector-customers");
                        assertThat(line.getMDCPropertyMap().get("mlconnector.record"))
                                .startsWith("ifs/customers/");
                    });
            assertThat(steps)
                    .hasSize(6)
                    .allSatisfy(step -> assertThat(step)
                            .containsEntry("mlconnector.run", report.run())
                            .containsKey("mlconnector.record"));
        }
    }

    @Test
    void whatTheCallerHadInItsLogComesBackAfterTheRun() {
        MDC.put("mlconnector.flow", "mine");
        MDC.put("tenant", "acme");
        try (Pair pair = new Pair(MicrometerInsight.of(new SimpleMeterRegistry()), customer -> customer)) {
            pair.engine.run("customers");
        }

        assertThat(MDC.getCopyOfContextMap()).isEqualTo(Map.of("mlconnector.flow", "mine", "tenant", "acme"));
    }
}
