package io.mlconnector.engine;

import io.mlconnector.spi.Lease;
import io.mlconnector.spi.Ledger;
import io.mlconnector.spi.LedgerTransaction;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** A ledger that counts its transactions, and what is called within them, by the names of the stores and methods. */
final class LedgerWrites implements Ledger {

    static final String TRANSACTIONS = "transactions";

    private final Ledger ledger;
    private final Map<String, Integer> counts = new TreeMap<>();

    LedgerWrites(Ledger ledger) {
        this.ledger = ledger;
    }

    /** Returns the counts since the last call. */
    Map<String, Integer> take() {
        var taken = Map.copyOf(counts);
        counts.clear();
        return taken;
    }

    @Override
    public <R> R inTransaction(Lease lease, Function<LedgerTransaction, R> work) {
        count(TRANSACTIONS);
        return ledger.inTransaction(lease, tx -> work.apply(counting(LedgerTransaction.class, tx, "")));
    }

    @Override
    public <R> R withoutLease(Function<LedgerTransaction, R> work) {
        count(TRANSACTIONS);
        return ledger.withoutLease(tx -> work.apply(counting(LedgerTransaction.class, tx, "")));
    }

    private <T> T counting(Class<T> type, T target, String name) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    Object result;
                    try {
                        result = method.invoke(target, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                    if (name.isEmpty()) {
                        return countingStore(method.getReturnType(), result, method.getName());
                    }
                    count(name + "." + method.getName());
                    return result;
                }));
    }

    private <T> T countingStore(Class<T> type, Object store, String name) {
        return counting(type, type.cast(store), name);
    }

    private void count(String what) {
        counts.merge(what, 1, Integer::sum);
    }

    @Override
    public Lease acquire(String flow) {
        return ledger.acquire(flow);
    }

    @Override
    public <R> R read(Function<LedgerTransaction, R> work) {
        return ledger.read(work);
    }

    @Override
    public void close() {
        ledger.close();
    }
}
