package io.mlconnector.bill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlconnector.model.Vendor;
import io.mlconnector.spi.AuthenticationException;
import io.mlconnector.spi.Connector;
import io.mlconnector.spi.Secret;
import io.mlconnector.spi.Settings;
import io.mlconnector.spi.Source;
import io.mlconnector.spi.SourceContext;
import io.mlconnector.testkit.bill.BillFault;
import io.mlconnector.testkit.bill.BillSandbox;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class BillSessionTest {

    private final Fixture fixture =
            new Fixture(BillSandbox.builder(), Map.of("webhookSecrets", List.of("b7Yx0v0oZ2pQwS5rT8uVnA==")));
    private final Source<Vendor> vendors = source(fixture.connector());

    @AfterEach
    void close() {
        fixture.close();
    }

    @SuppressWarnings("unchecked")
    private static Source<Vendor> source(Connector connector) {
        return (Source<Vendor>) connector.source("vendors", SourceContext.EMPTY);
    }

    @Test
    void opensOneSessionForManyThreads() {
        String id = fixture.bill.enterVendor("Nordhaven", "USD");

        var reads = new ArrayList<CompletableFuture<?>>();
        for (int i = 0; i < 8; i++) {
            reads.add(CompletableFuture.runAsync(
                    () -> assertThat(vendors.fetch(id)).isPresent()));
        }
        reads.forEach(CompletableFuture::join);

        assertThat(fixture.bill.logins()).isEqualTo(1);
        assertThat(fixture.connector().stats().tokenRequests()).isEqualTo(1);
    }

    @Test
    void opensAnotherSessionBeforeTheOldOneEndsForBeingIdle() {
        String id = fixture.bill.enterVendor("Nordhaven", "USD");
        vendors.fetch(id);

        fixture.bill.advance(Duration.ofMinutes(26));
        vendors.fetch(id);

        assertThat(fixture.bill.logins()).isEqualTo(2);
        assertThat(fixture.bill.refused()).isZero();
    }

    @Test
    void keepsASessionThatIsInUse() {
        String id = fixture.bill.enterVendor("Nordhaven", "USD");

        for (int i = 0; i < 10; i++) {
            vendors.fetch(id);
            fixture.bill.advance(Duration.ofMinutes(20));
        }

        assertThat(fixture.bill.logins()).isEqualTo(1);
    }

    @Test
    void logsInOnceMoreWhenBillDoesNotKnowTheSession() {
        String id = fixture.bill.enterVendor("Nordhaven", "USD");
        vendors.fetch(id);
        fixture.bill.endSessions();

        assertThat(vendors.fetch(id)).isPresent();

        assertThat(fixture.bill.logins()).isEqualTo(2);
        assertThat(fixture.bill.refused()).isEqualTo(1);
    }

    @Test
    void stopsWhenBillDoesNotKnowTheNewSessionEither() {
        fixture.bill.failNext(2, BillFault.errors(401, "BDC_1109"), (method, path) -> method.equals("GET"));

        assertThatThrownBy(() -> vendors.fetch("009x")).isInstanceOf(AuthenticationException.class);

        assertThat(fixture.bill.logins()).isEqualTo(2);
        assertThat(fixture.bill.requestCount("GET", "009x")).isEqualTo(2);
    }

    @Test
    void neverRepeatsACallThatNeedsASecondFactor() {
        fixture.bill.failNext(
                1, BillFault.error(403, "BDC_1361", "Untrusted session."), (method, path) -> method.equals("GET"));

        assertThatThrownBy(() -> vendors.fetch("009x"))
                .isInstanceOf(AuthenticationException.class)
                .hasMessageContaining("second factor");

        assertThat(fixture.bill.logins()).isEqualTo(1);
        assertThat(fixture.bill.requestCount("GET", "009x")).isEqualTo(1);
    }

    @Test
    void takesTheSameCodeWithAnotherTextForASessionThatHasEnded() {
        String id = fixture.bill.enterVendor("Nordhaven", "USD");
        fixture.bill.failNext(
                1, BillFault.error(403, "BDC_1361", "Session has expired."), (method, path) -> method.equals("GET"));

        assertThat(vendors.fetch(id)).isPresent();

        assertThat(fixture.bill.logins()).isEqualTo(2);
    }

    @Test
    void logsInByVersion2WhereThePathSaysSo() {
        String id = fixture.bill.enterVendor("Nordhaven", "USD");
        fixture.settings.put("loginUrl", fixture.bill.version2LoginUrl().toString());

        assertThat(source(fixture.open()).fetch(id)).isPresent();

        assertThat(fixture.bill.requestCount("POST", "Login.json")).isEqualTo(1);
    }

    @Test
    void saysThatThePasswordIsWrongAndDoesNotAskAgainAtOnce() {
        fixture.settings.put("password", "not-the-password");
        Source<Vendor> refused = source(fixture.open());

        for (int i = 0; i < 5; i++) {
            assertThatThrownBy(() -> refused.fetch("009x"))
                    .isInstanceOf(AuthenticationException.class)
                    .hasMessageContaining("BDC_1101")
                    .hasMessageContaining("username or password is wrong, or of another environment")
                    .hasMessageNotContaining("not-the-password");
        }

        assertThat(fixture.bill.requestCount("POST", "/login")).isEqualTo(1);
    }

    @Test
    void saysThatTheDeveloperKeyIsWrong() {
        fixture.settings.put("devKey", "01NOTTHEKEY");

        assertThatThrownBy(() -> source(fixture.open()).fetch("009x"))
                .isInstanceOf(AuthenticationException.class)
                .hasMessageContaining("devKey is wrong")
                .hasMessageNotContaining("01NOTTHEKEY");
    }

    @Test
    void usesANewPasswordFromTheNextLoginOn() {
        String id = fixture.bill.enterVendor("Nordhaven", "USD");
        vendors.fetch(id);
        fixture.bill.changePassword("another-token-value");
        assertThatThrownBy(() -> vendors.fetch(id)).isInstanceOf(AuthenticationException.class);

        fixture.connector().replaceSecret("password", Secret.of("another-token-value"), Instant.MAX);

        assertThat(vendors.fetch(id)).isPresent();
    }

    @Test
    void showsNoSecret() {
        BillSettings settings = BillSettings.of(Settings.of("connections.bill", fixture.settings));

        assertThat(settings.toString())
                .doesNotContain(BillSandbox.DEV_KEY, fixture.bill.password(), "b7Yx0v0oZ2pQwS5rT8uVnA==");
    }
}
