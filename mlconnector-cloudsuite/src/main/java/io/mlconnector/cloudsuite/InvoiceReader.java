package io.mlconnector.cloudsuite;

import io.mlconnector.cloudsuite.InvoiceMapping.Line;
import io.mlconnector.cloudsuite.InvoiceMapping.VoucherLine;
import io.mlconnector.mapping.RecordMapping;
import io.mlconnector.mapping.Row;
import io.mlconnector.model.GlCoding;
import io.mlconnector.model.Invoice;
import io.mlconnector.model.LineItem;
import io.mlconnector.model.LineTax;
import io.mlconnector.model.Money;
import io.mlconnector.spi.Change;
import io.mlconnector.spi.Endpoint;
import io.mlconnector.spi.Malformed;
import io.mlconnector.spi.MappingException;
import io.mlconnector.spi.MlConnectorException.Details;
import io.mlconnector.spi.UnavailableException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads invoices whole: head, lines and voucher, those of many invoices in one request each. */
final class InvoiceReader {

    private final MiClient client;
    private final Programs programs;
    private final CloudSuiteSettings settings;
    private final Endpoint endpoint;
    private final RecordMapping<Invoice> heads;
    private final RecordMapping<Line> lines;
    private final RecordMapping<VoucherLine> vouchers;

    InvoiceReader(
            MiClient client,
            Programs programs,
            CloudSuiteSettings settings,
            Endpoint endpoint,
            RecordMapping<Invoice> heads,
            RecordMapping<Line> lines,
            RecordMapping<VoucherLine> vouchers) {
        this.client = client;
        this.programs = programs;
        this.settings = settings;
        this.endpoint = endpoint;
        this.heads = heads;
        this.lines = lines;
        this.vouchers = vouchers;
    }

    RecordMapping<Invoice> heads() {
        return heads;
    }

    RecordMapping<Line> lines() {
        return lines;
    }

    RecordMapping<VoucherLine> vouchers() {
        return vouchers;
    }

    /** What became of the invoices that were asked for; those that are gone are in neither list. */
    record Read(List<Change<Invoice>> changes, List<Malformed> malformed) {}

    Read read(List<InvoiceId> ids) {
        Map<InvoiceId, Row> found = headRows(ids);
        Map<InvoiceId, List<Row>> lineRows = lineRows(found);
        Map<InvoiceId, List<Row>> voucherRows = voucherRows(found);
        var read = new Read(new ArrayList<>(), new ArrayList<>());
        found.forEach((id, row) -> {
            try {
                Invoice invoice = whole(
                        heads.map(row), lineRows.getOrDefault(id, List.of()), voucherRows.getOrDefault(id, List.of()));
                read.changes().add(Change.upsert(invoice, changedAt(row), null));
            } catch (MappingException e) {
                read.malformed().add(new Malformed(endpoint.key(id.text()), row.raw(), e.faults()));
            }
        });
        return read;
    }

    private Map<InvoiceId, Row> headRows(List<InvoiceId> ids) {
        MiTransaction get = programs.of(Task.INVOICES_GET);
        List<MiResult> results = client.read(
                ids.stream().map(id -> get(get, id, heads.layout().paths())).toList());
        var found = new LinkedHashMap<InvoiceId, Row>();
        for (int at = 0; at < ids.size(); at++) {
            MiResult result = accepted(results.get(at), get);
            if (result.first().isPresent()) {
                found.put(ids.get(at), result.first().get());
            }
        }
        return found;
    }

    static MiCall get(MiTransaction get, InvoiceId id, List<String> columns) {
        return MiCall.of(
                        get,
                        columns,
                        "PYNO",
                        id.payer(),
                        "CINO",
                        id.number(),
                        "INYR",
                        id.year(),
                        "CUNO",
                        id.customer(),
                        "DIVI",
                        id.division())
                .atMost(1);
    }

    /** A sales order invoice has lines under its number; all others have none. */
    private Map<InvoiceId, List<Row>> lineRows(Map<InvoiceId, Row> found) {
        Optional<MiTransaction> list = programs.find(Task.INVOICES_LINES);
        List<InvoiceId> ids = list.isEmpty()
                ? List.of()
                : found.keySet().stream()
                        .filter(id -> id.number().matches("\\d{1,9}"))
                        .toList();
        return listed(
                ids,
                id -> MiCall.of(
                        list.orElseThrow(),
                        lines.layout().paths(),
                        "YEA4",
                        id.year(),
                        "IVNO",
                        id.number(),
                        "DIVI",
                        id.division()));
    }

