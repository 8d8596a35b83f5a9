package io.mlconnector.jdbc;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** A pool of connections that notes what they execute. It lends a connection again without a test, unless told to. */
public final class TestPool {

    private final DataSource dataSource;
    private final boolean tests;
    private final Deque<Connection> idle = new ArrayDeque<>();
    private final List<String> executed = new ArrayList<>();
    private int lent;

    public TestPool(DataSource dataSource, boolean tests) {
        this.dataSource = dataSource;
        this.tests = tests;
    }

    public DataSource dataSource() {
        return proxy(DataSource.class, (self, method, arguments) -> {
            if (method.getName().equals("getConnection")) {
                return lend();
            }
            return call(dataSource, method, arguments);
        });
    }

    /** Returns the statements since the last call, a batch as one, and "commit" for each commit. */
    synchronized List<String> takeExecuted() {
        List<String> taken = List.copyOf(executed);
        executed.clear();
        return taken;
    }

    /** Returns how many connections are lent. */
    synchronized int lent() {
        return lent;
    }

    public synchronized void closeIdle() throws SQLException {
        for (Connection connection : idle) {
            connection.close();
        }
        idle.clear();
    }

    private synchronized void note(String statement) {
        executed.add(statement.strip());
    }

    private synchronized Connection lend() throws SQLException {
        while (!idle.isEmpty()) {
            Connection connection = idle.pop();
            if (!tests || connection.isValid(5)) {
                return lent(connection);
            }
            connection.close();
        }
        return lent(dataSource.getConnection());
    }

    private synchronized void takeBack(Connection connection) throws SQLException {
        lent--;
        if (!connection.isClosed()) {
            idle.push(connection);
        }
    }

    private Connection lent(Connection connection) {
        lent++;
        return proxy(Connection.class, (self, method, arguments) -> {
            switch (method.getName()) {
                case "close" -> {
                    takeBack(connection);
                    return null;
                }
                case "commit" -> note("commit");
                default -> {}
            }
            Object result = call(connection, method, arguments);
            if (result instanceof PreparedStatement statement) {
                return noted(PreparedStatement.class, statement, String.valueOf(arguments[0]));
            }
            return result instanceof Statement statement ? noted(Statement.class, statement, "") : result;
        });
    }

    private <S extends Statement> S noted(Class<S> type, S statement, String sql) {
        return proxy(type, (self, method, arguments) -> {
            if (method.getName().startsWith("execute")) {
                note(sql.isEmpty() ? String.valueOf(arguments[0]) : sql);
            }
            return call(statement, method, arguments);
        });
    }

    private static @Nullable Object call(Object target, Method method, Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
