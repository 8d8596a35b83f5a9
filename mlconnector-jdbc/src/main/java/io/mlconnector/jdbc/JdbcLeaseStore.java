package io.mlconnector.jdbc;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Epochs in {@code ml_lease}, each with the process that raised it last. */
final class JdbcLeaseStore {

    private static final String THIS_PROCESS = ProcessHandle.current().pid() + "@" + host();

    private final Session session;

    JdbcLeaseStore(Session session) {
        this.session = session;
    }

    long raiseEpoch(String flow) {
        session.writing(flow);
        List<Long> epochs = new ArrayList<>(1);
        session.query(
                "raising the epoch of flow '" + flow + "'",
                """
                INSERT INTO ml_lease (flow, epoch, holder) VALUES (?, 1, ?)
                ON CONFLICT (flow) DO UPDATE SET epoch = ml_lease.epoch + 1, holder = excluded.holder
                RETURNING epoch
                """,
                parameters -> parameters.text(flow).text(THIS_PROCESS),
                row -> epochs.add(row.number()));
        return epochs.get(0);
    }

    long epoch(String flow) {
        List<Long> epochs = new ArrayList<>(1);
        session.query(
                "reading the epoch of flow '" + flow + "'",
                "SELECT epoch FROM ml_lease WHERE flow = ?",
                parameters -> parameters.text(flow),
                row -> epochs.add(row.number()));
        return epochs.isEmpty() ? 0 : epochs.get(0);
    }

    String holder(String flow) {
        List<@Nullable String> holders = new ArrayList<>(1);
        session.query(
                "reading who holds flow '" + flow + "'",
                "SELECT holder FROM ml_lease WHERE flow = ?",
                parameters -> parameters.text(flow),
                row -> holders.add(row.textOrNull()));
        String holder = holders.isEmpty() ? null : holders.get(0);
        if (holder == null) {
            return "somebody";
        }
        return holder.equals(THIS_PROCESS) ? holder + ", this process" : holder;
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "an unknown host";
        }
    }
}
