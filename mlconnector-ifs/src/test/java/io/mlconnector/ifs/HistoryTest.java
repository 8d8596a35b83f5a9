package io.mlconnector.ifs;

import static io.mlconnector.ifs.Samples.changed;
import static io.mlconnector.ifs.Samples.customer;
import static io.mlconnector.ifs.Samples.line;
import static io.mlconnector.ifs.Samples.orderWithLines;
import static io.mlconnector.ifs.TestConnection.NOW;
import static io.mlconnector.ifs.TestConnection.drain;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.mlconnector.ifs.TestConnection.Delivered;
import io.mlconnector.model.Customer;
import io.mlconnector.model.Money;
import io.mlconnector.model.SalesOrder;
import io.mlconnector.spi.Change;
import io.mlconnector.spi.ConfigurationException;
import io.mlconnector.spi.Finding;
import io.mlconnector.spi.Finding.Level;
import io.mlconnector.spi.Page;
import io.mlconnector.spi.Position;
import io.mlconnector.spi.Source;
import io.mlconnector.testkit.ifs.IfsRow;
import io.mlconnector.testkit.ifs.IfsSandbox;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Sets without a modified column whose changes the history log tells. */
class HistoryTest {

    private static final String LOG = "HistoryLogOverviewSet";

    private final IfsSandbox sandbox = IfsSandbox.builder()
            .clock(new ManualClock(NOW))
            .addSet(SweepTest.customers())
            .addSet(SweepTest.orders())
            .addSet(SweepTest.lines())
            .withHistoryLog("CustomerInfo", "CustomerOrder", "CustomerOrderLine")
            .start();

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @Test
    void loadsTheWholeSetOnceAndThenReadsWhatTheLogNames() {
        for (int number = 1; number <= 10; number++) {
            sandbox.put("CustomerSet", customer("C" + number));
        }
        sandbox.advance(Duration.ofHours(1));
        sandbox.put("CustomerOrderSet", Samples.order("P1")); // another unit in the same log
        TestConnection connection = logged().with("pageSize", 4);
        Source<Customer> source = connection.source("customers");
        Delivered<Customer> first = drain(source);
        assertThat(first.byId()).hasSize(10);
        connection.clock().sleep(Duration.ofMinutes(6));
        sandbox.advance(Duration.ofMinutes(6));
        Position position = drain(source, first.next()).next();

        sandbox.traffic().reset();
        position = drain(source, position).next();
        assertThat(sandbox.traffic().requests()).isEqualTo(1); // the newest entry is known

        sandbox.patch("CustomerSet", Map.of("CustomerId", "C3", "Name", "One"));
        sandbox.patch("CustomerSet", Map.of("CustomerId", "C3", "Name", "Two"));
        sandbox.put("CustomerSet", customer("N1"));
        sandbox.traffic().reset();
        Delivered<Customer> again = drain(source, position);
        assertThat(again.changes()).hasSize(2);
        assertThat(again.record("C3").name()).isEqualTo("Two");
        assertThat(again.record("N1")).isNotNull();
        // the newest entry, a page of entries, its rows, the end
        assertThat(sandbox.traffic().requests()).isEqualTo(4);
    }

    @Test
    void losesNothingBetweenTheFirstLoadAndTheLog() {
        for (int number = 1; number <= 6; number++) {
            sandbox.put("CustomerSet", customer("C" + number));
        }
        Source<Customer> source = logged().with("pageSize", 2).source("customers");
        Page<Customer> page = source.poll(source.poll(Position.START).next());
        sandbox.patch("CustomerSet", Map.of("CustomerId", "C1", "Name", "While loading"));

        assertThat(drain(source, page.next()).record("C1").name()).isEqualTo("While loading");
    }

    @Test
    void startsFromAnEmptyLog() {
        Source<Customer> source = logged().source("customers");
        Position position = drain(source).next();
        sandbox.put("CustomerSet", customer("C1"));

        assertThat(drain(source, position).byId()).containsOnlyKeys("C1");
    }

