package io.mlconnector.ifs;

import static io.mlconnector.ifs.Samples.changed;
import static io.mlconnector.ifs.Samples.line;
import static io.mlconnector.ifs.Samples.orderWithLines;
import static io.mlconnector.ifs.TestConnection.drain;
import static org.assertj.core.api.Assertions.assertThat;

import io.mlconnector.ifs.TestConnection.Delivered;
import io.mlconnector.model.LineItem;
import io.mlconnector.model.Money;
import io.mlconnector.model.SalesOrder;
import io.mlconnector.spi.Position;
import io.mlconnector.spi.Source;
import io.mlconnector.testkit.ifs.IfsDemoData;
import io.mlconnector.testkit.ifs.IfsSandbox;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OrderSourceTest {

    private final IfsSandbox sandbox = IfsSandbox.start();

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @Test
    void readsAnOrderWithItsLines() {
        orderWithLines(sandbox, "P500123");

        SalesOrder order = drain(source()).records().get(0);

        assertThat(order.key().toString()).isEqualTo("ifs-test/orders/P500123");
        assertThat(order.customer().toString()).isEqualTo("ifs-test/customers/10041988");
        assertThat(order.orderedOn()).isEqualTo(LocalDate.of(2026, 1, 16));
        assertThat(order.wantedOn()).isEqualTo(LocalDate.of(2026, 1, 30));
        assertThat(order.customerReference()).isEqualTo("4711");
        assertThat(order.status()).isEqualTo("Released");
        assertThat(order.attributes().asMap()).containsEntry("site", "SE01");
        assertThat(order.net()).isEqualTo(Money.of("3099.99", "SEK"));
        assertThat(order.lines()).extracting(LineItem::description).containsOnly("Heat exchanger 200");
        assertThat(source().fetch("P500123").orElseThrow().record()).isEqualTo(order);
    }

    @Test
    void deliversAnOrderAgainWhenOnlyALineOfItChanged() {
        orderWithLines(sandbox, "P1");
        orderWithLines(sandbox, "P2");
        Source<SalesOrder> source = source();
        Position position = drain(source).next();
        sandbox.advance(Duration.ofHours(1));
        sandbox.put("CustomerOrderLineSet", line("P2", "3", "1", "1", "0"));

        Delivered<SalesOrder> again = drain(source, position);

        assertThat(again.record("P2").net()).isEqualTo(Money.of("3100.99", "SEK"));
    }

    @Test
    void leavesLinesAloneWhereTheyAreNotFollowed() {
        orderWithLines(sandbox, "P1");
        Source<SalesOrder> source = TestConnection.to(sandbox)
                .entity("order-lines", Map.of("follow", false))
                .source("orders");
        Position position = drain(source).next();
        sandbox.traffic().reset();

        drain(source, position);

        // a probe, the order in the overlap, its lines and where they end, and the end of the orders
        assertThat(sandbox.traffic().requests()).isLessThanOrEqualTo(5);
    }

    @Test
    void putsAsideAnOrderWithALineThatCannotBeRead() {
        orderWithLines(sandbox, "P1");
        orderWithLines(sandbox, "P2");
        Map<String, Object> key = Map.of("OrderNo", "P1", "LineNo", "1", "RelNo", "1", "LineItemNo", 0);
        Map<String, Object> broken = new HashMap<>(key);
        broken.put("BuyQtyDue", null);
        sandbox.patch("CustomerOrderLineSet", broken);

        Delivered<SalesOrder> delivered = drain(source());

        assertThat(delivered.byId()).containsOnlyKeys("P2");
        assertThat(delivered.malformed())
                .isNotEmpty() // again for the lines that changed within the overlap
                .allSatisfy(malformed -> assertThat(malformed.faults())
                        .containsExactly("line P1|1|1|0: lines.quantity (BuyQtyDue) is missing"));
    }

    @Test
    void readsManyOrdersInAFewRequests() {
        IfsDemoData.seeded(3, TestConnection.NOW, 50, 1_000).loadInto(sandbox);

        Delivered<SalesOrder> delivered = drain(source());

        assertThat(delivered.malformed()).isEmpty();
        assertThat(delivered.byId()).hasSize(1_000);
        assertThat(sandbox.traffic().requests()).isLessThanOrEqualTo(30);
    }

    @Test
    void pagesByPositionWhereThatIsWanted() {
        for (int number = 1; number <= 7; number++) {
            sandbox.put(
                    "CustomerOrderSet",
                    changed(Samples.order("P" + number), "LastModificationTime", "2026-01-15T09:30:0" + number + "Z"));
        }
        Source<SalesOrder> source = TestConnection.to(sandbox)
                .with("pageSize", 3)
                .with("overlap", "PT1S")
                .entity("orders", Map.of("paging", "skip"))
                .source("orders");

        Delivered<SalesOrder> first = drain(source);

        assertThat(first.byId()).hasSize(7);
        assertThat(drain(source, first.next()).byId()).containsOnlyKeys("P6", "P7");
    }

    @Test
    void goesOnByPositionWhenARowIsStampedInTheFuture() {
        sandbox.put("CustomerOrderSet", Samples.order("P1"));
        sandbox.put("CustomerOrderSet", changed(Samples.order("P2"), "LastModificationTime", "2206-01-15T00:00:00Z"));
        Source<SalesOrder> source = byPosition();
        Position position = drain(source).next();
        sandbox.advance(Duration.ofHours(1));
        sandbox.put("CustomerOrderSet", Samples.order("P3"));

        // P1 is the newest of the first cycle, and so within the overlap of the second
        assertThat(drain(source, position).byId()).containsOnlyKeys("P1", "P2", "P3");
    }

    @Test
    void readsByPositionAgainWhatBecameVisibleDuringALongCycle() {
        for (int number = 1; number <= 4; number++) {
            sandbox.put("CustomerOrderSet", Samples.order("P" + number));
            sandbox.advance(Duration.ofSeconds(1));
        }
        Source<SalesOrder> source = byPosition();
        sandbox.commitLater("CustomerOrderSet", Samples.order("P0"), Duration.ofSeconds(30));
        sandbox.advance(Duration.ofSeconds(1));
        Position position = source.poll(source.poll(Position.START).next()).next();
        sandbox.advance(Duration.ofHours(1));
        sandbox.put("CustomerOrderSet", Samples.order("P5"));

        Delivered<SalesOrder> rest = drain(source, position);

        assertThat(drain(source, rest.next()).byId()).containsKeys("P0", "P5");
    }

    private Source<SalesOrder> byPosition() {
        return TestConnection.to(sandbox)
                .with("pageSize", 3)
                .with("overlap", "PT1M")
                .entity("orders", Map.of("paging", "skip"))
                .source("orders");
    }

    private Source<SalesOrder> source() {
        return TestConnection.to(sandbox).source("orders");
    }
}
