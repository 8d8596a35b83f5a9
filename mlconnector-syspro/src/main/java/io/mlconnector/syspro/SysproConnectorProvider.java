package io.mlconnector.syspro;

import io.mlconnector.spi.Connector;
import io.mlconnector.spi.ConnectorContext;
import io.mlconnector.spi.ConnectorProvider;
import io.mlconnector.spi.Settings;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Opens connections to SYSPRO 7 and 8. They read {@code customers} and {@code invoices} by OData, and post {@code payments}, {@code
 * refunds} and {@code disputes} by e.net business objects.
 *
 * <p>The settings are those of {@link SysproSettings}; those of e.net stand beside the others, the addresses as {@code enetUrl} and
 * {@code soapUrl}. Below {@code entities.<customers|invoices|invoice-lines>}: {@code table} ({@code ArCustomer}, {@code
 * ArInvoice}, {@code ArTrnDetail}, or a view with the same key), {@code changes}, {@code versionColumn} ({@code TimeStamp}), {@code
 * modifiedColumn} ({@code LastModifiedDate}), {@code dateColumn} ({@code InvoiceDate}), {@code filter} (a further condition in
 * OData's syntax) and {@code mapping}.
 *
 * <p>Below {@code receipts}: {@code payments} ({@code post} or {@code record-only}), {@code refunds} and {@code disputes} ({@code
 * record-only}, {@code adjustment}, {@code negative-receipt} or {@code debit-note}; disputes are posted once they are lost), {@code
 * overpayment} ({@code unapplied} or {@code park}), {@code bank}, {@code paymentType} ({@code O}), {@code postingPeriod} ({@code
 * C}), {@code ledgerCode} of adjustments, {@code productClass} of debit notes, {@code referencePrefix} ({@code S:}), {@code
 * referenceLength} (30), {@code notation} ({@code Stripe}), {@code notationLength} (30), {@code narrationLength} (100), {@code
 * itemsPerDocument} (100), {@code settleTime} ({@code PT3M}) and {@code elements} (further elements of payments with a constant
 * text).
 */
public final class SysproConnectorProvider implements ConnectorProvider {

    /** Creates the provider; called by {@link java.util.ServiceLoader}. */
    public SysproConnectorProvider() {}

    @Override
    public String name() {
        return "syspro";
    }

    @Override
    public Set<String> secretSettings() {
        return Set.of("password", "operatorPassword", "companyPassword");
    }

    @Override
    public Connector open(Settings settings, ConnectorContext context) {
        SysproSettings read = SysproSettings.of(settings);
        SysproTables tables = SysproTables.read(settings.section("entities"), read, context.connection());
        ReceiptSettings receipts = ReceiptSettings.read(settings.section("receipts"));
        settings.check();
        return new SysproConnector(read, tables, receipts, context);
    }

    /**
     * Returns how each kind of row is read by default, for documentation.
     *
     * @return entity to the rules as a Markdown table, in order
     */
    public static Map<String, String> mappings() {
        Settings none = Settings.of("entities", Map.of());
        Settings stub = Settings.of(
                "syspro", Map.of("baseUrl", "https://localhost", "company", "C", "user", "u", "password", "p"));
        SysproTables tables = SysproTables.read(none, SysproSettings.of(stub), "syspro");
        var described = new LinkedHashMap<String, String>();
        described.put(Table.CUSTOMERS, tables.customerMapping().describe());
        described.put(Table.INVOICES, tables.invoiceMapping().describe());
        described.put(Table.INVOICE_LINES, tables.lineMapping().describe());
        return described;
    }
}