    @Test
    void losesNothingWhileRowsChangeAndCommitLate() {
        var random = new Random(3);
        for (int number = 0; number < 40; number++) {
            sandbox.put("CustomerSet", customer("C" + number));
        }
        TestConnection connection = logged().with("pageSize", 5).with("overlap", "PT4S");
        var seen = new HashMap<String, Customer>();
        Position position = Position.START;
        for (int poll = 0; poll < 250; poll++) {
            Page<Customer> page = connection.<Customer>source("customers").poll(position);
            if (random.nextInt(5) > 0) {
                for (Change<Customer> change : page.changes()) {
                    Customer record = change.record();
                    if (record == null) {
                        seen.remove(change.key().id());
                    } else {
                        seen.put(change.key().id(), record);
                    }
                }
                position = page.next();
            }
            if (poll < 100) {
                touch(random, poll);
                sandbox.advance(Duration.ofMillis(300));
            } else if (poll % 10 == 0) {
                sandbox.advance(Duration.ofSeconds(5));
            }
        }

        assertThat(seen).hasSize(sandbox.rows("CustomerSet").size());
        sandbox.rows("CustomerSet")
                .forEach(row -> assertThat(seen.get(row.text("CustomerId")))
                        .extracting(Customer::name)
                        .isEqualTo(row.text("Name")));
    }

    private void touch(Random random, int poll) {
        for (int tie = 0; tie < 3; tie++) {
            sandbox.put("CustomerSet", changed(customer("C" + random.nextInt(40)), "Name", "in " + poll + "/" + tie));
        }
        sandbox.commitLater(
                "CustomerSet",
                Map.of("CustomerId", "C" + random.nextInt(40), "Name", "late in " + poll),
                Duration.ofMillis(random.nextInt(2_500)));
        if (poll % 9 == 0) {
            sandbox.put("CustomerSet", customer("N" + poll));
        }
        if (poll % 11 == 0) {
            sandbox.delete("CustomerSet", "C" + random.nextInt(40));
        }
    }

    @Test
    void tellsOfRemovalsOnlyWhereTheLogSaysSo() {
        sandbox.put("CustomerSet", customer("C1"));
        sandbox.put("CustomerSet", customer("C2"));
        sandbox.put("CustomerSet", customer("C3"));
        Source<Customer> source = logged().source("customers");
        Position position = drain(source).next();
        sandbox.advance(Duration.ofHours(1));
        sandbox.delete("CustomerSet", "C1");
        sandbox.delete("CustomerSet", "C2");
        sandbox.put("CustomerSet", customer("C2"));
        sandbox.put(
                LOG, Map.of("LogId", 999, "LuName", "CustomerInfo", "Keys", "CUSTOMER_ID=X^", "HistoryType", "Update"));

        List<Change<Customer>> changes = drain(source, position).changes();

        assertThat(changes)
                .extracting(change -> change.key().id())
                .containsExactly("C2", "C3", "C1"); // C3 lies in the overlap
        assertThat(changes).extracting(Change::isDelete).containsExactly(false, false, true);
        assertThat(drain(logged().with("history", Map.of("typeColumn", "none")).<Customer>source("customers"), position)
                        .changes())
                .noneMatch(Change::isDelete);
    }

    @Test
    void putsAsideAnEntryThatNamesNoRow() {
        sandbox.put("CustomerSet", customer("C1"));
        Source<Customer> source = logged().source("customers");
        Position position = drain(source).next();
        sandbox.put(
                LOG, Map.of("LogId", 999, "LuName", "CustomerInfo", "Keys", "IDENTITY=7^", "HistoryType", "Update"));

        Delivered<Customer> again = drain(source, position);

        assertThat(again.malformed()).singleElement().satisfies(malformed -> {
            assertThat(malformed.key().id()).isEqualTo("history-999");
            assertThat(malformed.raw()).contains("IDENTITY=7^");
        });
        Source<Customer> named = logged().entity("customers", Map.of("logKeys", List.of("IDENTITY")))
                .source("customers");
        assertThat(drain(named, position).malformed())
                .isNotEmpty()
                .noneMatch(malformed -> malformed.key().id().equals("history-999"));
    }

    @Test
    void deliversAnOrderAgainWhenALineChangedOrWasRemoved() {
        orderWithLines(sandbox, "P1");
        orderWithLines(sandbox, "P2");
        Source<SalesOrder> source = logged().source("orders");
        Position position = drain(source).next();
        sandbox.advance(Duration.ofHours(1));
        sandbox.put("CustomerOrderLineSet", line("P1", "3", "1", "1", "0"));
        sandbox.delete("CustomerOrderLineSet", "P2", "1", "1", 0);

        Delivered<SalesOrder> again = drain(source, position);

        assertThat(again.record("P1").net()).isEqualTo(Money.of("3100.99", "SEK"));
        assertThat(again.record("P2").lines()).hasSize(1);
    }

