package io.mlconnector.jdbc;

import io.mlconnector.model.RecordKey;
import io.mlconnector.spi.Endpoint;
import io.mlconnector.spi.LedgerException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The statements of one transaction: says what it may do, and remembers whether one of them failed. */
final class Session {

    private final Statements statements;
    private final Dialect dialect;
    private final @Nullable String flow;
    private final boolean writes;
    private final boolean once;
    private final Thread owner = Thread.currentThread();
    private final List<String> putOff = new ArrayList<>();
    private @Nullable LedgerException failure;
    private boolean asked;
    private boolean over;

    private Session(Statements statements, Dialect dialect, @Nullable String flow, boolean writes, boolean once) {
        this.statements = statements;
        this.dialect = dialect;
        this.flow = flow;
        this.writes = writes;
        this.once = once;
    }

    static Session reading(Statements statements, Dialect dialect) {
        return new Session(statements, dialect, null, false, false);
    }

    /** Allows one query: two could see two states. */
    static Session lookingUp(Statements statements, Dialect dialect) {
        return new Session(statements, dialect, null, false, true);
    }

    static Session writing(Statements statements, Dialect dialect, String flow) {
        return new Session(statements, dialect, flow, true, false);
    }

    static Session withoutLease(Statements statements, Dialect dialect) {
        return new Session(statements, dialect, null, true, false);
    }

    Dialect dialect() {
        return dialect;
    }

    /** Returns what to add to a query whose rows must stay; a transaction that only reads sees one state anyway. */
    String forUpdate() {
        return writes ? dialect.forUpdate() : "";
    }

    void end() {
        over = true;
    }

    /**
     * A work that swallows a failed statement must not commit the half that went before it, and must not go on: SQLite
     * ends a transaction by itself on some faults, and what follows would stand alone.
     */
    void refuseFailed() {
        if (failure != null) {
            throw failure;
        }
    }

    void reading() {
        if (Thread.currentThread() != owner || over) {
            throw new IllegalStateException("a ledger transaction is valid on its own thread until its work returns");
        }
        refuseFailed();
    }

    /** Begins a write that needs no lease. */
    void writingFreely() {
        reading();
        if (!writes) {
            throw new IllegalStateException("a read of the ledger cannot write");
        }
    }

    void writing() {
        writingFreely();
        if (flow == null) {
            throw new IllegalStateException("this write needs a lease");
        }
    }

    void writing(String forFlow) {
        writing();
        if (!forFlow.equals(flow)) {
            throw new IllegalArgumentException(
                    "the lease of flow '" + flow + "' cannot write for flow '" + forFlow + "'");
        }
    }

    /** Takes all rows at once, as the caller keeps them. */
    void query(String operation, String sql, Binding binding, Reading reading) {
        refuseAgain();
        now(operation, () -> statements.query(sql, 0, binding, reading));
    }

    /** Reads rows of which there may be more than memory holds. */
    void scan(String operation, String sql, Reading reading) {
        refuseAgain();
        now(operation, () -> statements.query(sql, dialect.fetchSize(), Binding.NONE, reading));
    }

    private void refuseAgain() {
        if (once && asked) {
            throw new IllegalStateException("a look-up is one question to the ledger; several are a read");
        }
        asked = true;
    }

    /** Returns how many rows were changed. */
    int update(String operation, String sql, Binding binding) {
        int[] changed = new int[1];
        now(operation, () -> changed[0] = statements.update(sql, binding));
        return changed[0];
    }

    /** Changes rows, of which nobody asks how many. */
    void write(String operation, String sql, Binding binding) {
        perhapsLater(operation, () -> statements.write(sql, binding));
    }

    /** Stores rows; of those with one identity, the later is stored after the earlier. */
    <T> void insert(
            String operation, Insert insert, Collection<T> items, Function<T, ?> identity, ItemBinding<T> binding) {
        if (!items.isEmpty()) {
            perhapsLater(operation, () -> statements.insert(insert, items, identity, binding));
        }
    }

    /**
     * Removes the rows that belong to some records; one statement for each entity that they are of.
     *
     * @param from the table, and a condition that its rows must meet besides
     */
    void delete(String operation, String from, Binding binding, Collection<RecordKey> sources) {
        Map<Endpoint, List<String>> idsByEntity = new LinkedHashMap<>();
        for (RecordKey source : sources) {
            idsByEntity
                    .computeIfAbsent(new Endpoint(source.connection(), source.entity()), entity -> new ArrayList<>())
                    .add(source.id());
        }
        idsByEntity.forEach((entity, ids) -> write(
                operation,
                "DELETE FROM " + from + " AND source_connection = ? AND source_entity = ? AND "
                        + dialect.isOneOf("source_id"),
                parameters -> {
                    binding.bind(parameters);
                    parameters.text(entity.connection()).text(entity.entity());
                    dialect.bindTexts(parameters, ids);
                }));
    }

    void commit() {
        now("the commit", statements::commit);
    }

    private void now(String operation, Step step) {
        putOff.add(operation);
        try {
            step.run();
        } catch (SQLException | IllegalArgumentException e) {
            throw failed(e);
        }
        putOff.clear();
    }

    private void perhapsLater(String operation, PerhapsLater step) {
        putOff.add(operation);
        boolean done;
        try {
            done = step.run();
        } catch (SQLException e) {
            throw failed(e);
        }
        if (done) {
            putOff.clear();
        }
    }

    /** Where statements went together, the database does not say which of them it was. */
    private LedgerException failed(Exception fault) {
        LedgerException failed = Faults.of(String.join(", ", putOff), fault);
        failure = failed;
        return failed;
    }

    interface Binding {
        Binding NONE = parameters -> {};

        void bind(StatementParameters parameters) throws SQLException;
    }

    interface ItemBinding<T> {
        void bind(Parameters parameters, T item) throws SQLException;
    }

    interface Reading {
        void read(Row row) throws SQLException;
    }

    private interface Step {
        void run() throws SQLException;
    }

    private interface PerhapsLater {
        boolean run() throws SQLException;
    }
}