    private Map<InvoiceId, List<Row>> voucherRows(Map<InvoiceId, Row> found) {
        Optional<MiTransaction> list = programs.find(Task.INVOICES_VOUCHER);
        if (list.isEmpty() || !settings.glCoding()) {
            return Map.of();
        }
        List<InvoiceId> ids = found.entrySet().stream()
                .filter(it -> !MiValues.text(it.getValue(), "VONO").isEmpty()
                        && !MiValues.text(it.getValue(), "YEA4").isEmpty())
                .map(Map.Entry::getKey)
                .toList();
        return listed(ids, id -> {
            Row row = found.get(id);
            return MiCall.of(
                    list.orElseThrow(),
                    vouchers.layout().paths(),
                    "DIVI",
                    id.division(),
                    "YEA4",
                    row == null ? "" : MiValues.text(row, "YEA4"),
                    "VONO",
                    row == null ? "" : MiValues.text(row, "VONO"));
        });
    }

    private Map<InvoiceId, List<Row>> listed(List<InvoiceId> ids, java.util.function.Function<InvoiceId, MiCall> call) {
        List<MiCall> calls = ids.stream().map(call).toList();
        var rows = new LinkedHashMap<InvoiceId, List<Row>>();
        List<MiResult> results = calls.isEmpty() ? List.of() : client.read(calls);
        for (int at = 0; at < ids.size(); at++) {
            rows.put(
                    ids.get(at),
                    accepted(results.get(at), calls.get(at).transaction()).rows());
        }
        return rows;
    }

    private MiResult accepted(MiResult result, MiTransaction transaction) {
        MiError error = result.error();
        if (error != null && !error.recordIsMissing()) {
            throw new UnavailableException(
                    endpoint.connection() + ": " + transaction + " refuses: " + error,
                    Details.of(endpoint.connection(), transaction.toString()));
        }
        return result;
    }

    private static @Nullable Instant changedAt(Row row) {
        String stamp = MiValues.text(row, "LMTS");
        return stamp.matches("\\d{1,15}") ? Instant.ofEpochMilli(Long.parseLong(stamp)) : null;
    }

    private Invoice whole(Invoice head, List<Row> lineRows, List<Row> voucherRows) {
        List<VoucherLine> coded = voucherRows.stream().map(vouchers::map).toList();
        List<LineItem> items = items(head, lineRows.stream().map(lines::map).toList(), coded);
        List<String> orders = items.stream()
                .map(LineItem::orderNumber)
                .filter(order -> order != null)
                .distinct()
                .toList();
        return Invoice.builder()
                .key(head.key())
                .number(head.number())
                .company(head.company())
                .customer(head.customer())
                .issuedOn(head.issuedOn())
                .dueOn(head.dueOn())
                .lines(items)
                .net(head.net())
                .tax(head.tax())
                .total(head.total())
                .orderNumbers(orders)
                .status(head.status())
                .memo(head.memo())
                .attributes(head.attributes())
                .build();
    }

    /** The lines if they add up to the invoice; else one line of it all, because wrong lines are worse than none. */
    private static List<LineItem> items(Invoice head, List<Line> lines, List<VoucherLine> vouchers) {
        String currency = head.total().currency();
        BigDecimal net = lines.stream().map(Line::net).reduce(BigDecimal.ZERO, BigDecimal::add);
        BigDecimal tax = lines.stream()
                .map(line -> line.tax() == null ? BigDecimal.ZERO : line.tax())
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        boolean addsUp = !lines.isEmpty()
                && net.compareTo(head.net().amount()) == 0
                && tax.compareTo(head.tax().amount()) == 0;
        if (addsUp) {
            return lines.stream()
                    .map(line -> line.item(currency, coding(line.net(), vouchers)))
                    .toList();
        }
        boolean taxed = head.tax().amount().signum() != 0 && head.net().amount().signum() != 0;
        LineTax all = taxed
                ? new LineTax(
                        null,
                        InvoiceMapping.percentage(
                                head.net().amount(), head.tax().amount()),
                        head.tax())
                : null;
        Money amount = taxed ? head.net() : head.total();
        return List.of(new LineItem(
                "1",
                "Invoice " + head.number(),
                null,
                null,
                null,
                amount,
                all,
                null,
                null,
                coding(head.net().amount(), vouchers)));
    }

    /** The account that a line was credited to, if only one account can be meant. */
    private static @Nullable GlCoding coding(BigDecimal net, List<VoucherLine> vouchers) {
        List<GlCoding> fits = vouchers.stream()
                .filter(line -> line.amount().negate().compareTo(net) == 0)
                .map(VoucherLine::coding)
                .distinct()
                .toList();
        return fits.size() == 1 ? fits.get(0) : null;
    }
}
