package io.mlconnector.stampli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.Closeable;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class SftpSessionTest {

    /** It was "Self-suppression not permitted", which no retry knows. */
    @Test
    void aLostConnectionStaysTheFaultWhereClosingTellsOfItAgain() {
        var lost = new IOException("the connection is lost");
        Closeable open = SftpSession.closing(() -> {
            throw lost;
        });

        Throwable fault = catchThrowable(() -> {
            try (open) {
                throw lost;
            }
        });

        assertThat(fault).isSameAs(lost);
        assertThat(fault.getSuppressed()).hasSize(1);
    }
}
