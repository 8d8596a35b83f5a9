package io.mlconnector.cloudsuite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlconnector.model.Customer;
import io.mlconnector.spi.AuthenticationException;
import io.mlconnector.spi.ConfigurationException;
import io.mlconnector.spi.Connector;
import io.mlconnector.spi.Position;
import io.mlconnector.spi.Secret;
import io.mlconnector.spi.Source;
import io.mlconnector.spi.SourceContext;
import io.mlconnector.spi.UnavailableException;
import io.mlconnector.testkit.cloudsuite.CloudSuiteFault;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class GatewayTest {

    @Test
    void sharesOneTokenAmongAllConnectionsAndGivesItBackWithTheLast() {
        try (Tenant tenant = new Tenant()) {
            tenant.sandbox.customer("C1");
            Connector one = tenant.open("one");
            Connector other = tenant.open("other");
            Tenant.drain(customers(one), Position.START);
            Tenant.drain(customers(other), Position.START);

            one.close();
            int revokedEarly = tenant.sandbox.tokensRevoked();
            Tenant.drain(customers(other), Position.START);
            other.close();
            other.close();

            assertThat(tenant.sandbox.tokensIssued()).isEqualTo(1);
            assertThat(revokedEarly).isZero();
            assertThat(tenant.sandbox.tokensRevoked()).isEqualTo(1);
        }
    }

    @Test
    void replacesTheKeysOfAFileForAllConnectionsThatShareIt() {
        try (Tenant tenant = new Tenant()) {
            tenant.sandbox.customer("C1");
            Connector one = tenant.open("one");
            Connector other = tenant.open("other");
            String worn = tenant.sandbox.ionapi().replaceAll("\"sask\" *: *\"[^\"]*\"", "\"sask\": \"worn\"");
            one.replaceSecret("ionapi", Secret.of(worn), Instant.EPOCH);

            assertThatThrownBy(() -> Tenant.drain(customers(other), Position.START))
                    .isInstanceOf(AuthenticationException.class);

            other.replaceSecret("ionapi", Secret.of(tenant.sandbox.ionapi()), Instant.EPOCH);
            Tenant.drain(customers(one), Position.START);
            one.close();
            other.close();
            assertThat(tenant.sandbox.tokensRevoked()).isEqualTo(1);
        }
    }

    @Test
    void refusesTheFileOfAnotherTenant() {
        try (Tenant tenant = new Tenant()) {
            Connector connector = tenant.open();
            String other = tenant.sandbox.ionapi().replaceAll("\"ti\" *: *\"[^\"]*\"", "\"ti\": \"OTHER_PRD\"");

            assertThatThrownBy(() -> connector.replaceSecret("ionapi", Secret.of(other), Instant.EPOCH))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("must be of the tenant");
            assertThatThrownBy(() -> connector.replaceSecret("password", Secret.of("x"), Instant.EPOCH))
                    .hasMessageContaining("there is ionapi");
        }
    }

    @Test
    void asksForOneTokenForManyThreads() throws InterruptedException, ExecutionException {
        try (Tenant tenant = new Tenant()) {
            tenant.sandbox.customer("C1");
            Connector connector = tenant.open();
            ExecutorService threads = Executors.newFixedThreadPool(8);
            List<Future<?>> runs = new ArrayList<>();
            for (int run = 0; run < 8; run++) {
                runs.add(threads.submit(() -> Tenant.drain(customers(connector), Position.START)));
            }
            for (Future<?> run : runs) {
                run.get();
            }
            threads.shutdown();

            assertThat(tenant.sandbox.tokensIssued()).isEqualTo(1);
        }
    }

    @Test
    void renewsATokenBeforeItEnds() {
        try (Tenant tenant = new Tenant(builder -> builder.tokenLifetime(Duration.ofHours(1)))) {
            tenant.sandbox.customer("C1");
            Source<Customer> source = tenant.source("customers");
            Tenant.drain(source, Position.START);

            tenant.clock.sleep(Duration.ofMinutes(55));
            Tenant.drain(source, Position.START);

            assertThat(tenant.sandbox.tokensIssued()).isEqualTo(2);
        }
    }

    @Test
    void getsANewTokenOnceWhenTheGatewayRefusesTheOld() {
        try (Tenant tenant = new Tenant()) {
            tenant.sandbox.customer("C1");
            Source<Customer> source = tenant.source("customers");
            Tenant.drain(source, Position.START);

            tenant.sandbox.expireTokens();
            Tenant.drain(source, Position.START);

            assertThat(tenant.sandbox.tokensIssued()).isEqualTo(2);
        }
    }

    @Test
    void saysWhatToDoWhenTheServiceAccountHasEnded() {
        try (Tenant tenant = new Tenant()) {
            tenant.sandbox.customer("C1");
            Source<Customer> source = tenant.source("customers");
            tenant.sandbox.expireServiceAccount();

            assertThatThrownBy(() -> source.poll(Position.START))
                    .isInstanceOf(AuthenticationException.class)
                    .hasMessageContaining("Service account is not valid")
                    .hasMessageContaining("its keys have expired")
                    .hasMessageNotContaining("FAKE-service-secret");
        }
    }

    @Test
    void stopsAskingForTokensBeforeTheDayIsUsedUp() {
        try (Tenant tenant = new Tenant().with("tokensPerDay", 3)) {
            tenant.sandbox.customer("C1");
            Source<Customer> source = tenant.source("customers");
            for (int day = 0; day < 3; day++) {
                tenant.sandbox.expireTokens();
                Tenant.drain(source, Position.START);
            }
            tenant.sandbox.expireTokens();

            assertThatThrownBy(() -> source.poll(Position.START))
                    .isInstanceOf(UnavailableException.class)
                    .hasMessageContaining("the 3 of a day are used up");

            tenant.clock.sleep(Duration.ofDays(1));
            assertThat(Tenant.drain(source, Position.START).changes()).hasSize(1);
        }
    }

    @Test
    void warnsWhenMostOfADaysCallsAreUsed() {
        try (Tenant tenant = new Tenant().with("requestsPerDay", 5)) {
            tenant.sandbox.customer("C1");
            Connector connector = tenant.open();
            for (int run = 0; run < 3; run++) {
                Tenant.drain(customers(connector), Position.START);
            }

            assertThat(connector.check(Set.of("customers")))
                    .anySatisfy(finding -> assertThat(finding.detail()).contains("of 5 are used today"));
        }
    }

    @Test
    void refusesTwoLimitsForOneClient() {
        try (Tenant tenant = new Tenant()) {
            tenant.open("one");
            tenant.with("requestsPerMinute", 50);

            assertThatThrownBy(() -> tenant.open("other"))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("must be 1000000");
        }
    }

    @Test
    void waitsAsLongAsTheGatewaySays() {
        try (Tenant tenant = new Tenant()) {
            tenant.sandbox.customer("C1");
            Source<Customer> source = tenant.source("customers");
            tenant.sandbox.failNext(
                    1, request -> !request.isTokenRequest(), CloudSuiteFault.throttledFor(Duration.ofSeconds(20)));

            assertThat(Tenant.drain(source, Position.START).changes()).hasSize(1);
            assertThat(tenant.clock.slept()).isGreaterThanOrEqualTo(Duration.ofSeconds(20));
        }
    }

    @Test
    void readsAgainAfterATimeoutOfTheGateway() {
        try (Tenant tenant = new Tenant()) {
            tenant.sandbox.customer("C1");
            Source<Customer> source = tenant.source("customers");
            tenant.sandbox.failNext(2, request -> !request.isTokenRequest(), CloudSuiteFault.timeout());

            assertThat(Tenant.drain(source, Position.START).changes()).hasSize(1);
        }
    }

    @Test
    void saysWhatIsNotGranted() {
        try (Tenant tenant = new Tenant()) {
            Source<Customer> source = tenant.source("customers");
            tenant.sandbox.failNext(1, request -> !request.isTokenRequest(), CloudSuiteFault.forbidden());

            assertThatThrownBy(() -> source.poll(Position.START))
                    .isInstanceOf(UnavailableException.class)
                    .hasMessageContaining("API suite M3 is not granted");
        }
    }

    @SuppressWarnings("unchecked") // what the entity is
    private static Source<Customer> customers(Connector connector) {
        return (Source<Customer>) connector.source("customers", SourceContext.EMPTY);
    }
}