    @Test
    void readsTheCustomersOfOrders() {
        sandbox.put("CustomerSet", customer("10041988"));
        Source<Customer> source = logged().source("order-customers");
        Position position = drain(source).next();
        orderWithLines(sandbox, "P1");

        assertThat(drain(source, position).byId()).containsOnlyKeys("10041988");
    }

    @Test
    void checksTheLog() {
        sandbox.put("CustomerSet", customer("C1"));

        List<Finding> findings = logged().open().check(Set.of("customers", "orders", "invoices"));

        assertThat(findings)
                .filteredOn(finding -> finding.subject().startsWith("HistoryLogHandling/" + LOG))
                .extracting(Finding::subject, Finding::level)
                .contains(
                        tuple("HistoryLogHandling/" + LOG + "(customers)", Level.OK),
                        tuple("HistoryLogHandling/" + LOG + "(orders)", Level.WARNING),
                        tuple("HistoryLogHandling/" + LOG + "(invoices)", Level.FAILED));
        assertThat(findings)
                .filteredOn(finding -> finding.level() == Level.WARNING)
                .extracting(Finding::detail)
                .allMatch(message -> message.contains("history logging of this logical unit may be off"));
        assertThat(checked(Map.of("keysColumn", "Key")))
                .contains("no such columns: Key")
                .contains("LogId, LuName, Keys, HistoryType, TimeStamp; name others in history");
        assertThat(checked(Map.of("timeColumn", "Keys"))).contains("Keys must be Edm.DateTimeOffset");
        assertThat(checked(Map.of("path", "main/x/HistoryLogHandling.svc/Log"))).contains("404");
    }

    private String checked(Map<String, String> history) {
        return logged().with("history", history).open().check(Set.of("customers")).stream()
                .filter(finding -> finding.level() == Level.FAILED)
                .map(Finding::detail)
                .reduce("", String::concat);
    }

    @Test
    void namesFaultsOfTheSettings() {
        TestConnection connection = TestConnection.to(sandbox)
                .with("changes", "sometimes")
                .with("history", Map.of("path", "/Log", "idColumn", "Log Id", "luColumn", "1"))
                .entity("customers", Map.of("changes", "sweep", "paging", "skip", "logKeys", List.of("A", "B")))
                .entity("invoices", Map.of("changes", "history"));

        assertThatThrownBy(connection::open)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("changes must be one of modified, sweep, history")
                .hasMessageContaining("history.path must be the path of a set")
                .hasMessageContaining("history.idColumn must be a column")
                .hasMessageContaining("history.luColumn must be a column")
                .hasMessageContaining("customers.paging must be keyset")
                .hasMessageContaining("customers.logKeys must name as many columns as keys")
                .hasMessageContaining("invoices.lu is missing");
        assertThatThrownBy(() -> logged().source("invoices"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("entities.invoices.lu is missing");
    }

    @Test
    void readsKeyReferences() {
        assertThat(KeyReference.values("ORDER_NO=P=1^LINE_NO=1^2^REL_NO=^", List.of("LINE_NO", "ORDER_NO")))
                .contains(List.of("1^2", "P=1"));
        assertThat(KeyReference.values("ORDER_NO=P1^REL_NO=^", List.of("REL_NO")))
                .isEmpty();
        assertThat(KeyReference.values("P1", List.of("ORDER_NO"))).isEmpty();
        assertThat(KeyReference.databaseName("LineItemNo")).isEqualTo("LINE_ITEM_NO");
    }

    @Test
    void showsInTheSandboxWhatWasDone() {
        sandbox.put("CustomerSet", customer("C1"));
        sandbox.patch("CustomerSet", Map.of("CustomerId", "C1", "Name", "Changed"));
        sandbox.commitLater("CustomerSet", Map.of("CustomerId", "C1", "Name", "Late"), Duration.ofSeconds(3));
        assertThat(sandbox.rows(LOG)).extracting(this::event).containsExactly("Insert", "Update");
        sandbox.advance(Duration.ofSeconds(3));
        sandbox.delete("CustomerSet", "C1");

        assertThat(sandbox.rows(LOG)).extracting(this::event).containsExactly("Insert", "Update", "Update", "Delete");
        assertThat(sandbox.rows(LOG)).extracting(row -> row.text("Keys")).containsOnly("CUSTOMER_ID=C1^");
    }

    private String event(IfsRow row) {
        return row.text("HistoryType");
    }

    private TestConnection logged() {
        return TestConnection.to(sandbox).with("changes", "history");
    }
}
