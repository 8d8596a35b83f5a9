package io.mlconnector.ifs;

import static io.mlconnector.ifs.Samples.changed;
import static io.mlconnector.ifs.Samples.customer;
import static io.mlconnector.ifs.Samples.line;
import static io.mlconnector.ifs.Samples.orderWithLines;
import static io.mlconnector.ifs.TestConnection.NOW;
import static io.mlconnector.ifs.TestConnection.drain;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlconnector.model.Customer;
import io.mlconnector.model.SalesOrder;
import io.mlconnector.spi.Page;
import io.mlconnector.spi.Position;
import io.mlconnector.spi.Source;
import io.mlconnector.spi.UnavailableException;
import io.mlconnector.testkit.ifs.EdmType;
import io.mlconnector.testkit.ifs.EntitySetDefinition;
import io.mlconnector.testkit.ifs.IfsEntitySets;
import io.mlconnector.testkit.ifs.IfsFault;
import io.mlconnector.testkit.ifs.IfsRequest;
import io.mlconnector.testkit.ifs.IfsSandbox;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The set moves while it is read: nothing may be lost. */
class PollingTest {

    @ParameterizedTest
    @ValueSource(ints = {5000, 3})
    void losesNothingWhileRowsChangeAndCommitLate(int serverLimit) {
        ManualClock server = new ManualClock(NOW);
        try (IfsSandbox sandbox =
                IfsSandbox.builder().clock(server).maximumPageSize(serverLimit).start()) {
            var random = new Random(11);
            for (int number = 0; number < 60; number++) {
                // a fifth of the rows share one second
                String time = number % 5 == 0
                        ? "2026-01-10T00:00:00Z"
                        : "2026-01-1" + number % 9 + "T0" + number % 7 + ":00:00Z";
                sandbox.put("CustomerSet", changed(customer("C" + number), "LastModificationTime", time));
            }
            Source<Customer> source = TestConnection.to(sandbox)
                    .with("pageSize", 7)
                    .with("overlap", "PT4S")
                    .source("customers");
            var seen = new HashMap<String, Customer>();
            Position position = Position.START;
            for (int poll = 0; poll < 150; poll++) {
                Page<Customer> page = source.poll(position);
                page.changes().forEach(change -> seen.put(change.key().id(), change.record()));
                position = page.next();
                if (poll < 100) {
                    touch(sandbox, random, poll);
                    sandbox.advance(Duration.ofMillis(400));
                } else {
                    sandbox.advance(Duration.ofSeconds(5));
                }
            }

            assertThat(seen).hasSize(sandbox.rows("CustomerSet").size());
            sandbox.rows("CustomerSet")
                    .forEach(row -> assertThat(seen.get(row.text("CustomerId")))
                            .extracting(Customer::name)
                            .isEqualTo(row.text("Name")));
        }
    }

    private static void touch(IfsSandbox sandbox, Random random, int poll) {
        sandbox.put("CustomerSet", changed(customer("C" + random.nextInt(60)), "Name", "changed in " + poll));
        sandbox.commitLater(
                "CustomerSet",
                Map.of("CustomerId", "C" + random.nextInt(60), "Name", "late in " + poll),
                Duration.ofMillis(random.nextInt(2_500)));
        if (poll % 9 == 0) {
            sandbox.put("CustomerSet", customer("N" + poll));
        }
    }

    @Test
    void isCaughtUpAtOnceWhereThereIsNothing() {
        try (IfsSandbox sandbox = IfsSandbox.start()) {
            assertThat(drain(TestConnection.to(sandbox).source("customers")).changes())
                    .isEmpty();
            assertThat(sandbox.traffic().requests()).isEqualTo(1);
        }
    }

    @Test
    void needsOneRequestForAnIdlePollOnceTheOverlapHasPassed() {
        try (IfsSandbox sandbox = IfsSandbox.start()) {
            sandbox.put("CustomerSet", customer("1"));
            Source<Customer> source = TestConnection.to(sandbox).source("customers");
            Position position = drain(source).next();
            sandbox.advance(Duration.ofMinutes(6));
            position = drain(source, position).next();
            sandbox.traffic().reset();

            assertThat(drain(source, position).changes()).isEmpty();
            assertThat(sandbox.traffic().requests()).isEqualTo(1);
        }
    }

    @Test
    void losesNoLateRowWhenOurClockIsSetForward() {
        try (IfsSandbox sandbox =
                IfsSandbox.builder().clock(new ManualClock(NOW)).start()) {
            sandbox.put("CustomerSet", customer("1"));
            TestConnection connection = TestConnection.to(sandbox);
            Source<Customer> source = connection.source("customers");
            Position position = drain(source).next();
            sandbox.commitLater("CustomerSet", customer("2"), Duration.ofMinutes(1));
            connection.clock().sleep(Duration.ofHours(1));
            position = drain(source, position).next();
            sandbox.advance(Duration.ofMinutes(1));

            assertThat(drain(source, position).byId()).containsKey("2");
        }
    }

