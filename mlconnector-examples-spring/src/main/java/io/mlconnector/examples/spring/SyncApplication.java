package io.mlconnector.examples.spring;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.scheduling.annotation.EnableScheduling;

/** Keeps two systems in step for as long as it runs. */
@SpringBootApplication
@EnableScheduling
public class SyncApplication {

    /**
     * Starts the application.
     *
     * @param arguments settings of Spring, such as {@code --mlconnector.configuration=ifs-stripe.json}
     */
    public static void main(String[] arguments) {
        SpringApplication.run(SyncApplication.class, arguments);
    }
}
