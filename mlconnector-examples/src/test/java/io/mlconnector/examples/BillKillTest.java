package io.mlconnector.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.mlconnector.examples.KilledBills.Place;
import io.mlconnector.testkit.bill.BillSandbox;
import io.mlconnector.testkit.bill.HeldCall;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A process that sends bills is killed with SIGKILL and started again. BILL knows no idempotency key, and takes a number twice. */
@Timeout(180)
class BillKillTest {

    @TempDir
    private Path folder;

    private final BillSandbox bill = BillSandbox.start();

    @ParameterizedTest
    @EnumSource(names = {"BEFORE_SENDING", "AFTER_ANSWER"})
    void everyBillIsSentOnceAlthoughTheProcessWasKilled(Place place) throws Exception {
        try (bill) {
            assertThat(talk(place, null)).isEqualTo(KilledBills.TRAPPED);

            expectAllOnce(talk(Place.NOWHERE, null));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void everyBillIsSentOnceAlthoughTheProcessDiedWhileBillWasWorking(boolean afterEffect) throws Exception {
        try (bill) {
            HeldCall held = bill.holdNext(afterEffect, (method, path) -> path.endsWith("/bills/bulk"));
            Process child = start(Place.NOWHERE);
            try {
                assertThat(held.awaitReached(120)).isTrue();
            } finally {
                end(child);
            }

            // what was on its way takes effect while the next process waits before it looks
            expectAllOnce(talk(Place.NOWHERE, held));
        }
    }

    @Test
    void everyBillIsSentOnceAlthoughTheProcessWasKilledAgainBeforeItLooked() throws Exception {
        try (bill) {
            assertThat(talk(Place.AFTER_ANSWER, null)).isEqualTo(KilledBills.TRAPPED);
            assertThat(talk(Place.BEFORE_LOOK_UP, null)).isEqualTo(KilledBills.TRAPPED);

            expectAllOnce(talk(Place.NOWHERE, null));
        }
    }

    private void expectAllOnce(String end) {
        assertThat(end).contains("completed=true", "balanced=true", "inDoubt=0", "dead=0", "audit=whole");
        assertThat(bill.bills()).hasSize(KilledBills.BILLS);
        assertThat(bill.doubledBills()).isZero();
        assertThat(bill.vendors()).hasSize(KilledBills.VENDORS);
    }

    /** Lets a process run to its last word. */
    private String talk(Place place, @Nullable HeldCall held) throws Exception {
        Process child = start(place);
        try (BufferedReader output = child.inputReader(UTF_8);
                Writer input = child.outputWriter(UTF_8)) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                if (!line.equals(KilledBills.WAITS)) {
                    return line;
                }
                if (held != null) {
                    held.release();
                }
                input.write('\n');
                input.flush();
            }
            throw new AssertionError("the process ended without a word");
        } finally {
            end(child);
        }
    }

    private static void end(Process child) throws InterruptedException {
        child.destroyForcibly();
        assertThat(child.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }

    private Process start(Place place) throws IOException {
        return new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path")
                                + File.pathSeparator
                                + System.getProperty("surefire.test.class.path", ""),
                        "-XX:TieredStopAtLevel=1",
                        "-Dorg.slf4j.simpleLogger.defaultLogLevel=off",
                        KilledBills.class.getName(),
                        folder.resolve("ledger.db").toString(),
                        bill.baseUrl().toString(),
                        place.name()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
