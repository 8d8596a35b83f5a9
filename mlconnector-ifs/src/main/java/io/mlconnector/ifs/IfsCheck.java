package io.mlconnector.ifs;

import io.mlconnector.ifs.EntitySet.Paging;
import io.mlconnector.ifs.Payables.PayableSettings;
import io.mlconnector.spi.ConnectorContext;
import io.mlconnector.spi.Finding;
import io.mlconnector.spi.MlConnectorException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Looks at everything that flows need, and says what is missing and what to do about it. Throws nothing. */
final class IfsCheck {

    private static final Pattern MODIFIED_CANDIDATE =
            Pattern.compile("(?i)rowversion|objmodified|last_?modif.*|dt_?chg|changed.*|cf_.*");

    private static final Duration LARGE_OFFSET = Duration.ofMinutes(5);

    private final ODataClient client;
    private final MetadataCache metadata;
    private final IfsEntities entities;
    private final IfsMappings mappings;
    private final IfsSettings settings;
    private final ReceiptSettings receipts;
    private final PayableSettings payables;
    private final ConnectorContext context;
    private final List<Finding> findings = new ArrayList<>();

    IfsCheck(
            ODataClient client,
            MetadataCache metadata,
            IfsEntities entities,
            IfsMappings mappings,
            IfsSettings settings,
            ReceiptSettings receipts,
            PayableSettings payables,
            ConnectorContext context) {
        this.client = client;
        this.metadata = metadata;
        this.entities = entities;
        this.mappings = mappings;
        this.settings = settings;
        this.receipts = receipts;
        this.payables = payables;
        this.context = context;
    }

    List<Finding> run(Set<String> used) {
        metadata.clear();
        try {
            client.authenticate();
            findings.add(Finding.ok("token", "the token endpoint accepts the client"));
        } catch (MlConnectorException e) {
            findings.add(Finding.failed("token", message(e)));
            return findings;
        }
        Set<Role> polled = EnumSet.noneOf(Role.class);
        Set<Role> read = EnumSet.noneOf(Role.class);
        used.forEach(entity -> rolesOf(entity, polled, read));
        for (Role role : read) {
            EntitySet set = entities.of(role);
            boolean stamped = polled.contains(role);
            set.paths().forEach(path -> look(role, set, path, stamped));
            if (stamped && set.changes() == Changes.HISTORY) {
                findings.addAll(new HistoryCheck(client, metadata, settings).run(entities.history(), set));
            }
        }
        if (used.stream().anyMatch(Receipts.WRITABLE::contains)) {
            var readByInvoices = mappings.layout(Role.INVOICES);
            findings.addAll(new ReceiptCheck(metadata, receipts, entities.of(Role.INVOICES), readByInvoices).run());
        }
        findings.addAll(new PayableCheck(client, metadata, entities, mappings, settings, payables).run(used));
        return findings;
    }

    private void rolesOf(String entity, Set<Role> polled, Set<Role> read) {
        boolean addresses = mappings.addresses() != null;
        switch (entity) {
            case "customers" -> {
                polled.add(Role.CUSTOMERS);
                read.add(Role.CUSTOMERS);
                if (addresses) {
                    read.add(Role.CUSTOMER_ADDRESSES);
                    addFollowed(Role.CUSTOMER_ADDRESSES, Role.CUSTOMERS, polled);
                }
            }
            case IfsConnector.ORDER_CUSTOMERS -> {
                polled.add(Role.ORDERS);
                read.addAll(Set.of(Role.ORDERS, Role.CUSTOMERS));
                if (addresses) {
                    read.add(Role.CUSTOMER_ADDRESSES);
                }
            }
            case "orders" -> {
                polled.add(Role.ORDERS);
                read.addAll(Set.of(Role.ORDERS, Role.ORDER_LINES));
                addFollowed(Role.ORDER_LINES, Role.ORDERS, polled);
            }
            case "invoices" -> {
                polled.add(Role.INVOICES);
                read.add(Role.INVOICES);
                read.add(mappings.invoiceLines() == null ? Role.ORDER_LINES : Role.INVOICE_LINES);
            }
            case "posting-proposals" -> {
                polled.add(Role.POSTING_PROPOSALS);
                read.add(Role.POSTING_PROPOSALS);
            }
            case IfsMappings.VENDORS -> {
                polled.add(Role.SUPPLIERS);
                read.add(Role.SUPPLIERS);
                if (mappings.vendorAddresses() != null) {
                    read.add(Role.SUPPLIER_ADDRESSES);
                    addFollowed(Role.SUPPLIER_ADDRESSES, Role.SUPPLIERS, polled);
                }
            }
            case IfsMappings.BILLS -> {
                if (!PayableCheck.posts(payables.bills())) {
                    polled.add(Role.SUPPLIER_INVOICES);
                    read.addAll(Set.of(Role.SUPPLIER_INVOICES, Role.SUPPLIER_INVOICE_LINES));
                    addFollowed(Role.SUPPLIER_INVOICE_LINES, Role.SUPPLIER_INVOICES, polled);
                }
            }
            case Receipts.PAYMENTS,
                    Receipts.REFUNDS,
                    Receipts.DISPUTES,
                    Receipts.BILL_PAYMENTS,
                    Payables.BILL_STATUS -> {} // looked at together, afterwards
            default -> findings.add(Finding.failed(entity, "is nothing that this connection reads or writes"));
        }
    }

