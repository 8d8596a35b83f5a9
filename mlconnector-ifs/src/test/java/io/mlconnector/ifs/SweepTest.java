package io.mlconnector.ifs;

import static io.mlconnector.ifs.Samples.changed;
import static io.mlconnector.ifs.Samples.customer;
import static io.mlconnector.ifs.Samples.line;
import static io.mlconnector.ifs.Samples.orderWithLines;
import static io.mlconnector.ifs.TestConnection.NOW;
import static io.mlconnector.ifs.TestConnection.drain;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlconnector.http.FrontierException;
import io.mlconnector.model.BusinessRecord;
import io.mlconnector.model.Customer;
import io.mlconnector.model.Money;
import io.mlconnector.model.SalesOrder;
import io.mlconnector.spi.Finding;
import io.mlconnector.spi.Finding.Level;
import io.mlconnector.spi.Page;
import io.mlconnector.spi.Position;
import io.mlconnector.spi.Source;
import io.mlconnector.testkit.ifs.EdmType;
import io.mlconnector.testkit.ifs.EntitySetDefinition;
import io.mlconnector.testkit.ifs.IfsFault;
import io.mlconnector.testkit.ifs.IfsSandbox;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Sets without a modified column are read whole in every pass. */
class SweepTest {

    private static final String PROJECTIONS = "main/ifsapplications/projection/v1/";

    private final IfsSandbox sandbox = IfsSandbox.builder()
            .clock(new ManualClock(NOW))
            .addSet(customers())
            .addSet(orders())
            .addSet(lines())
            .start();

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @Test
    void needsOneRequestForEachPageAndOneForTheEnd() {
        for (int number = 1; number <= 10; number++) {
            sandbox.put("CustomerSet", customer("C" + number));
        }
        Source<Customer> source = sweeping().with("pageSize", 4).source("customers");

        Position position = drain(source).next();

        assertThat(sandbox.traffic().requests()).isEqualTo(4);
        sandbox.traffic().reset();
        assertThat(drain(source, position).byId()).hasSize(10);
        assertThat(sandbox.traffic().requests()).isEqualTo(4);
    }

    @Test
    void seesTwoEditsWithinOneSecondAndInserts() {
        sandbox.put("CustomerSet", customer("C1"));
        Source<Customer> source = sweeping().source("customers");
        sandbox.patch("CustomerSet", Map.of("CustomerId", "C1", "Name", "First"));
        TestConnection.Delivered<Customer> first = drain(source);
        sandbox.patch("CustomerSet", Map.of("CustomerId", "C1", "Name", "Second"));
        sandbox.put("CustomerSet", customer("A0"));

        TestConnection.Delivered<Customer> again = drain(source, first.next());

        assertThat(first.record("C1").name()).isEqualTo("First");
        assertThat(again.record("C1").name()).isEqualTo("Second");
        assertThat(again.byId()).containsOnlyKeys("A0", "C1");
        assertThat(again.changes().get(1).version())
                .isEqualTo(first.changes().get(0).version());
    }

    @Test
    void keepsInStepWhileRowsChangeAndPollsAreCutShort() {
        var random = new Random(5);
        for (int number = 0; number < 40; number++) {
            sandbox.put("CustomerSet", customer("C" + number));
        }
        TestConnection connection = sweeping().with("pageSize", 7);
        var seen = new HashMap<String, Customer>();
        Position position = Position.START;
        for (int poll = 0; poll < 120; poll++) {
            // a new process each time, and now and then the page before is forgotten
            Page<Customer> page = connection.<Customer>source("customers").poll(position);
            boolean crashed = random.nextInt(4) == 0;
            if (!crashed) {
                page.changes().forEach(change -> seen.put(change.key().id(), change.record()));
                position = page.next();
            }
            if (poll < 80) {
                sandbox.put("CustomerSet", changed(customer("C" + random.nextInt(60)), "Name", "in " + poll));
            }
        }

        assertThat(seen).hasSize(sandbox.rows("CustomerSet").size());
        sandbox.rows("CustomerSet")
                .forEach(row -> assertThat(seen.get(row.text("CustomerId")))
                        .extracting(Customer::name)
                        .isEqualTo(row.text("Name")));
    }

