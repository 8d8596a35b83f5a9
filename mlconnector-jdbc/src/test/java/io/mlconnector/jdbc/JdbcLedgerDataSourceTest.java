package io.mlconnector.jdbc;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.mlconnector.spi.LedgerException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

class JdbcLedgerDataSourceTest {

    @Test
    void refusesADatabaseThatItDoesNotKnow() {
        assertThatExceptionOfType(LedgerException.class)
                .isThrownBy(() -> JdbcLedger.open(dataSourceOf("Oracle")))
                .withMessage("the ledger's database must be PostgreSQL, and this is 'Oracle'");
    }

    @Test
    void pointsAnSqliteDataSourceToTheOtherDoor() {
        assertThatExceptionOfType(LedgerException.class)
                .isThrownBy(() -> JdbcLedger.open(dataSourceOf("SQLite")))
                .withMessageContaining("JdbcLedger.sqlite(file)");
    }

    @Test
    void saysThatItCannotConnect() {
        DataSource refusing = proxy(DataSource.class, (self, method, arguments) -> {
            throw new SQLException("connection refused");
        });

        assertThatExceptionOfType(LedgerException.class)
                .isThrownBy(() -> JdbcLedger.open(refusing))
                .withMessage("connecting to the ledger's database failed: connection refused");
    }

    private static DataSource dataSourceOf(String product) {
        DatabaseMetaData metaData = proxy(DatabaseMetaData.class, (self, method, arguments) -> product);
        Connection connection = proxy(
                Connection.class,
                (self, method, arguments) -> method.getName().equals("getMetaData") ? metaData : null);
        return proxy(DataSource.class, (self, method, arguments) -> connection);
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
