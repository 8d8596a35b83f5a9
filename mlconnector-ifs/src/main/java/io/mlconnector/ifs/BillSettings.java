package io.mlconnector.ifs;

import io.mlconnector.ifs.IfsSettings.Preset;
import io.mlconnector.spi.Settings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How bills become supplier invoices with vouchers.
 *
 * @param proposal whether a posting proposal is created for the invoice, as a step of its own
 * @param voucher whether a voucher is created for the invoice
 * @param series the series of the invoices
 * @param invoiceType the type of an invoice
 * @param creditType the type of a credit memo
 * @param voucherType the type of the vouchers
 * @param userGroup the user group of the vouchers
 * @param payableAccount the account that vouchers credit; null if not configured
 * @param taxAccount the account of tax; null if not configured
 * @param referenceAttribute the attribute that tells bills apart for good; null for the id of their key
 * @param companies what bills call a company to what it is called here
 * @param taxCodes what bills call a tax code to what it is called here
 * @param openPeriods what the state of an open period is called
 * @param purchaseOrders whether a purchase order must fit its bill
 * @param referencesFor how long what was found among accounts, periods and the like is believed
 * @param columns of the invoice
 * @param lines columns of its lines
 * @param proposals columns of the posting proposal
 * @param vouchers columns of the voucher
 * @param voucherRows columns of its rows
 * @param corrections what becomes of an invoice whose bill is corrected or voided
 * @param changeable what the states of invoices and vouchers are called in which they may still be changed
 * @param settleTime the longest time after which a write that timed out can still take effect
 */
record BillSettings(
        boolean proposal,
        boolean voucher,
        String series,
        String invoiceType,
        String creditType,
        String voucherType,
        String userGroup,
        @Nullable String payableAccount,
        @Nullable String taxAccount,
        @Nullable String referenceAttribute,
        Map<String, String> companies,
        Map<String, String> taxCodes,
        List<String> openPeriods,
        boolean purchaseOrders,
        Duration referencesFor,
        Columns columns,
        Columns lines,
        Columns proposals,
        Columns vouchers,
        Columns voucherRows,
        Corrections corrections,
        List<String> changeable,
        Duration settleTime) {

    static BillSettings read(Settings settings, Preset preset, CodeParts codeParts) {
        boolean cloud = preset == Preset.CLOUD;
        Settings accounts = settings.section("accounts");
        List<String> open = settings.texts("openPeriods");
        List<String> changeable = settings.texts("changeable");
        var head = new LinkedHashMap<>(BillColumns.of(preset).names());
        if (!cloud) {
            head.put("account", "Account");
            head.put("costCenter", codeParts.costCenter());
        }
        return new BillSettings(
                settings.flag("proposal", cloud),
                settings.flag("voucher", true),
                settings.text("series", "SI"),
                settings.text("invoiceType", "SUPPINV"),
                settings.text("creditType", "SUPPCREDIT"),
                settings.text("voucherType", "I"),
                settings.text("userGroup", "AC"),
                optional(accounts.optionalText("payable")),
                optional(accounts.optionalText("tax")),
                optional(settings.optionalText("referenceAttribute")),
                settings.table("companies"),
                settings.table("taxCodes"),
                open.isEmpty() ? List.of("Open") : open,
                settings.flag("purchaseOrders", true),
                settings.duration("referencesFor", Duration.ofMinutes(15)),
                Columns.read(settings, "columns", head),
                Columns.read(settings, "lines", usualLines(cloud, codeParts)),
                Columns.read(settings, "proposals", usualProposals(codeParts)),
                Columns.read(settings, "vouchers", usualVouchers()),
                Columns.read(settings, "voucherRows", usualVoucherRows(codeParts)),
                settings.choice("corrections", Corrections.REJECT),
                changeable.isEmpty() ? List.of("Preliminary", "AwaitingApproval") : changeable,
                settings.duration("settleTime", Duration.ofMinutes(2)));
    }

    private static @Nullable String optional(Optional<String> text) {
        return text.orElse(null);
    }

    private static Map<String, String> usualLines(boolean cloud, CodeParts codeParts) {
        var lines = new LinkedHashMap<String, String>();
        lines.put("description", cloud ? "Description" : "Text");
        lines.put("account", "Account");
        lines.put("costCenter", codeParts.costCenter());
        lines.put("net", cloud ? "NetCurrAmount" : "CurrAmount");
        lines.put("taxCode", "VatCode");
        lines.put("tax", "VatCurrAmount");
        lines.put("purchaseOrder", "PoRefNumber");
        return lines;
    }

    private static Map<String, String> usualProposals(CodeParts codeParts) {
        var proposals = new LinkedHashMap<>(BillColumns.of(Preset.GENERIC).names());
        proposals.keySet().removeAll(List.of("rate", "type", "reference"));
        proposals.put("account", "Account");
        proposals.put("costCenter", codeParts.costCenter());
        return proposals;
    }

    private static Map<String, String> usualVouchers() {
        var vouchers = new LinkedHashMap<String, String>();
        vouchers.put("date", "VoucherDate");
        vouchers.put("period", "AccountingPeriod");
        vouchers.put("userGroup", "UserGroup");
        vouchers.put("text", "VoucherText");
        vouchers.put("invoiceId", "InvoiceId");
        vouchers.put("series", "SeriesId");
        vouchers.put("number", "InvoiceNo");
        vouchers.put("currency", "CurrencyCode");
        vouchers.put("net", "NetCurrAmount");
        vouchers.put("tax", "VatCurrAmount");
        vouchers.put("total", "GrossCurrAmount");
        vouchers.put("dueOn", "DueDate");
        vouchers.put("reference", "Cf_Source_Reference");
        return vouchers;
    }

    private static Map<String, String> usualVoucherRows(CodeParts codeParts) {
        var rows = new LinkedHashMap<String, String>();
        rows.put("account", "Account");
        rows.put("costCenter", codeParts.costCenter());
        rows.put("debit", "CurrencyDebetAmount");
        rows.put("credit", "CurrencyCreditAmount");
        rows.put("bookedDebit", "DebitAmount");
        rows.put("bookedCredit", "CreditAmount");
        rows.put("rate", "CurrencyRate");
        rows.put("currency", "CurrencyCode");
        rows.put("text", "Text");
        rows.put("referenceNumber", "ReferenceNumber");
        rows.put("partyType", "PartyType");
        rows.put("party", "PartyTypeId");
        rows.put("taxCode", "OptionalCode");
        return rows;
    }

    /** The columns without which a correction could not be found again; none where corrections are rejected. */
    List<String> unnamedForCorrections() {
        var unnamed = new ArrayList<String>();
        if (corrections != Corrections.REJECT) {
            unnamed(unnamed, columns, "supplier", "number", "currency", "net", "tax", "total", "reference");
            unnamed(unnamed, lines, "account", "net", "tax");
            if (voucher) {
                unnamed(unnamed, vouchers, "reference");
                unnamed(unnamed, voucherRows, "account", "debit", "credit");
            }
        }
        return unnamed;
    }

    private static void unnamed(List<String> unnamed, Columns columns, String... parts) {
        for (String part : parts) {
            if (columns.of(part).isEmpty()) {
                unnamed.add(columns.setting() + "." + part);
            }
        }
    }
}