    private void addFollowed(Role part, Role whole, Set<Role> polled) {
        if (entities.of(part).follow() && entities.of(whole).changes() != Changes.SWEEP) {
            polled.add(part);
        }
    }

    private void look(Role role, EntitySet set, SetPath path, boolean stamped) {
        int before = findings.size();
        if (!namesExist(role, set, path, stamped)) {
            return;
        }
        var shape = RowShape.of(set, mappings.layout(role));
        var reader = new SetReader(client, metadata, set, path, shape, settings.company());
        try {
            ODataClient.Answered answered =
                    reader.page(List.of(), List.of(), shape.layout().paths(), 1, 0);
            noteClock(answered.sentAt());
            if (stamped && set.changes() != Changes.MODIFIED) {
                var keys = new SetReader(
                        client, metadata, set, path, RowShape.ofChanges(set, List.of()), settings.company());
                new SweepFeed(keys, settings.pageSize()).verify();
            } else if (stamped && set.paging() == Paging.SKIP) {
                findings.add(Finding.warning(
                        path.toString(),
                        "is paged by position: rows that change while they are read can be missed; use keyset paging"
                                + " if the set can be ordered"));
            } else if (stamped) {
                var changes = new SetReader(
                        client, metadata, set, path, RowShape.ofChanges(set, List.of()), settings.company());
                new KeysetFeed(changes, settings.overlap(), settings.pageSize()).verify();
            }
        } catch (MlConnectorException e) {
            findings.add(Finding.failed(path.toString(), message(e)));
        }
        if (findings.stream().skip(before).noneMatch(finding -> finding.level() == Finding.Level.FAILED)) {
            findings.add(Finding.ok(path.toString(), "can be read for " + role.title()));
        }
    }

    /** Compares the configured names with the metadata. Returns whether reading is worth a try. */
    private boolean namesExist(Role role, EntitySet set, SetPath path, boolean stamped) {
        ServiceMetadata service;
        try {
            service = metadata.of(path);
        } catch (MlConnectorException e) {
            findings.add(Finding.failed(path.projection(), message(e)));
            return false;
        }
        Map<String, String> columns = service.columns(path.set()).orElse(Map.of());
        boolean byModified = set.changes() == Changes.MODIFIED;
        if (!service.sets().contains(path.set())) {
            findings.add(Finding.failed(
                    path.toString(),
                    "set " + path.set() + " not found in projection " + path.projection() + "; found: "
                            + String.join(", ", service.sets())));
            return false;
        }
        var missing = new LinkedHashSet<String>(set.keyNames());
        mappings.layout(role).paths().stream()
                .filter(column -> !column.startsWith("@") && column.indexOf('/') < 0)
                .filter(column -> !byModified || !column.equals(set.modifiedField()))
                .forEach(missing::add);
        missing.removeAll(columns.keySet());
        missing.forEach(column -> findings.add(Finding.failed(
                path + "." + column,
                "no such column in " + path.set() + "; name another in entities." + role.title()
                        + ".mapping or .keys")));
        set.keys().forEach(key -> compareType(key, columns, path));
        boolean needed = byModified && (stamped || mappings.layout(role).paths().contains(set.modifiedField()));
        boolean stampExists = !needed || stampExists(role, set, path, columns);
        return missing.isEmpty() && stampExists;
    }

    private void compareType(KeyPart key, Map<String, String> columns, SetPath path) {
        String declared = key.type();
        String actual = columns.get(key.name());
        if (declared != null && actual != null && !declared.equals(actual)) {
            findings.add(Finding.failed(
                    path + "." + key.name(),
                    "is " + actual + ", but the setting keys says " + declared + "; write " + key.name() + ":"
                            + actual));
        }
    }

    private boolean stampExists(Role role, EntitySet set, SetPath path, Map<String, String> columns) {
        String subject = path + "." + set.modifiedField();
        String type = columns.get(set.modifiedField());
        String setting = "entities." + role.title() + ".modifiedField";
        if (type == null) {
            String candidates = columns.keySet().stream()
                    .filter(column -> MODIFIED_CANDIDATE.matcher(column).matches())
                    .collect(Collectors.joining(", "));
            findings.add(Finding.failed(
                    subject,
                    "no such column, so changes cannot be found; "
                            + (candidates.isEmpty()
                                    ? "expose the row version as a custom attribute and name it in "
                                    : "candidates: " + candidates + "; name one in ")
                            + setting + "; or set entities." + role.title()
                            + ".changes to \"sweep\", which works without one"));
            return false;
        }
        if (!type.equals("Edm.DateTimeOffset")) {
            findings.add(Finding.failed(
                    subject, "must be Edm.DateTimeOffset and is " + type + "; name another in " + setting));
            return false;
        }
        return true;
    }

    private void noteClock(@Nullable Instant serverTime) {
        boolean noted = findings.stream().anyMatch(finding -> finding.subject().equals("clock"));
        if (serverTime == null || noted) {
            return;
        }
        Duration offset = Duration.between(context.clock().instant(), serverTime);
        String text = "the server's clock is " + offset.abs() + (offset.isNegative() ? " behind" : " ahead of")
                + " this machine's; changes are found by the server's clock alone";
        findings.add(
                offset.abs().compareTo(LARGE_OFFSET) > 0 ? Finding.warning("clock", text) : Finding.ok("clock", text));
    }

    private static String message(MlConnectorException e) {
        return String.valueOf(e.getMessage());
    }
}
