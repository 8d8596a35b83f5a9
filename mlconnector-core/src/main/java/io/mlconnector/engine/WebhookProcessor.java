package io.mlconnector.engine;

import io.mlconnector.spi.InboxEvent;
import io.mlconnector.spi.InboxGroup;
import io.mlconnector.spi.Ledger;
import io.mlconnector.spi.MlConnectorException;
import io.mlconnector.spi.WebhookInbox;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Processes the events that wait in the inbox of one connection: asks every flow that reads from there which of its records
 * they concern, and lets it bring those into step. For one thread at a time.
 */
final class WebhookProcessor {

    private static final Logger LOG = LoggerFactory.getLogger(SyncEngine.class);
    private static final int GROUPS_AT_ONCE = 200;

    private final String connection;
    private final List<Reader> readers;
    private final Ledger ledger;
    private final InstantSource clock;

    WebhookProcessor(String connection, List<Reader> readers, Ledger ledger, InstantSource clock) {
        this.connection = connection;
        this.readers = List.copyOf(readers);
        this.ledger = ledger;
        this.clock = clock;
    }

    /** A flow that reads from the connection. */
    interface Reader {

        String flow();

        /** Which records of the flow's source an event concerns. */
        List<String> affectedBy(InboxEvent event);

        /** Brings records into step; waits while the flow runs. */
        FlowReport refresh(List<String> ids);
    }

    /** Processes what is due, and returns the books of the flows that took something up. */
    synchronized List<FlowReport> process() {
        var reports = new ArrayList<FlowReport>();
        while (true) {
            Instant now = clock.instant();
            List<InboxGroup> due = ledger.read(tx -> tx.inbox().due(connection, now, GROUPS_AT_ONCE));
            if (due.isEmpty()) {
                break;
            }
            process(due, now, reports);
        }
        ledger.withoutLease(tx -> tx.inbox().purge(clock.instant().minus(WebhookInbox.RETENTION)));
        return reports;
    }

    private void process(List<InboxGroup> due, Instant now, List<FlowReport> reports) {
        Map<InboxGroup, String> failures = new LinkedHashMap<>();
        Set<InboxGroup> wanted = new HashSet<>();
        for (Reader reader : readers) {
            var ids = new LinkedHashSet<String>();
            var groups = new ArrayList<InboxGroup>();
            for (InboxGroup group : due) {
                try {
                    Set<String> affected = new LinkedHashSet<>();
                    group.events().forEach(event -> affected.addAll(reader.affectedBy(event)));
                    if (!affected.isEmpty()) {
                        wanted.add(group);
                        groups.add(group);
                        ids.addAll(affected);
                    }
                } catch (MlConnectorException e) {
                    failures.put(group, e.getMessage());
                }
            }
            if (!ids.isEmpty()) {
                refresh(reader, List.copyOf(ids), groups, failures, reports);
            }
        }
        settle(due, now, wanted, failures);
    }

    private static void refresh(
            Reader reader,
            List<String> ids,
            List<InboxGroup> groups,
            Map<InboxGroup, String> failures,
            List<FlowReport> reports) {
        String failure;
        try {
            FlowReport report = reader.refresh(ids);
            reports.add(report);
            failure = report.failure();
        } catch (MlConnectorException e) {
            failure = e.getMessage();
        }
        if (failure != null) {
            String why = "flow " + reader.flow() + ": " + failure;
            groups.forEach(group -> failures.put(group, why));
        }
    }

    private void settle(List<InboxGroup> due, Instant now, Set<InboxGroup> wanted, Map<InboxGroup, String> failures) {
        failures.values().stream()
                .findFirst()
                .ifPresent(why ->
                        LOG.warn("{}: {} webhook events are tried again later: {}", connection, failures.size(), why));
        ledger.withoutLease(tx -> {
            for (InboxGroup group : due) {
                String failure = failures.get(group);
                if (failure != null) {
                    tx.inbox().failed(connection, group.eventIds(), failure, RetryDelay.after(group.attempts(), now));
                } else if (wanted.contains(group)) {
                    tx.inbox().done(connection, group.eventIds(), now);
                } else {
                    tx.inbox().ignored(connection, group.eventIds(), "no flow reads what it tells of", now);
                }
            }
            return due.size();
        });
    }
}