    @Test
    void losesNoChangeOfALineBecauseAnotherIsStampedInTheFuture() {
        try (IfsSandbox sandbox = IfsSandbox.start()) {
            orderWithLines(sandbox, "P1");
            sandbox.put(
                    "CustomerOrderLineSet",
                    changed(line("P0", "1", "1", "1", "0"), "LastModificationTime", "2206-01-15T00:00:00Z"));
            Source<SalesOrder> source = TestConnection.to(sandbox).source("orders");
            Position position = drain(source).next();
            sandbox.advance(Duration.ofHours(1));
            orderWithLines(sandbox, "P2");
            position = drain(source, position).next();
            sandbox.advance(Duration.ofHours(1));
            sandbox.put("CustomerOrderLineSet", line("P1", "3", "1", "1", "0"));

            assertThat(drain(source, position).byId()).containsKey("P1");
        }
    }

    @Test
    void goesOnBehindAnEmptyPageThatHasALink() {
        try (IfsSandbox sandbox = IfsSandbox.start()) {
            sandbox.put("CustomerSet", customer("1"));
            sandbox.failNext(1, request -> isPage(request), emptyPage("CustomerSet?$skiptoken=0&$top=10"));

            assertThat(drain(TestConnection.to(sandbox).<Customer>source("customers"))
                            .byId())
                    .containsOnlyKeys("1");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1:1/CustomerSet", "../Other.svc/CustomerSet", "{not a link}"})
    void stopsAtALinkThatLeavesTheService(String link) {
        try (IfsSandbox sandbox = IfsSandbox.start()) {
            sandbox.put("CustomerSet", customer("1"));
            sandbox.failNext(1, request -> isPage(request), emptyPage(link));
            Source<Customer> source = TestConnection.to(sandbox).source("customers");

            assertThatThrownBy(() -> drain(source))
                    .isInstanceOf(UnavailableException.class)
                    .hasMessageContaining("not of its service: " + link);
        }
    }

    @Test
    void doesNotFollowLinksForEver() {
        try (IfsSandbox sandbox = IfsSandbox.start()) {
            sandbox.put("CustomerSet", customer("1"));
            sandbox.failNext(1_000, request -> isPage(request), emptyPage("CustomerSet?$skiptoken=0&$top=10"));
            Source<Customer> source = TestConnection.to(sandbox).source("customers");

            assertThatThrownBy(() -> drain(source))
                    .isInstanceOf(UnavailableException.class)
                    .hasMessageContaining("100 pages of CustomerHandling/CustomerSet in a row are empty");
        }
    }

    private static boolean isPage(IfsRequest request) {
        return request.path().endsWith("/CustomerSet") && !request.query().contains("desc");
    }

    private static IfsFault emptyPage(String link) {
        return IfsFault.answering(200, "application/json", "{\"value\":[],\"@odata.nextLink\":\"%s\"}".formatted(link));
    }

    @Test
    void readsSeveralSetsOfOneRole() {
        EntitySetDefinition ledger = EntitySetDefinition.builder(
                        "int/ifsapplications/entity/v1/CustomerInfoEntity.svc", "LegacyCustomerSet")
                .addKey("CustomerId", EdmType.STRING)
                .addColumns(EdmType.STRING, "Name", "AssociationNo", "VatNo", "Country", "Address1", "Address2")
                .addColumns(EdmType.STRING, "ZipCode", "City", "State", "Email", "Phone", "DefaultLanguage")
                .addColumns(EdmType.STRING, "CurrencyCode")
                .addModified("LastModificationTime")
                .build();
        try (IfsSandbox sandbox = IfsSandbox.builder()
                .addSets(IfsEntitySets.generic())
                .addSet(ledger)
                .start()) {
            sandbox.put("CustomerSet", customer("1"));
            sandbox.put("LegacyCustomerSet", customer("2"));
            Source<Customer> source = TestConnection.to(sandbox)
                    .entity(
                            "customers",
                            Map.of(
                                    "path",
                                    List.of(
                                            "main/ifsapplications/projection/v1/CustomerHandling.svc/CustomerSet",
                                            ledger.path()),
                                    "filter",
                                    "Name ne 'x y + z'"))
                    .source("customers");

            assertThat(drain(source).byId()).containsOnlyKeys("1", "2");
            assertThat(source.fetch("2")).isPresent();
        }
    }
}
