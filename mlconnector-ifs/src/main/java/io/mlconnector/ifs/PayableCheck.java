package io.mlconnector.ifs;

import io.mlconnector.ifs.Payables.PayableSettings;
import io.mlconnector.mapping.RowLayout;
import io.mlconnector.spi.ConfigurationException;
import io.mlconnector.spi.Finding;
import io.mlconnector.spi.MlConnectorException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Looks at what suppliers and bills are written to: whether the sets and the columns are there, and whether what invoices refer
 * to can be read. Writes nothing, so it cannot tell whether the user may. Throws nothing.
 */
final class PayableCheck {

    private final ODataClient client;
    private final MetadataCache metadata;
    private final IfsEntities entities;
    private final IfsMappings mappings;
    private final IfsSettings connection;
    private final PayableSettings settings;
    private final List<Finding> findings = new ArrayList<>();

    PayableCheck(
            ODataClient client,
            MetadataCache metadata,
            IfsEntities entities,
            IfsMappings mappings,
            IfsSettings connection,
            PayableSettings settings) {
        this.client = client;
        this.metadata = metadata;
        this.entities = entities;
        this.mappings = mappings;
        this.connection = connection;
        this.settings = settings;
    }

    /** Whether bills are posted at all: without an account of payables the sink does not open. */
    static boolean posts(BillSettings bills) {
        return !bills.voucher() || bills.payableAccount() != null;
    }

    List<Finding> run(Set<String> used) {
        if (used.contains(IfsMappings.VENDORS)) {
            writable(Role.SUPPLIERS, settings.vendors().columns());
            findings.add(Finding.ok(
                    "vendors.create",
                    settings.vendors().create()
                            ? "missing suppliers are created"
                            : "missing suppliers are not created"));
        }
        if (used.contains(IfsMappings.BILLS) && posts(settings.bills())) {
            bills(settings.bills());
        }
        if (used.contains(Payables.BILL_STATUS)) {
            writable(Role.SUPPLIER_INVOICES, settings.status().columns());
        }
        if (used.contains(Receipts.BILL_PAYMENTS)) {
            findings.addAll(new ReceiptCheck(
                            metadata,
                            settings.payments(),
                            entities.of(Role.SUPPLIER_INVOICES),
                            mappings.layout(Role.SUPPLIER_INVOICES))
                    .run());
        }
        return findings;
    }

    private void bills(BillSettings bills) {
        writable(Role.SUPPLIER_INVOICES, bills.columns());
        writable(Role.SUPPLIER_INVOICE_LINES, bills.lines());
        if (bills.proposal()) {
            writable(Role.POSTING_PROPOSALS, bills.proposals());
        }
        if (bills.voucher()) {
            writable(Role.VOUCHERS, bills.vouchers());
            writable(Role.VOUCHER_ROWS, bills.voucherRows());
        }
        corrections(bills);
        for (Role role : List.of(Role.COMPANIES, Role.ACCOUNTS, Role.COST_CENTERS, Role.TAX_CODES, Role.PERIODS)) {
            readable(role, true);
        }
        if (bills.purchaseOrders()) {
            readable(Role.PURCHASE_ORDERS, false);
        }
    }

    /** What a correction reads besides, and which rows it changes. */
    private void corrections(BillSettings bills) {
        if (bills.corrections() == Corrections.REJECT) {
            findings.add(Finding.ok("bills.corrections", "corrected and voided bills become dead letters"));
            return;
        }
        bills.unnamedForCorrections()
                .forEach(column -> findings.add(
                        Finding.failed(column, "must name a column, or bills.corrections must be reject")));
        var dimensions = entities.codeParts().columns().values();
        readable(Role.SUPPLIER_INVOICES, List.of(BillDocuments.STATE));
        readable(Role.SUPPLIER_INVOICE_LINES, dimensions);
        if (bills.voucher()) {
            readable(Role.VOUCHERS, List.of(BillDocuments.STATE));
            readable(Role.VOUCHER_ROWS, dimensions);
        }
        findings.add(Finding.ok(
                "bills.corrections",
                bills.corrections() == Corrections.UPDATE_IF_UNPOSTED
                        ? "invoices, lines, vouchers and their rows are changed while not booked: the user must be granted"
                                + " to change them, which shows at the first correction"
                        : "a credit memo takes a corrected invoice back: the user must be granted to create what a bill"
                                + " needs, and nothing more"));
    }

    private void readable(Role role, Collection<String> columns) {
        SetPath path = entities.of(role).paths().get(0);
        look(path, () -> {
            var missing = new LinkedHashSet<>(columns);
            missing.removeAll(columns(path).keySet());
            missing.forEach(column -> findings.add(
                    Finding.failed(path + "." + column, "no such column, and bills.corrections needs to read it")));
        });
    }

    private void writable(Role role, Columns columns) {
        SetPath path = entities.of(role).paths().get(0);
        look(path, () -> {
            var needed = new LinkedHashSet<>(columns.names().values());
            needed.addAll(entities.of(role).keyNames());
            Map<String, String> there = columns(path);
            needed.removeAll(there.keySet());
            needed.forEach(column -> findings.add(Finding.failed(
                    path + "." + column,
                    "no such column, and it is written: add and publish it if it is a custom field, or name another, or none,"
                            + " in " + columns.setting())));
            if (needed.isEmpty()) {
                findings.add(Finding.ok(
                        path.toString(),
                        "has all columns that are written; whether the user may write shows at the first record"));
            }
        });
    }

    private Map<String, String> columns(SetPath path) {
        ServiceMetadata service = metadata.of(path);
        return service.columns(path.set())
                .orElseThrow(() -> new ConfigurationException("set " + path.set() + " not found in projection "
                        + path.projection() + "; found: " + String.join(", ", service.sets())));
    }

    private void readable(Role role, boolean needed) {
        EntitySet set = entities.of(role);
        SetPath path = set.paths().get(0);
        int before = findings.size();
        look(path, () -> {
            RowLayout layout = mappings.layout(role);
            var missing = new LinkedHashSet<>(layout.paths());
            missing.removeAll(columns(path).keySet());
            missing.forEach(column -> findings.add(Finding.failed(
                    path + "." + column,
                    "no such column in " + path.set() + "; name another in entities." + role.title()
                            + ".mapping or .keys")));
            if (missing.isEmpty()) {
                var shape = RowShape.of(set, layout);
                var reader = new SetReader(client, metadata, set, path, shape, connection.company());
                boolean empty = reader.rows(List.of(), set.keyNames(), 1, 0).isEmpty();
                findings.add(
                        empty
                                ? Finding.warning(path.toString(), "has no row for company " + connection.company())
                                : Finding.ok(path.toString(), "can be read for " + role.title()));
            }
        });
        if (!needed) {
            for (int at = before; at < findings.size(); at++) {
                Finding found = findings.get(at);
                if (found.level() == Finding.Level.FAILED) {
                    findings.set(
                            at,
                            Finding.warning(
                                    found.subject(),
                                    found.detail() + "; " + role.title() + " are not compared without it"));
                }
            }
        }
    }

    private void look(SetPath path, Runnable looking) {
        try {
            looking.run();
        } catch (MlConnectorException e) {
            findings.add(Finding.failed(path.toString(), String.valueOf(e.getMessage())));
        }
    }
}
