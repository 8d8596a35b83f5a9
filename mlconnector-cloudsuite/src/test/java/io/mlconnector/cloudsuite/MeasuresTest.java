package io.mlconnector.cloudsuite;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlconnector.model.Customer;
import io.mlconnector.model.Invoice;
import io.mlconnector.spi.Position;
import io.mlconnector.spi.Source;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What reading costs, counted at the gateway. */
class MeasuresTest {

    @Test
    void readsInvoicesWithFewRequests() {
        try (Tenant tenant = new Tenant()) {
            int invoices = 500;
            int lines = 0;
            for (int number = 0; number < invoices; number++) {
                lines += enter(tenant, number);
            }
            Source<Invoice> source = tenant.source("invoices");

            List<?> read = Tenant.drain(source, Position.START).changes();
            long requests = tenant.sandbox.requests();
            Tenant.drain(source, new Position("end"));
            long idle = tenant.sandbox.requests() - requests;

            assertThat(read).hasSize(invoices);
            double allowed = 1.05 * invoices + lines / 500.0;
            assertThat((double) requests).isLessThanOrEqualTo(allowed).isLessThanOrEqualTo(0.1 * invoices);
            assertThat(idle).isEqualTo(2);
        }
    }

    @Test
    void readsThemWithinTheLimitAlsoWhereOneTransactionGoesInARequest() {
        try (Tenant tenant = new Tenant().with("readsPerCall", 1).with("glCoding", false)) {
            int invoices = 40;
            for (int number = 0; number < invoices; number++) {
                tenant.sandbox.invoice("C1", "M" + number, 2026, "CUAM", "10.00");
            }
            Source<Invoice> source = tenant.source("invoices");

            Tenant.drain(source, Position.START);

            assertThat((double) tenant.sandbox.requests()).isLessThanOrEqualTo(1.05 * invoices + 3);
        }
    }

    @Test
    void usesItsMinuteAndNeverMeetsTheLimit() {
        try (Tenant tenant = new Tenant(builder -> builder.requestsPerMinute(100)).with("requestsPerMinute", 100)) {
            tenant.sandbox.customer("C1");
            Source<Customer> source = tenant.source("customers");
            for (int call = 0; call < 30; call++) {
                source.fetch("C1");
            }
            Instant start = tenant.clock.instant();
            long before = tenant.sandbox.requests();
            while (tenant.clock.instant().isBefore(start.plus(Duration.ofMinutes(10)))) {
                source.fetch("C1");
            }

            long used = tenant.sandbox.requests() - before;
            assertThat(used).isGreaterThanOrEqualTo(950);
            assertThat(tenant.sandbox.throttled()).isZero();
        }
    }

    private static int enter(Tenant tenant, int number) {
        var lines = new ArrayList<Map<String, String>>();
        for (int line = 1; line <= 3; line++) {
            lines.add(Map.of("IVRF", Integer.toString(line), "AMT2", "100.00", "VTAM", "20.00"));
        }
        tenant.sandbox.invoice(
                "C" + number % 50, Integer.toString(100_000 + number), 2026, lines, "CUAM", "360.00", "VTAM", "60.00");
        return lines.size();
    }
}
