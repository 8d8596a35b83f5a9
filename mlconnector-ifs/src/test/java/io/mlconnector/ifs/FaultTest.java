package io.mlconnector.ifs;

import static io.mlconnector.ifs.Samples.customer;
import static io.mlconnector.ifs.TestConnection.drain;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlconnector.ifs.TestConnection.Delivered;
import io.mlconnector.model.Customer;
import io.mlconnector.spi.AuthenticationException;
import io.mlconnector.spi.ConfigurationException;
import io.mlconnector.spi.MlConnectorException;
import io.mlconnector.spi.Page;
import io.mlconnector.spi.Position;
import io.mlconnector.spi.Source;
import io.mlconnector.spi.UnavailableException;
import io.mlconnector.testkit.ifs.IfsFault;
import io.mlconnector.testkit.ifs.IfsSandbox;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FaultTest {

    private static final String SERVICE = "main/ifsapplications/projection/v1/CustomerHandling.svc";

    private final IfsSandbox sandbox = IfsSandbox.builder().htmlOnUnauthorized().start();
    private final TestConnection connection = TestConnection.to(sandbox).with("pageSize", 2);

    @BeforeEach
    void fill() {
        for (int number = 1; number <= 5; number++) {
            sandbox.put("CustomerSet", customer("C" + number));
        }
    }

    @AfterEach
    void stop() {
        sandbox.close();
    }

    static IfsFault[] passing() {
        return new IfsFault[] {
            IfsFault.metadataOutdated(),
            IfsFault.recordLocked(),
            IfsFault.businessError("20000", "ORA-00060: deadlock detected while waiting for resource"),
            IfsFault.businessError("4068", "ORA-04068: existing state of packages has been discarded"),
            IfsFault.badGateway(),
            IfsFault.throttled(),
            IfsFault.throttledFor(Duration.ofSeconds(7)),
            IfsFault.connectionDropped(),
            IfsFault.truncatedAnswer(),
            IfsFault.answering(423, "application/json", ""),
            IfsFault.answering(200, "application/json", "{\"value\":[{\"CustomerId\":"),
            IfsFault.answering(200, "application/json", "[]"),
            IfsFault.answering(500, "text/plain", "oops")
        };
    }

    @ParameterizedTest
    @MethodSource("passing")
    void getsOverAFaultThatPasses(IfsFault fault) {
        Source<Customer> source = connection.source("customers");
        Position position = source.poll(Position.START).next();
        sandbox.failNext(2, fault);

        assertThat(drain(source, position).byId()).containsKeys("C3", "C4", "C5");
    }

    @Test
    void waitsAsLongAsTheServerAsks() {
        sandbox.failNext(1, IfsFault.throttledFor(Duration.ofSeconds(70)));

        drain(connection.source("customers"));

        assertThat(connection.clock().slept()).isBetween(Duration.ofSeconds(70), Duration.ofMinutes(3));
    }

    @Test
    void doesNotRepeatABusinessError() {
        sandbox.failNext(1, IfsFault.businessError());

        assertThatThrownBy(() -> drain(connection.source("customers")))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("Account.FND_RECORD_NOT_EXIST")
                .satisfies(fault ->
                        assertThat(((MlConnectorException) fault).remoteCode()).hasValue("DATABASE_ERROR"));
        assertThat(sandbox.traffic().requests()).isEqualTo(1);
    }

    @Test
    void givesUpOnABodyThatNeverEnds() {
        sandbox.failNext(50, IfsFault.answering(200, "application/json", "{\"value\":[{\"CustomerId\":"));

        assertThatThrownBy(() -> drain(connection.source("customers")))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("no usable body after 4 reads");
    }

    @Test
    void renewsATokenThatExpiresBetweenTwoPages() {
        Source<Customer> source = connection.source("customers");
        Position position = source.poll(Position.START).next();
        sandbox.expireTokens();

        assertThat(drain(source, position).byId()).containsKeys("C3", "C4", "C5");
        assertThat(sandbox.traffic().tokenRequests()).isEqualTo(2);
    }

    @Test
    void stopsWhereNewTokensAreRefusedToo() {
        sandbox.failNext(5, IfsFault.answering(401, "text/html", "<html>who are you?</html>"));

        assertThatThrownBy(() -> drain(connection.source("customers"))).isInstanceOf(AuthenticationException.class);
        assertThat(sandbox.traffic().tokenRequests()).isEqualTo(2);
    }

    @Test
    void takesALoginPageForARefusal() {
        sandbox.failNext(5, IfsFault.redirectTo(URI.create("https://login.example/auth")));

        assertThatThrownBy(() -> drain(connection.source("customers")))
                .isInstanceOf(AuthenticationException.class)
                .hasMessageContaining("not authenticated");
        sandbox.stopFailing();
        sandbox.failNext(5, IfsFault.answering(200, "text/html;charset=UTF-8", "<html>log in</html>"));
        assertThatThrownBy(() -> drain(connection.source("customers"))).isInstanceOf(AuthenticationException.class);
    }

    @Test
    void goesBackFromALoginPageOnTheSameHostWithANewToken() {
        Source<Customer> source = connection.source("customers");
        Position position = source.poll(Position.START).next();
        sandbox.failNext(1, IfsFault.redirectTo(URI.create(sandbox.baseUrl() + "/login")));
        sandbox.failNext(1, IfsFault.answering(200, "text/html", "<html>log in</html>"));

        assertThat(drain(source, position).byId()).containsKeys("C3", "C4", "C5");
        assertThat(sandbox.traffic().tokenRequests()).isEqualTo(2);
    }

    @Test
    void showsNoSecretWhereTheSecretIsWrong() {
        connection.with("clientSecret", "very-wrong-secret");

        assertThatThrownBy(() -> drain(connection.source("customers")))
                .isInstanceOf(AuthenticationException.class)
                .hasMessageNotContaining("very-wrong-secret");
    }

    @Test
    void namesTheProjectionThatIsNotGranted() {
        sandbox.revoke(SERVICE);

        assertThatThrownBy(() -> drain(connection.source("customers")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("status 403")
                .hasMessageContaining("must be granted the projection CustomerHandling");
    }

    @Test
    void namesTheSetThatDoesNotExist() {
        connection.entity("customers", Map.of("path", SERVICE + "/CustomersSet"));

        assertThatThrownBy(() -> drain(connection.source("customers")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("set CustomersSet not found in projection CustomerHandling");
    }

    @Test
    void namesTheColumnThatDoesNotExist() {
        connection.entity("customers", Map.of("modifiedField", "Rowversion"));

        assertThatThrownBy(() -> drain(connection.source("customers")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("Rowversion");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"CustomerId\":\"A\",\"Name\":17}",
                "{\"CustomerId\":\"A\",\"Name\":null}",
                "{\"CustomerId\":\"A\",\"Name\":\"x\",\"Country\":\"Sweden\"}",
                "{\"CustomerId\":\"A\",\"Name\":{\"a\":1}}",
                "{\"CustomerId\":\"A\",\"Name\":\"x\",\"Name\":\"y\"}"
            })
    void putsAsideARowThatBreaksTheRulesAndGoesOn(String row) {
        String body = "{\"value\":[" + row + ",{\"CustomerId\":\"B\",\"Name\":\"good\"}]}";
        Source<Customer> source = connection.source("customers");
        sandbox.failNext(
                1, request -> request.query().contains("$top=2"), IfsFault.answering(200, "application/json", body));

        Delivered<Customer> delivered = drain(source);

        assertThat(delivered.byId()).containsKeys("B", "C1", "C5").doesNotContainKey("A");
        assertThat(delivered.malformed()).singleElement().satisfies(malformed -> {
            assertThat(malformed.key().id()).isEqualTo("A");
            assertThat(malformed.raw()).isEqualTo(row);
        });
    }

    @Test
    void putsAsideARowWithoutKeyAndGoesOn() {
        String body = "{\"value\":[{\"Name\":\"nobody\"},{\"CustomerId\":\"B\",\"Name\":\"good\"}]}";
        Source<Customer> source = connection.source("customers");
        sandbox.failNext(
                1, request -> request.query().contains("$top=2"), IfsFault.answering(200, "application/json", body));

        Delivered<Customer> delivered = drain(source);

        assertThat(delivered.byId()).containsKeys("B", "C1", "C5");
        assertThat(delivered.malformed()).singleElement().satisfies(malformed -> {
            assertThat(malformed.key().id()).startsWith("unreadable-");
            assertThat(malformed.faults()).singleElement().asString().contains("a row needs CustomerId");
        });
    }

    @Test
    void passesOverAPageOfRowsWithoutKeys() {
        String body = "{\"value\":[{\"Name\":\"nobody\"}]}";
        Source<Customer> source = connection.source("customers");
        Page<Customer> first = source.poll(Position.START);
        sandbox.failNext(1, IfsFault.answering(200, "application/json", body));

        Delivered<Customer> delivered = drain(source, first.next());

        assertThat(delivered.malformed()).hasSize(1);
        assertThat(delivered.byId()).containsKey("C5");
    }
}