    @Test
    void repeatsAPageWhenItsPositionIsPolledAgain() {
        for (int number = 1; number <= 5; number++) {
            sandbox.put("CustomerSet", customer("C" + number));
        }
        Source<Customer> source = sweeping().with("pageSize", 2).source("customers");
        Position second = source.poll(Position.START).next();

        assertThat(ids(source.poll(second))).containsExactly("C3", "C4");
        assertThat(ids(source.poll(second))).containsExactly("C3", "C4");
        sandbox.failNext(50, IfsFault.connectionDropped());
        assertThatThrownBy(() -> source.poll(second)).isNotNull();
        sandbox.stopFailing();
        assertThat(ids(source.poll(second))).containsExactly("C3", "C4");
    }

    @Test
    void deliversAnOrderAgainWhenOnlyALineChanged() {
        orderWithLines(sandbox, "P1");
        Source<SalesOrder> source = sweeping().source("orders");
        Position position = drain(source).next();
        sandbox.put("CustomerOrderLineSet", line("P1", "3", "1", "1", "0"));
        sandbox.traffic().reset();

        assertThat(drain(source, position).record("P1").net()).isEqualTo(Money.of("3100.99", "SEK"));
        // the orders and their end, the lines and theirs
        assertThat(sandbox.traffic().requests()).isEqualTo(4);
    }

    @Test
    void findsChangesOfLinesBySweepWhereOrdersAreFoundByTime() {
        EntitySetDefinition stamped = EntitySetDefinition.builder(
                        PROJECTIONS + "CustomerOrderHandling.svc", "CustomerOrderSet")
                .initialState("Planned")
                .addKey("OrderNo", EdmType.STRING)
                .addColumns(EdmType.STRING, "CustomerNo", "CustomerName", "Contract", "CurrencyCode", "CustomerPoNo")
                .addColumns(EdmType.STRING, "PayTermId")
                .addColumns(EdmType.DATE_TIME_OFFSET, "DateEntered", "WantedDeliveryDate")
                .addModified("LastModificationTime")
                .build();
        try (IfsSandbox mixed =
                IfsSandbox.builder().addSet(stamped).addSet(lines()).start()) {
            orderWithLines(mixed, "P1");
            Source<SalesOrder> source = TestConnection.to(mixed)
                    .entity("order-lines", Map.of("changes", "sweep"))
                    .source("orders");
            Position position = drain(source).next();
            mixed.advance(Duration.ofHours(1));
            mixed.put("CustomerOrderLineSet", line("P1", "3", "1", "1", "0"));

            assertThat(drain(source, position).record("P1").net()).isEqualTo(Money.of("3100.99", "SEK"));
        }
    }

    @Test
    void readsTheCustomersOfOrders() {
        sandbox.put("CustomerSet", customer("10041988"));
        sandbox.put("CustomerSet", customer("2"));
        orderWithLines(sandbox, "P1");
        Source<Customer> source = sweeping().source("order-customers");
        Position position = drain(source).next();
        sandbox.patch("CustomerSet", Map.of("CustomerId", "10041988", "Name", "Changed"));
        sandbox.traffic().reset();

        TestConnection.Delivered<Customer> again = drain(source, position);

        assertThat(again.byId()).containsOnlyKeys("10041988");
        assertThat(again.record("10041988").name()).isEqualTo("Changed");
        // the orders, their customers, the end of the orders
        assertThat(sandbox.traffic().requests()).isEqualTo(3);
    }

    @Test
    void stopsWhereARowComesTwice() {
        for (int number = 1; number <= 4; number++) {
            sandbox.put("CustomerSet", customer("C" + number));
        }
        Source<Customer> source = sweeping().with("pageSize", 2).source("customers");
        Position second = source.poll(Position.START).next();
        Position wrong = new Position(second.value().replace("{\\\"after\\\":[\\\"C2\\\"]", """
                {\\"after\\":[\\"C2\\"],\\"witnesses\\":[[\\"C4\\"]]"""));

        assertThat(wrong).isNotEqualTo(second);
        assertThatThrownBy(() -> source.poll(wrong))
                .isInstanceOf(FrontierException.class)
                .hasMessageContaining("row [C4] came twice in one sweep; the server orders by other rules");
    }

