package io.mlconnector.testkit.ifs;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Made-up customers, orders and vouchers of eight countries that look real: awkward letters and signs, valid tax
 * numbers, currencies with none, two and three decimals, discounts and rounding.
 *
 * <p>Each order has one to six lines and one voucher, its invoice. The voucher's net amount is the sum over the lines of
 * {@code BuyQtyDue * SaleUnitPrice * (100 - Discount) / 100}, each rounded half up to the currency's decimals; its tax is
 * the sum of net times rate per line, rounded alike; the line's {@code TaxCode} is the rate in percent. Amounts in Kuwaiti
 * dinar end in 0. The same seed makes the same data. Not safe for threads.
 */
public final class IfsDemoData {

    private final RandomGenerator random;
    private final Instant until;
    private final DemoCustomers customerMaker;
    private final DemoOrders orderMaker;
    private final List<Map<String, Object>> customers = new ArrayList<>();
    private final List<DemoOrder> orders = new ArrayList<>();

    private IfsDemoData(RandomGenerator random, Instant until) {
        this.random = random;
        this.until = until.truncatedTo(ChronoUnit.SECONDS);
        this.customerMaker = new DemoCustomers(random);
        this.orderMaker = new DemoOrders(random, until);
    }

    /**
     * Makes data.
     *
     * @param random the source of chance, usually seeded; later edits draw from it too
     * @param until when the data ends: rows were last changed in the 30 days before, a fifth of them in one second
     * @param customerCount how many customers, at least 1
     * @param orderCount how many orders, and as many vouchers
     * @return the data, not loaded yet
     */
    public static IfsDemoData generate(RandomGenerator random, Instant until, int customerCount, int orderCount) {
        if (customerCount < 1 || orderCount < 0) {
            throw new IllegalArgumentException(
                    "at least one customer is needed, not " + customerCount + " with " + orderCount + " orders");
        }
        IfsDemoData data = new IfsDemoData(requireNonNull(random, "random"), requireNonNull(until, "until"));
        for (int number = 1; number <= customerCount; number++) {
            data.customers.add(data.customerMaker.next(number));
        }
        for (int number = 1; number <= orderCount; number++) {
            data.orders.add(data.orderMaker.next(number, DemoCountry.pick(random, data.customers)));
        }
        return data;
    }

    /**
     * Makes data from a seed.
     *
     * @param seed the seed
     * @param until when the data ends
     * @param customerCount how many customers, at least 1
     * @param orderCount how many orders, and as many vouchers
     * @return the data, not loaded yet
     */
    public static IfsDemoData seeded(long seed, Instant until, int customerCount, int orderCount) {
        return generate(new Random(seed), until, customerCount, orderCount);
    }

    /**
     * Puts everything into those of the {@link IfsEntitySets} that the sandbox serves.
     *
     * @param sandbox a running sandbox
     */
    public void loadInto(IfsSandbox sandbox) {
        DemoSets sets = new DemoSets(sandbox);
        customers.forEach(customer -> sets.customer(customer, stamp()));
        orders.forEach(order -> sets.order(order, stamp()));
    }

    private Optional<Instant> stamp() {
        Duration age = random.nextInt(5) == 0
                ? Duration.ofDays(10)
                : Duration.ofSeconds(1 + random.nextLong(Duration.ofDays(30).toSeconds()));
        return Optional.of(until.minus(age));
    }

    /**
     * Changes the phone and either address or name of some customers, stamped with the server's clock.
     *
     * @param sandbox a sandbox that the data was loaded into
     * @param count how many different ones; all if there are fewer
     * @return the customers as they are now, in the columns of the generic {@code CustomerSet}
     */
    public List<IfsRow> editCustomers(IfsSandbox sandbox, int count) {
        DemoSets sets = new DemoSets(sandbox);
        List<IfsRow> edited = new ArrayList<>();
        for (Map<String, Object> customer : some(customers, count)) {
            customerMaker.edit(customer);
            sets.customer(customer, Optional.empty());
            edited.add(new IfsRow(customer));
        }
        return edited;
    }

    /**
     * Changes the quantity of one line in some orders and the amounts of their vouchers, stamped with the server's clock.
     *
     * @param sandbox a sandbox that the data was loaded into
     * @param count how many different ones; all if there are fewer
     * @return the vouchers as they are now, in the columns of the generic {@code VoucherSet}
     */
    public List<IfsRow> editVouchers(IfsSandbox sandbox, int count) {
        DemoSets sets = new DemoSets(sandbox);
        List<IfsRow> edited = new ArrayList<>();
        for (DemoOrder order : some(orders, count)) {
            sets.line(order, orderMaker.edit(order), Optional.empty());
            sets.voucher(order, Optional.empty());
            edited.add(new IfsRow(order.voucher()));
        }
        return edited;
    }

    private <T> List<T> some(List<T> all, int count) {
        List<Integer> places =
                new ArrayList<>(IntStream.range(0, all.size()).boxed().toList());
        for (int at = places.size() - 1; at > 0; at--) {
            Collections.swap(places, at, random.nextInt(at + 1));
        }
        return places.stream().limit(count).map(all::get).toList();
    }

    /**
     * Returns the customers as they are now.
     *
     * @return rows in the columns of the generic {@code CustomerSet}
     */
    public List<IfsRow> customers() {
        return customers.stream().map(IfsRow::new).toList();
    }

    /**
     * Returns the orders as they are now.
     *
     * @return rows in the columns of {@code CustomerOrderSet}
     */
    public List<IfsRow> orders() {
        return orders.stream().map(order -> new IfsRow(order.order())).toList();
    }

    /**
     * Returns the order lines as they are now.
     *
     * @return rows in the columns of {@code CustomerOrderLineSet}
     */
    public List<IfsRow> orderLines() {
        return orders.stream()
                .flatMap(order -> order.lines().stream())
                .map(IfsRow::new)
                .toList();
    }

    /**
     * Returns the vouchers as they are now, one per order.
     *
     * @return rows in the columns of the generic {@code VoucherSet}
     */
    public List<IfsRow> vouchers() {
        return orders.stream().map(order -> new IfsRow(order.voucher())).toList();
    }
}
