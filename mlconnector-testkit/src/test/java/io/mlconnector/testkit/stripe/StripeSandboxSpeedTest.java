package io.mlconnector.testkit.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class StripeSandboxSpeedTest {

    private static final int INVOICES = 2000;
    private static final int LINES = 5;

    @Test
    @Timeout(60)
    void takesThousandsOfInvoicesQuickly() throws Exception {
        try (StripeSandbox stripe = StripeSandbox.start()) {
            Browser browser = new Browser(stripe);
            String customer = browser.post("/v1/customers", "name=a").id();
            ExecutorService lanes = Executors.newFixedThreadPool(4);
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < INVOICES; i++) {
                String number = Integer.toString(i);
                running.add(lanes.submit(() -> {
                    invoice(browser, customer, number);
                    return number;
                }));
            }
            for (Future<?> each : running) {
                assertThatCode(each::get).doesNotThrowAnyException();
            }
            lanes.shutdown();
            assertThat(lanes.awaitTermination(1, TimeUnit.SECONDS)).isTrue();

            assertThat(stripe.invoicesByMetadata("erp")).hasSize(INVOICES);
            assertThat(stripe.objects("invoice"))
                    .allSatisfy(invoice ->
                            assertThat(invoice.path("total").asLong()).isEqualTo(500));
        }
    }

    private static void invoice(Browser browser, String customer, String number) throws Exception {
        String id = browser.post("/v1/invoices", "customer=" + customer, "metadata[erp]=" + number)
                .id();
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < LINES; i++) {
            lines.add("lines[" + i + "][amount]=100");
        }
        browser.post("/v1/invoices/" + id + "/add_lines", lines.toArray(new String[0]));
        browser.post("/v1/invoices/" + id + "/finalize");
    }
}
