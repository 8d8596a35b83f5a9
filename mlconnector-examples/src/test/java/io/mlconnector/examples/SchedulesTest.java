package io.mlconnector.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlconnector.config.Integration;
import io.mlconnector.schedule.ScheduleStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchedulesTest {

    private static final Path EXAMPLES = Path.of("src/main/resources/io/mlconnector/examples");
    private static final Pattern NEEDED = Pattern.compile("\\$\\{env:([A-Z_]+)}");

    /** A Saturday. */
    private static final Instant NOW = Instant.parse("2026-03-07T12:00:00Z");

    @TempDir
    Path folder = Path.of(".");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ifs-stripe | customers | every PT10M, up to PT1M later",
                "stampli-ifs | bills | every PT15M, up to PT3M later",
                "cloudsuite-stripe | payments | every PT5M, up to PT30S later",
                "syspro-stripe | invoices | every PT10M, up to PT5M later",
                "syspro-stripe | refunds | every PT5M, up to PT1M later",
                "ifs-bill | vendors | every PT10M, up to PT2M later"
            })
    void everyFlowOfAnExampleHasASchedule(String example, String flow, String schedule) throws IOException {
        try (Integration integration = open(example)) {
            assertThat(integration.scheduler().status())
                    .extracting(ScheduleStatus::flow)
                    .containsExactlyElementsOf(integration.engine().flows());
            assertThat(status(integration, flow).schedule()).isEqualTo(schedule);
        }
    }

    @ParameterizedTest
    @CsvSource({"bills, 2026-03-09T06:00:00Z", "bill-status, 2026-03-07T12:00:00Z"})
    void billsWaitForAWorkingDay(String flow, Instant next) throws IOException {
        try (Integration integration = open("ifs-bill")) {
            assertThat(status(integration, flow).next()).isEqualTo(next);
        }
    }

    private static ScheduleStatus status(Integration integration, String flow) {
        return integration.scheduler().status().stream()
                .filter(status -> status.flow().equals(flow))
                .findFirst()
                .orElseThrow();
    }

    private Integration open(String example) throws IOException {
        String json = Files.readString(EXAMPLES.resolve(example + ".json"));
        Map<String, String> environment = new HashMap<>();
        NEEDED.matcher(json).results().forEach(needed -> {
            String name = needed.group(1);
            environment.put(name, name.endsWith("URL") ? "https://localhost" : "any");
        });
        environment.put("STRIPE_API_KEY", "sk_test_any");
        environment.put("STAMPLI_HOST_KEY", "SHA256:" + "a".repeat(43));
        environment.put("BILL_ORGANIZATION_ID", "00812345678901234567");
        Path ionapi = folder.resolve("any.ionapi");
        Files.writeString(ionapi, """
                {"ti": "T", "ci": "T~c", "cs": "s", "iu": "https://localhost", "pu": "https://localhost/T/as/",
                 "ot": "token.oauth2", "or": "revoke_token.oauth2", "saak": "T#a", "sask": "k"}""");
        environment.put("CLOUDSUITE_IONAPI_FILE", ionapi.toString());
        environment.put("MLCONNECTOR_LEDGER", folder.resolve("ledger.db").toString());
        return Integration.builder()
                .environment(environment::get)
                .clock(() -> NOW)
                .parse(json);
    }
}
