package io.mlconnector.ifs;

import io.mlconnector.ifs.Payables.PayableSettings;
import io.mlconnector.spi.Connector;
import io.mlconnector.spi.ConnectorContext;
import io.mlconnector.spi.ConnectorProvider;
import io.mlconnector.spi.Settings;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Opens connections to IFS Cloud. They read {@code customers}, {@code orders}, {@code order-customers} (the customers of
 * orders that changed, under the keys of {@code customers}), {@code invoices}, {@code posting-proposals}, {@code vendors}
 * (suppliers) and {@code bills} (supplier invoices). They write {@code payments}, {@code refunds} and {@code disputes}, which are
 * recorded at the invoices they belong to; {@code vendors}; {@code bills}, which become supplier invoices with vouchers; and
 * {@code bill-payments} and {@code bill-status}, which are recorded at supplier invoices.
 *
 * <p>The settings are those of {@link IfsSettings} and, below {@code entities.<role>}: {@code path} (of the set below
 * {@code baseUrl}, or a list of such), {@code keys} (columns, each possibly as {@code name:type}), {@code modifiedField},
 * {@code changes} (how changed rows are found, also as a setting of the connection: {@code modified} by that column,
 * {@code sweep} by reading the whole set in every pass, {@code history} by the history log), {@code lu} and {@code
 * logKeys} (the logical unit of the set in the history log, and what that calls the columns of the key, such as {@code
 * CUSTOMER_ID}), {@code filter} (a further condition in OData's syntax), {@code paging} ({@code keyset} or {@code skip}), {@code follow}
 * (for lines and addresses: whether their changes count) and {@code mapping}. Roles are {@code customers}, {@code
 * customer-addresses} (preset cloud), {@code orders}, {@code order-lines}, {@code invoices}, {@code invoice-lines}
 * (preset cloud), {@code posting-proposals}, {@code suppliers}, {@code supplier-addresses} (preset cloud), {@code
 * supplier-invoices}, {@code supplier-invoice-lines}, {@code vouchers}, {@code voucher-rows}, and what those refer to: {@code
 * companies}, {@code accounts}, {@code cost-centers}, {@code tax-codes}, {@code periods}, {@code purchase-orders}. The setting
 * {@code costCenterCodePart} ({@code CodeB}) names the code part that is the cost centre, {@code dimensions} those of other
 * dimensions.
 *
 * <p>The settings below {@code history} name the history log: {@code path} ({@code
 * main/ifsapplications/projection/v1/HistoryLogHandling.svc/HistoryLogOverviewSet}) and its columns {@code luColumn}
 * ({@code LuName}), {@code timeColumn} ({@code TimeStamp}), {@code idColumn} ({@code LogId}), {@code keysColumn} ({@code
 * Keys}, a key reference such as {@code CUSTOMER_ID=10041988^}), {@code typeColumn} ({@code HistoryType}; {@code none}
 * if there is no such column, and removals are not seen) and {@code removed} ({@code Delete}, what that column says when
 * a row was removed). A row that moves to a set which is not in {@code path} looks like a removed one. The names from {@code keysColumn} on are conventions; the check compares all with the metadata.
 *
 * <p>The settings below {@code receipts} tell how payments are recorded: {@code record} ({@code fields}, custom fields of
 * the invoice, or {@code notes}), {@code fields} ({@code entries}, the text column or columns that hold what was recorded,
 * and {@code status}, {@code invoice}, {@code paid}, {@code refunded}, {@code disputed}, {@code paidAt}, {@code reference},
 * each a column or {@code none}), {@code statuses} (what a status is called, such as {@code paid}), {@code fieldLength}
 * (4000, where the metadata tells no length), {@code columns} ({@code number}, {@code series}, {@code total}, {@code
 * currency} of the invoice), {@code notes} ({@code path}, {@code list}, {@code package}, {@code entity}, {@code length}),
 * {@code settleTime} ({@code PT2M}) and {@code ifMatchStar} (false; true changes a row also where it has no ETag). The same
 * settings below {@code billPayments} tell how payments are recorded at supplier invoices, and {@code billStatus.columns} ({@code
 * sent}, {@code id}, {@code status}, {@code paidOn}) how those are marked as sent.
 *
 * <p>The settings below {@code vendors} are {@code create} (false: suppliers that are not there are not created), {@code
 * numbering} ({@code source} or {@code assigned}), {@code columns} and {@code settleTime}. Those below {@code bills} are {@code
 * accounts} ({@code payable}, {@code tax}), {@code proposal}, {@code voucher}, {@code series}, {@code invoiceType}, {@code
 * creditType}, {@code voucherType}, {@code userGroup}, {@code companies}, {@code taxCodes}, {@code openPeriods}, {@code
 * purchaseOrders}, {@code referenceAttribute}, {@code referencesFor} ({@code PT15M}), {@code columns}, {@code lines}, {@code
 * proposals}, {@code vouchers}, {@code voucherRows} (part to column, or {@code none}) and {@code settleTime}.
 */
public final class IfsConnectorProvider implements ConnectorProvider {

    /** Creates the provider; called by {@link java.util.ServiceLoader}. */
    public IfsConnectorProvider() {}

    @Override
    public String name() {
        return "ifs";
    }

    @Override
    public Set<String> secretSettings() {
        return Set.of("clientSecret");
    }

    @Override
    public Connector open(Settings settings, ConnectorContext context) {
        IfsSettings read = IfsSettings.of(settings);
        IfsEntities entities = IfsEntities.read(settings, read.preset());
        IfsMappings mappings = IfsMappings.of(entities, read.preset(), context.connection());
        ReceiptSettings receipts = ReceiptSettings.read(settings.section("receipts"), read.preset());
        PayableSettings payables = PayableSettings.read(settings, read.preset(), entities.codeParts());
        settings.check();
        return new IfsConnector(read, entities, mappings, receipts, payables, context);
    }

    /**
     * Returns how each kind of row is read by default, for documentation.
     *
     * @return preset and role, such as {@code generic/customers}, to the rules as a Markdown table, in order
     */
    public static Map<String, String> mappings() {
        var tables = new LinkedHashMap<String, String>();
        for (IfsSettings.Preset preset : IfsSettings.Preset.values()) {
            String prefix = preset.name().toLowerCase(Locale.ROOT) + "/";
            IfsMappings.described(preset).forEach((role, table) -> tables.put(prefix + role, table));
        }
        return tables;
    }
}
