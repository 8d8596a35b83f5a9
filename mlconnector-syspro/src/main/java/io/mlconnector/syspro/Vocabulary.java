package io.mlconnector.syspro;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The elements that business objects know. SYSPRO drops an element that it does not know without a word and posts with a
 * default instead, so a name that is not in this list is never sent.
 */
final class Vocabulary {

    private static final List<String> COMMON_PARAMETERS =
            List.of("PostingPeriod", "IgnoreWarnings", "ApplyIfEntireDocumentValid", "ValidateOnly");

    private static final List<String> PAYMENT = List.of(
            "Customer",
            "PaymentValue",
            "Reference",
            "PaymentDate",
            "JournalNotation",
            "PaymentNarration",
            "DefaultExchangeRateMethod",
            "DefaultExchangeRateToUse",
            "ExchangeRateVarianceLedgerCode",
            "PasswordExchangeRateVarianceLedgerCode",
            "ApplyDuePostDatedChecks",
            "Bank",
            "PaymentType",
            "DrawerName",
            "DrawerBank",
            "DrawerBranch",
            "BankChargeValue",
            "BankChargeExchangeRate",
            "InvoiceToPay",
            "UnappliedPayment");

    /** ARSTPY: receipts and adjustments. */
    static final Vocabulary RECEIPTS = new Vocabulary(Map.ofEntries(
            Map.entry("", List.of("PostArPayment")),
            Map.entry("PostArPayment", List.of("Parameters", "Item")),
            Map.entry(
                    "Parameters",
                    List.of(
                            "PostingPeriod",
                            "IgnoreWarnings",
                            "ApplyIfEntireDocumentValid",
                            "ValidateOnly",
                            "AutoCorrectPaymentValue",
                            "ApplySpecificBranch",
                            "BranchToUse",
                            "AreaToUseForLedgerIntegration",
                            "IntegrateToCashBookInDetail",
                            "AutoCalculateTax",
                            "IgnoreAnalysis")),
            Map.entry("Item", List.of("Payment", "Adjustments")),
            Map.entry("Payment", PAYMENT),
            Map.entry(
                    "InvoiceToPay",
                    List.of(
                            "TransactionType",
                            "Invoice",
                            "GrossPaymentValue",
                            "DiscountValue",
                            "TaxPortionOfDiscount",
                            "WithholdingTaxValue",
                            "CustomerPurchaseOrder",
                            "ExchangeRateToUse")),
            Map.entry(
                    "UnappliedPayment",
                    List.of(
                            "GrossPaymentValue",
                            "DiscountValue",
                            "TaxPortionOfDiscount",
                            "WithholdingTaxValue",
                            "ExchangeRateToUse",
                            "CustomerPurchaseOrder")),
            Map.entry(
                    "Adjustments",
                    List.of(
                            "Customer",
                            "Bank",
                            "PaymentType",
                            "DrawerName",
                            "DrawerBank",
                            "DrawerBranch",
                            "InvoiceToAdjust")),
            Map.entry(
                    "InvoiceToAdjust",
                    List.of(
                            "TransactionType",
                            "Invoice",
                            "AdjustmentValue",
                            "AdjustmentTaxCode",
                            "TaxPortionOfAdjustment",
                            "Reference",
                            "AdjustmentLedgerCode",
                            "PasswordForAdjustmentLedgerCode",
                            "JournalNotation"))));

    /** ARSTIN: debit notes. */
    static final Vocabulary INVOICES = new Vocabulary(Map.of(
            "",
            List.of("PostArInvoices"),
            "PostArInvoices",
            List.of("Parameters", "Item"),
            "Parameters",
            COMMON_PARAMETERS,
            "Item",
            List.of(
                    "TransactionType",
                    "Customer",
                    "PostToExistingInvoice",
                    "GenerateInvoiceNumber",
                    "Invoice",
                    "InvoiceDate",
                    "Reference",
                    "InvoiceValue",
                    "ExchangeRate",
                    "TaxValue",
                    "GSTValue",
                    "CostValue",
                    "ProductClass",
                    "InvoiceTerms",
                    "GeographicArea",
                    "Salesperson",
                    "Branch")));

    /** COMFND: finds rows of any table. */
    static final Vocabulary FIND = new Vocabulary(Map.of(
            "",
            List.of("Query"),
            "Query",
            List.of("TableName", "ReturnRows", "Columns", "Where", "OrderBy"),
            "Columns",
            List.of("Column"),
            "Where",
            List.of("Expression"),
            "Expression",
            List.of("AndOr", "OpenBracket", "Column", "Condition", "Value", "CloseBracket"),
            "OrderBy",
            List.of("Column")));

    /** What a site may send with every payment besides, as constants. */
    static final Set<String> EXTRA_OF_PAYMENT = Set.of(
            "DefaultExchangeRateMethod",
            "DefaultExchangeRateToUse",
            "ExchangeRateVarianceLedgerCode",
            "DrawerName",
            "DrawerBank",
            "DrawerBranch");

    private final Map<String, List<String>> children;

    private Vocabulary(Map<String, List<String>> children) {
        this.children = children;
    }

    /**
     * Refuses an element that its parent does not know.
     *
     * @throws IllegalArgumentException naming the element
     */
    void require(String parent, String element) {
        List<String> known = children.getOrDefault(parent, List.of());
        if (!known.contains(element)) {
            throw new IllegalArgumentException("SYSPRO would silently drop <" + element + "> in <" + parent
                    + ">; known: " + String.join(", ", known));
        }
    }

    /** The elements of a parent, in the order of the schema. */
    List<String> order(String parent) {
        return children.getOrDefault(parent, List.of());
    }
}
