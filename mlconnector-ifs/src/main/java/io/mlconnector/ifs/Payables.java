package io.mlconnector.ifs;

import io.mlconnector.ifs.IfsSettings.Preset;
import io.mlconnector.spi.ConfigurationException;
import io.mlconnector.spi.ConnectorContext;
import io.mlconnector.spi.Settings;
import io.mlconnector.spi.Sink;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The sinks of the payable side: suppliers, their invoices, and what became of those. */
final class Payables {

    static final String BILL_STATUS = "bill-status";

    static final Set<String> WRITABLE =
            new LinkedHashSet<>(List.of(IfsMappings.VENDORS, IfsMappings.BILLS, Receipts.BILL_PAYMENTS, BILL_STATUS));

    private final IfsSettings connection;
    private final PayableSettings settings;
    private final IfsEntities entities;
    private final IfsMappings mappings;
    private final ODataClient client;
    private final MetadataCache metadata;
    private final ConnectorContext context;
    private final Receipts payments;

    /** The settings of the sinks. */
    record PayableSettings(
            VendorSettings vendors, BillSettings bills, ReceiptSettings payments, BillStatusSettings status) {

        static PayableSettings read(Settings settings, Preset preset, CodeParts codeParts) {
            return new PayableSettings(
                    VendorSettings.read(settings.section("vendors"), preset),
                    BillSettings.read(settings.section("bills"), preset, codeParts),
                    ReceiptSettings.ofBills(settings.section("billPayments"), preset),
                    BillStatusSettings.read(settings.section("billStatus")));
        }
    }

    Payables(
            IfsSettings connection,
            PayableSettings settings,
            IfsEntities entities,
            IfsMappings mappings,
            ODataClient client,
            MetadataCache metadata,
            ConnectorContext context) {
        this.connection = connection;
        this.settings = settings;
        this.entities = entities;
        this.mappings = mappings;
        this.client = client;
        this.metadata = metadata;
        this.context = context;
        this.payments = new Receipts(
                connection,
                settings.payments(),
                entities.of(Role.SUPPLIER_INVOICES),
                client,
                metadata,
                context,
                BillColumns.of(connection.preset()).of("supplier"));
    }

    Optional<Sink<?>> sink(String entity) {
        return switch (entity) {
            case IfsMappings.VENDORS -> Optional.of(vendors());
            case IfsMappings.BILLS -> Optional.of(bills());
            case Receipts.BILL_PAYMENTS -> payments.sink(Receipts.PAYMENTS);
            case BILL_STATUS -> Optional.of(status());
            default -> Optional.empty();
        };
    }

    private Sink<?> vendors() {
        var read = new ArrayList<>(settings.vendors().columns().names().values());
        WritableSet suppliers = set(Role.SUPPLIERS, read);
        return new VendorSink(settings.vendors(), suppliers, new RowChanger(suppliers, context), connection.company());
    }

    private Sink<?> bills() {
        BillSettings bills = settings.bills();
        if (bills.voucher() && bills.payableAccount() == null) {
            throw new ConfigurationException(context.connection()
                    + ": bills.accounts.payable is missing: the account that the voucher of a supplier invoice credits; or"
                    + " set bills.voucher to false");
        }
        WritableSet invoices = set(Role.SUPPLIER_INVOICES, BillDocuments.readOfInvoices(bills));
        refuseUnfindable(bills);
        CodeParts codeParts = entities.codeParts();
        Collection<String> dimensions = codeParts.columns().values();
        WritableSet lines =
                set(Role.SUPPLIER_INVOICE_LINES, BillDocuments.readForCorrections(bills, bills.lines(), dimensions));
        var vouchers = new ArrayList<>(BillDocuments.readForCorrections(bills, bills.vouchers(), List.of()));
        bills.vouchers().of("reference").ifPresent(vouchers::add);
        vouchers.add("Objstate");
        var rows = new ArrayList<>(BillDocuments.readForCorrections(bills, bills.voucherRows(), dimensions));
        List.of("account", "debit", "credit")
                .forEach(part -> bills.voucherRows().of(part).ifPresent(rows::add));
        var references = new ReferenceData(
                client, metadata, entities, mappings.references(), connection, bills.referencesFor(), context.clock());
        var planner = new BillPlanner(bills, codeParts, references, invoices, lines, connection.company());
        var sets = new BillSets(
                invoices,
                lines,
                set(Role.POSTING_PROPOSALS, BillDocuments.readForCorrections(bills, bills.proposals(), List.of())),
                set(Role.VOUCHERS, vouchers),
                set(Role.VOUCHER_ROWS, rows));
        var documents = new BillDocuments(bills, sets);
        var correction = new BillCorrection(
                bills,
                new RowChanger(invoices, context),
                new BillRewrite(bills, planner, documents, sets, codeParts, context),
                new BillReversal(bills, planner, documents, sets, codeParts));
        return new BillSink(bills, planner, documents, correction);
    }

    /** What is corrected must be found again, and told from everything else. */
    private void refuseUnfindable(BillSettings bills) {
        List<String> unnamed = bills.unnamedForCorrections();
        if (!unnamed.isEmpty()) {
            throw new ConfigurationException(context.connection() + ": bills.corrections needs a column for "
                    + String.join(", ", unnamed) + ", or must be reject");
        }
    }

    private Sink<?> status() {
        BillStatusSettings status = settings.status();
        WritableSet invoices = set(Role.SUPPLIER_INVOICES, BillStatusSink.readOfInvoices(status));
        return new BillStatusSink(
                status,
                BillColumns.of(connection.preset()),
                invoices,
                new RowChanger(invoices, context),
                connection.company());
    }

    private WritableSet set(Role role, Collection<String> read) {
        return new WritableSet(client, metadata, entities.of(role), read, connection.pageSize(), context.connection());
    }
}
