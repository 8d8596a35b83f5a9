package io.mlconnector.testkit.ifs;

import static io.mlconnector.testkit.ifs.SandboxClient.CUSTOMERS;
import static io.mlconnector.testkit.ifs.SandboxClient.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PagingTest {

    private final SettableClock clock = new SettableClock();

    private static void fill(IfsSandbox sandbox, int rows) {
        for (int row = 0; row < rows; row++) {
            sandbox.put("CustomerSet", Map.of("CustomerId", Integer.toString(100_000 + row), "Name", "N" + row));
        }
    }

    @Test
    void cutsAQueryWithoutTopSilently() {
        try (IfsSandbox sandbox = IfsSandbox.builder().defaultPageSize(81).start()) {
            fill(sandbox, 100);

            JsonNode page = json(new SandboxClient(sandbox).get(CUSTOMERS));

            assertThat(page.path("value")).hasSize(81);
            assertThat(page.has("@odata.nextLink")).isFalse();
        }
    }

    @Test
    void cutsATopAboveTheMaximum() {
        try (IfsSandbox sandbox = IfsSandbox.builder().maximumPageSize(20).start()) {
            fill(sandbox, 50);

            JsonNode page = json(new SandboxClient(sandbox).query(CUSTOMERS, "$top", "45", "$count", "true"));

            assertThat(page.path("value")).hasSize(20);
            assertThat(page.path("@odata.count").asInt()).isEqualTo(50);
        }
    }

    @Test
    void givesNextLinksWhereConfigured() {
        try (IfsSandbox sandbox =
                IfsSandbox.builder().maximumPageSize(20).withNextLinks().start()) {
            fill(sandbox, 50);
            SandboxClient client = new SandboxClient(sandbox);

            Set<String> seen = new HashSet<>();
            String next = CUSTOMERS + "?$top=45&$filter=" + SandboxClient.encode("Name ne 'x & y'");
            int pages = 0;
            while (!next.isEmpty()) {
                JsonNode page = json(client.get(next));
                page.path("value")
                        .forEach(row -> seen.add(row.path("CustomerId").asText()));
                next = page.path("@odata.nextLink")
                        .asText()
                        .replace(sandbox.baseUrl().toString(), "");
                pages++;
            }

            assertThat(pages).isEqualTo(3);
            assertThat(seen).hasSize(45);
        }
    }

    @Test
    void leavesCountsOutWhereConfigured() {
        try (IfsSandbox sandbox = IfsSandbox.builder().withoutCounts().start()) {
            JsonNode page = json(new SandboxClient(sandbox).query(CUSTOMERS, "$count", "true"));

            assertThat(page.has("@odata.count")).isFalse();
        }
    }

    @Test
    void servesAKeysetReadOfManyRowsInOneSecond() {
        try (IfsSandbox sandbox = IfsSandbox.builder().clock(clock).start()) {
            fill(sandbox, 6_000);
            SandboxClient client = new SandboxClient(sandbox);

            Set<String> seen = new HashSet<>();
            String cursor = "";
            int last = 1;
            while (last > 0) {
                String filter = "LastModificationTime ge 2026-01-15T09:30:12Z" + cursor;
                JsonNode rows = json(client.query(
                                CUSTOMERS,
                                "$filter",
                                filter,
                                "$orderby",
                                "LastModificationTime,CustomerId",
                                "$top",
                                "500",
                                "$select",
                                "LastModificationTime"))
                        .path("value");
                rows.forEach(row -> seen.add(row.path("CustomerId").asText()));
                last = rows.size();
                if (last > 0) {
                    String time =
                            rows.path(last - 1).path("LastModificationTime").asText();
                    String key = rows.path(last - 1).path("CustomerId").asText();
                    cursor = " and (LastModificationTime gt " + time + " or (LastModificationTime eq " + time
                            + " and CustomerId gt '" + key + "'))";
                }
            }

            assertThat(seen).hasSize(6_000);
            assertThat(sandbox.traffic().requests("CustomerSet")).isEqualTo(13);
        }
    }

    @Test
    void showsALateCommitUnderItsEarlyStamp() {
        try (IfsSandbox sandbox = IfsSandbox.builder().clock(clock).start()) {
            sandbox.commitLater("CustomerSet", Map.of("CustomerId", "late"), Duration.ofSeconds(5));
            clock.set(SettableClock.START.plusSeconds(4));
            sandbox.put("CustomerSet", Map.of("CustomerId", "prompt"));

            assertThat(sandbox.rows("CustomerSet"))
                    .extracting(row -> row.text("CustomerId"))
                    .containsExactly("prompt");

            clock.set(SettableClock.START.plusSeconds(5));
            IfsRow late = sandbox.row("CustomerSet", "late").orElseThrow();
            assertThat(late.instant("LastModificationTime"))
                    .isEqualTo("2026-01-15T09:30:12Z")
                    .isBefore(sandbox.row("CustomerSet", "prompt").orElseThrow().instant("LastModificationTime"));
        }
    }

    @Test
    void datesAnswersByTheServersClock() {
        try (IfsSandbox sandbox = IfsSandbox.builder().clock(clock).start()) {
            SandboxClient client = new SandboxClient(sandbox);
            sandbox.advance(Duration.ofMinutes(1));

            assertThat(client.get(CUSTOMERS).headers().firstValue("Date")).contains("Thu, 15 Jan 2026 09:31:12 GMT");
        }
    }

    @Test
    void stampsRowsInTheZoneOfTheDatabase() {
        try (IfsSandbox sandbox = IfsSandbox.builder()
                .clock(clock)
                .columnZone(ZoneId.of("Europe/Stockholm"))
                .start()) {
            IfsRow row = sandbox.put("CustomerSet", Map.of("CustomerId", "1"));

            assertThat(row.instant("LastModificationTime")).isEqualTo(Instant.parse("2026-01-15T10:30:12Z"));
        }
    }

    @Test
    void refusesRowsThatDoNotFitTheDefinition() {
        try (IfsSandbox sandbox = IfsSandbox.start()) {
            assertThatThrownBy(() -> sandbox.put("CustomerSet", Map.of("Surname", "x")))
                    .hasMessageContaining("Surname");
            assertThatThrownBy(() -> sandbox.put("VoucherSet", Map.of("NetCurrAmount", "much")))
                    .hasMessageContaining("Edm.Decimal");
            assertThatThrownBy(() -> sandbox.rows("NoSet")).hasMessageContaining("CustomerHandling.svc/CustomerSet");
            assertThatThrownBy(() -> sandbox.patch("CustomerSet", Map.of("CustomerId", "1")))
                    .hasMessageContaining("no row");
        }
    }
}
