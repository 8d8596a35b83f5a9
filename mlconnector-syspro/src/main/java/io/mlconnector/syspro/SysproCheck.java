package io.mlconnector.syspro;

import io.mlconnector.mapping.RecordMapping;
import io.mlconnector.spi.Finding;
import io.mlconnector.spi.MlConnectorException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Looks at everything that flows need, and says what is missing and what to do about it. Throws nothing, posts nothing. */
final class SysproCheck {

    private final SysproSettings settings;
    private final SysproTables tables;
    private final ChangeFinder changes;
    private final @Nullable EnetClient enet;
    private final @Nullable Receipts receipts;
    private final List<Finding> findings = new ArrayList<>();

    SysproCheck(
            SysproSettings settings,
            SysproTables tables,
            ChangeFinder changes,
            @Nullable EnetClient enet,
            @Nullable Receipts receipts) {
        this.settings = settings;
        this.tables = tables;
        this.changes = changes;
        this.enet = enet;
        this.receipts = receipts;
    }

    List<Finding> run(Set<String> used) {
        changes.clear();
        boolean writes = used.stream().anyMatch(Receipts.WRITABLE::contains);
        if (used.contains(Table.CUSTOMERS)) {
            table(
                    tables.customers(),
                    tables.customerMapping(),
                    List.of(tables.customers().filter()));
        }
        if (used.contains(Table.INVOICES) || writes) {
            table(tables.invoices(), tables.invoiceMapping(), InvoiceMapping.COLLECTABLE);
        }
        if (used.contains(Table.INVOICES)) {
            table(tables.lines(), tables.lineMapping(), List.of());
            since();
        }
        if (writes) {
            enet(used);
        }
        if (findings.isEmpty()) {
            findings.add(Finding.ok("entities", "no flow uses this connection"));
        }
        return findings;
    }

    private void table(Table table, RecordMapping<?> mapping, List<String> standing) {
        try {
            Map<String, String> there = changes.columnsOf(table);
            var missing = new ArrayList<>(mapping.layout().paths());
            missing.removeAll(there.keySet());
            if (!missing.isEmpty()) {
                findings.add(Finding.failed(
                        table.name(),
                        "has no " + String.join(", ", missing) + "; name other columns in entities." + table.entity()
                                + ".mapping"));
                return;
            }
            if (table.entity().equals(Table.INVOICE_LINES)) {
                findings.add(Finding.ok(table.name(), "has all columns"));
                return;
            }
            List<Feed> feeds = changes.feeds(table, mapping.layout(), standing);
            verify(feeds);
            findings.add(found(table, feeds));
        } catch (MlConnectorException e) {
            findings.add(Finding.failed(table.name(), String.valueOf(e.getMessage())));
        }
    }

    private static void verify(List<Feed> feeds) {
        for (Feed feed : feeds) {
            if (feed instanceof FrontierFeed<?> frontier) {
                frontier.verify();
            }
        }
    }

    private static Finding found(Table table, List<Feed> feeds) {
        List<String> names = feeds.stream().map(Feed::name).toList();
        String how = "changed rows are found by " + String.join(" and ", names);
        boolean scans = names.stream().anyMatch(name -> name.startsWith("scan:"));
        return scans
                ? Finding.warning(
                        table.name(),
                        how
                                + ", so every pass reads the whole table: there is neither a row version that is a number nor"
                                + " a modified date. A view with CAST(TimeStamp AS bigint) is read by its changes")
                : Finding.ok(table.name(), how);
    }

    private void since() {
        if (settings.since() == null) {
            findings.add(Finding.warning(
                    "since",
                    "is not set, so only invoices with a balance are read: how an invoice ends is not told to the other"
                            + " side. Set it to the day on which the integration begins"));
        }
    }

    private void enet(Set<String> used) {
        EnetClient known = enet;
        Receipts sinks = receipts;
        if (known == null || sinks == null) {
            findings.add(Finding.failed("enetUrl", "is needed to write"));
            return;
        }
        try {
            EnetElement profile = known.profile();
            findings.add(Finding.ok(
                    "e.net",
                    "the operator is logged on by " + known.transport() + ", company "
                            + profile.anywhere("CompanyName").orElse("without name") + ", accounting date "
                            + profile.anywhere("AccountingDate").orElse("not told") + ", SYSPRO "
                            + profile.anywhere("SysproVersion").orElse("version not told")));
            profile.anywhere("LocalCurrencyCode").ifPresent(this::currency);
            Receipts.WRITABLE.stream().filter(used::contains).forEach(entity -> probe(entity, sinks, known));
        } catch (MlConnectorException e) {
            findings.add(Finding.failed("e.net", String.valueOf(e.getMessage())));
        }
    }

    private void currency(String code) {
        try {
            findings.add(Finding.ok("currency", "the local currency " + code + " is " + settings.currency(code)));
        } catch (IllegalArgumentException e) {
            findings.add(Finding.failed("currencies", "the local currency '" + code + "' " + e.getMessage()));
        }
    }

    /** A dry run for a customer that does not exist: what is asked is whether the business object answers at all. */
    private void probe(String entity, Receipts sinks, EnetClient known) {
        var form = sinks.form(entity);
        if (form.isEmpty()) {
            findings.add(Finding.warning("receipts." + entity, "are only recorded here, nothing is posted in SYSPRO"));
            return;
        }
        var nobody = new Movement(
                "~MLC~",
                "~MLC~",
                BigDecimal.ONE,
                BigDecimal.ZERO,
                sinks.settings().reference("check"),
                LocalDate.of(2000, 1, 1),
                "Check of the connection");
        String object = form.get().businessObject();
        try {
            EnetBody answer = known.post(form.get().posting(List.of(nobody), true));
            findings.add(
                    answer.kind() == EnetBody.Kind.DOCUMENT
                            ? Finding.ok("receipts." + entity, "are posted by " + object)
                            : Finding.failed("receipts." + entity, object + " answers: " + answer.shortened()));
        } catch (MlConnectorException e) {
            findings.add(Finding.failed(
                    "receipts." + entity,
                    e.getMessage() + ". Without the licence, receipts." + entity + " can be record-only"));
        }
    }
}