    @Test
    void refusesAPositionOfSomethingElse() {
        Position other = new Position("""
                {"turn":"","at":{"sweep:%s":"{\\"after\\":[\\"1\\",\\"2\\"]}"}}""".formatted(customers().path()));

        assertThatThrownBy(() -> sweeping().source("customers").poll(other))
                .isInstanceOf(FrontierException.class)
                .hasMessageContaining("not a position in a sweep");
    }

    @Test
    void startsAnewWhenTheWayOfFindingChangesIsAnother() {
        try (IfsSandbox stamped = IfsSandbox.start()) {
            stamped.put("CustomerSet", customer("1"));
            Position byTime = drain(TestConnection.to(stamped).<Customer>source("customers"))
                    .next();

            assertThat(drain(TestConnection.to(stamped).with("changes", "sweep").<Customer>source("customers"), byTime)
                            .byId())
                    .containsOnlyKeys("1");
        }
    }

    @Test
    void checksNamesWithoutAModifiedColumn() {
        sandbox.put("CustomerSet", customer("1"));
        sandbox.put("CustomerSet", customer("2"));
        orderWithLines(sandbox, "P1");

        List<Finding> swept = sweeping().open().check(Set.of("customers", "orders", "order-customers"));
        List<Finding> stamped = TestConnection.to(sandbox).open().check(Set.of("customers"));

        assertThat(swept).allMatch(finding -> finding.level() == Level.OK);
        assertThat(stamped)
                .filteredOn(finding -> finding.level() == Level.FAILED)
                .singleElement()
                .satisfies(finding -> assertThat(finding.detail())
                        .contains("set entities.customers.changes to \"sweep\", which works without one"));
    }

    private TestConnection sweeping() {
        return TestConnection.to(sandbox).with("changes", "sweep");
    }

    private static List<String> ids(Page<? extends BusinessRecord> page) {
        return page.changes().stream().map(change -> change.key().id()).toList();
    }

    static EntitySetDefinition customers() {
        return EntitySetDefinition.builder(PROJECTIONS + "CustomerHandling.svc", "CustomerSet")
                .luname("CustomerInfo")
                .addKey("CustomerId", EdmType.STRING)
                .addColumns(EdmType.STRING, "Name", "AssociationNo", "VatNo", "Country", "Address1", "Address2")
                .addColumns(EdmType.STRING, "ZipCode", "City", "State", "Email", "Phone", "DefaultLanguage")
                .addColumns(EdmType.STRING, "CurrencyCode")
                .build();
    }

    static EntitySetDefinition orders() {
        return EntitySetDefinition.builder(PROJECTIONS + "CustomerOrderHandling.svc", "CustomerOrderSet")
                .initialState("Planned")
                .addKey("OrderNo", EdmType.STRING)
                .addColumns(EdmType.STRING, "CustomerNo", "CustomerName", "Contract", "CurrencyCode", "CustomerPoNo")
                .addColumns(EdmType.STRING, "PayTermId")
                .addColumns(EdmType.DATE_TIME_OFFSET, "DateEntered", "WantedDeliveryDate")
                .build();
    }

    static EntitySetDefinition lines() {
        return EntitySetDefinition.builder(PROJECTIONS + "CustomerOrderHandling.svc", "CustomerOrderLineSet")
                .initialState("Planned")
                .addKey("OrderNo", EdmType.STRING)
                .addKey("LineNo", EdmType.STRING)
                .addKey("RelNo", EdmType.STRING)
                .addKey("LineItemNo", EdmType.INT32)
                .addColumns(EdmType.STRING, "CatalogNo", "CatalogDesc", "SalesUnitMeas", "TaxCode", "CurrencyCode")
                .addColumns(EdmType.DECIMAL, "BuyQtyDue", "SaleUnitPrice", "Discount")
                .build();
    }
}
