package io.mlconnector.engine;

import io.mlconnector.spi.InboxGroup;
import io.mlconnector.spi.Ledger;
import io.mlconnector.spi.MlConnectorException;
import io.mlconnector.spi.Source;
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
import java.util.function.BiFunction;
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
    private final List<Flow<?>> flows;
    private final Wiring wiring;
    private final BiFunction<String, List<String>, FlowReport> refreshing;
    private final Ledger ledger;
    private final InstantSource clock;

    WebhookProcessor(
            String connection,
            List<Flow<?>> flows,
            Wiring wiring,
            BiFunction<String, List<String>, FlowReport> refreshing,
            Ledger ledger,
            InstantSource clock) {
        this.connection = connection;
        this.flows = List.copyOf(flows);
        this.wiring = wiring;
        this.refreshing = refreshing;
        this.ledger = ledger;
        this.clock = clock;
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
        for (Flow<?> flow : flows) {
            // One source for all events, so that it may remember what it has read for the last of them.
            Source<?> source = wiring.source(flow);
            var ids = new LinkedHashSet<String>();
            var groups = new ArrayList<InboxGroup>();
            for (InboxGroup group : due) {
                try {
                    Set<String> affected = new LinkedHashSet<>();
                    group.events().forEach(event -> affected.addAll(source.affectedBy(event)));
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
                refresh(flow.name(), List.copyOf(ids), groups, failures, reports);
            }
        }
        settle(due, now, wanted, failures);
    }

    private void refresh(
            String flow,
            List<String> ids,
            List<InboxGroup> groups,
            Map<InboxGroup, String> failures,
            List<FlowReport> reports) {
        String failure;
        try {
            FlowReport report = refreshing.apply(flow, ids);
            reports.add(report);
            failure = report.failure();
        } catch (MlConnectorException e) {
            failure = e.getMessage();
        }
        if (failure != null) {
            String why = "flow " + flow + ": " + failure;
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
