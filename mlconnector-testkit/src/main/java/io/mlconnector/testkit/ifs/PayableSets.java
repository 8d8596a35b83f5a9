package io.mlconnector.testkit.ifs;

import static io.mlconnector.testkit.ifs.EdmType.BOOLEAN;
import static io.mlconnector.testkit.ifs.EdmType.DATE;
import static io.mlconnector.testkit.ifs.EdmType.DATE_TIME_OFFSET;
import static io.mlconnector.testkit.ifs.EdmType.DECIMAL;
import static io.mlconnector.testkit.ifs.EdmType.INT32;
import static io.mlconnector.testkit.ifs.EdmType.INT64;
import static io.mlconnector.testkit.ifs.EdmType.STRING;

import java.util.List;

/** The sets of the payable side: suppliers, their invoices, vouchers, and what those refer to. */
final class PayableSets {

    private static final String PROJECTIONS = "main/ifsapplications/projection/v1/";
    private static final String ENTITIES = "int/ifsapplications/entity/v1/";
    private static final String SUPPLIERS = PROJECTIONS + "SupplierHandling.svc";
    private static final String INVOICES = PROJECTIONS + "SupplierInvoiceHandling.svc";
    private static final String PROPOSALS = PROJECTIONS + "PostingProposalHandling.svc";
    private static final String VOUCHERS = PROJECTIONS + "VoucherHandling.svc";

    private static final String SUPPLIER = SUPPLIERS + "/SupplierInfoGeneralSet";
    private static final String COMPANY = PROJECTIONS + "CompanyHandling.svc/CompanySet";
    private static final String ACCOUNT = ENTITIES + "AccountEntity.svc/AccountSet";
    private static final String CODE_B = ENTITIES + "CodeBEntity.svc/CodeBSet";
    private static final String TAX_CODE = ENTITIES + "StatutoryFeeEntity.svc/StatutoryFeeSet";
    static final String PERIOD = ENTITIES + "AccountingPeriodEntity.svc/AccountingPeriodSet";

    private PayableSets() {}

    /** Under the generic names: everything of a supplier in one row, the posting proposal is the supplier invoice. */
    static List<EntitySetDefinition> generic(String modified) {
        return List.of(
                EntitySetDefinition.builder(SUPPLIERS, "SupplierInfoGeneralSet")
                        .addAssignedKey("SupplierId", STRING, 20_001)
                        .addColumns(STRING, "Name", "AssociationNo", "VatNo", "Country")
                        .addColumns(STRING, "Address1", "Address2", "ZipCode", "City", "State")
                        .addColumns(STRING, "Email", "Phone", "DefaultLanguage", "CurrencyCode", "PayTermId")
                        .addColumns(STRING, "PartyType")
                        .addColumns(BOOLEAN, "OneTime")
                        .addColumns(DATE, "CreationDate")
                        .addText("Cf_Source_Reference", 200)
                        .addModified(modified)
                        .mandatory("Name")
                        .build(),
                proposalHeads(modified, true),
                proposalRows(modified),
                voucherRows(modified));
    }

    /** Under the names that live systems show: a supplier invoice with items, and a proposal that hangs on it. */
    static List<EntitySetDefinition> cloud(String modified) {
        return List.of(
                EntitySetDefinition.builder(SUPPLIERS, "SupplierInfoGeneralSet")
                        .addAssignedKey("SupplierId", STRING, 20_001)
                        .addColumns(STRING, "Name", "AssociationNo", "Country", "CountryCode", "DefaultLanguage")
                        .addColumns(STRING, "PartyType")
                        .addColumns(BOOLEAN, "OneTime")
                        .addColumns(DATE, "CreationDate")
                        .addText("Cf_Source_Reference", 200)
                        .addModified(modified)
                        .addChildren("SupplierInfoAddresses", "SupplierInfoAddresses")
                        .mandatory("Name")
                        .build(),
                EntitySetDefinition.builder(SUPPLIERS, "SupplierInfoAddresses")
                        .luname("SupplierInfoAddress")
                        .addKey("SupplierId", STRING)
                        .addKey("AddressId", STRING)
                        .addColumns(STRING, "Name", "Address1", "Address2", "ZipCode", "City", "State", "Country")
                        .addColumns(DATE, "ValidFrom", "ValidTo")
                        .addModified(modified)
                        .refersTo(SUPPLIER, "SupplierId")
                        .build(),
                status(EntitySetDefinition.builder(INVOICES, "ManSuppInvoiceSet")
                                .initialState("Preliminary")
                                .addKey("Company", STRING)
                                .addAssignedKey("InvoiceId", INT64, 700_001)
                                .addColumns(STRING, "Identity", "SupplierName", "PartyType", "SeriesId", "InvoiceNo")
                                .addColumns(STRING, "InvoiceType")
                                .addColumns(DATE, "InvoiceDate", "DueDate")
                                .addColumns(STRING, "PayTermId", "Currency")
                                .addColumns(DECIMAL, "CurrRate", "NetCurrAmount", "VatCurrAmount", "GrossCurrAmount")
                                .addColumns(DECIMAL, "OpenAmount")
                                .addColumns(STRING, "PoRefNumber", "NcfReference")
                                .addText("VoucherText", 2000))
                        .addModified(modified)
                        .mandatory("Identity", "SeriesId", "InvoiceNo", "InvoiceDate", "Currency")
                        .refersTo(COMPANY, "Company")
                        .refersTo(SUPPLIER, "Identity")
                        .unique("Company", "Identity", "SeriesId", "InvoiceNo")
                        .build(),
                EntitySetDefinition.builder(INVOICES, "ManSuppInvoiceItemSet")
                        .addKey("Company", STRING)
                        .addKey("InvoiceId", INT64)
                        .addAssignedKey("ItemId", INT32, 1)
                        .addText("Description", 2000)
                        .addColumns(DECIMAL, "NetCurrAmount", "VatCurrAmount")
                        .addColumns(STRING, "VatCode", "Account", "CodeB", "CodeC", "CodeD", "CodeE", "CodeF", "CodeG")
                        .addColumns(STRING, "CodeH", "CodeI", "CodeJ", "PoRefNumber")
                        .addModified(modified)
                        .refersTo(INVOICES + "/ManSuppInvoiceSet", "Company", "InvoiceId")
                        .refersTo(ACCOUNT, "Company", "Account")
                        .refersTo(CODE_B, "Company", "CodeB")
                        .refersTo(TAX_CODE, "Company", "VatCode")
                        .build(),
                proposalHeads(modified, false),
                vouchers(modified),
                voucherRows(modified));
    }

    /** What invoices and vouchers refer to; the same under both names. */
    static List<EntitySetDefinition> references() {
        return List.of(
                EntitySetDefinition.builder(PROJECTIONS + "CompanyHandling.svc", "CompanySet")
                        .addKey("Company", STRING)
                        .addColumns(STRING, "Name", "Country", "DefaultLanguage", "AssociationNo", "CurrencyCode")
                        .build(),
                valid(EntitySetDefinition.builder(ENTITIES + "AccountEntity.svc", "AccountSet")
                                .addKey("Company", STRING)
                                .addKey("Account", STRING)
                                .addColumns(STRING, "AccntType"))
                        .build(),
                valid(EntitySetDefinition.builder(ENTITIES + "CodeBEntity.svc", "CodeBSet")
                                .addKey("Company", STRING)
                                .addKey("CodeB", STRING))
                        .build(),
                valid(EntitySetDefinition.builder(ENTITIES + "StatutoryFeeEntity.svc", "StatutoryFeeSet")
                                .addKey("Company", STRING)
                                .addKey("FeeCode", STRING)
                                .addColumns(DECIMAL, "FeeRate"))
                        .build(),
                EntitySetDefinition.builder(ENTITIES + "AccountingPeriodEntity.svc", "AccountingPeriodSet")
                        .addKey("Company", STRING)
                        .addKey("AccountingYear", INT32)
                        .addKey("AccountingPeriod", INT32)
                        .addColumns(STRING, "Description")
                        .addColumns(DATE, "DateFrom", "DateUntil")
                        .addColumns(STRING, "PeriodStatus")
                        .build(),
                EntitySetDefinition.builder(PROJECTIONS + "PurchaseOrderHandling.svc", "PurchaseOrderSet")
                        .initialState("Planned")
                        .addAssignedKey("OrderNo", STRING, 80_001)
                        .addColumns(STRING, "Company", "VendorNo", "Contract", "BuyerCode", "CurrencyCode")
                        .addColumns(DATE, "OrderDate")
                        .build());
    }

    private static EntitySetDefinition.Builder valid(EntitySetDefinition.Builder builder) {
        return builder.addColumns(STRING, "Description").addColumns(DATE, "ValidFrom", "ValidUntil");
    }

    /** Custom fields for what the payment system makes of an invoice. */
    private static EntitySetDefinition.Builder status(EntitySetDefinition.Builder builder) {
        return builder.addText("Cf_Source_Reference", 200)
                .addColumns(BOOLEAN, "Cf_Sent_To_Bill")
                .addText("Cf_Bill_Id", 100)
                .addText("Cf_Bill_Status", 30)
                .addText("Cf_Bill_Payment_Status", 30)
                .addText("Cf_Bill_Entries", 4000)
                .addText("Cf_Bill_Reference", 200)
                .addColumns(DECIMAL, "Cf_Bill_Paid")
                .addColumns(DATE_TIME_OFFSET, "Cf_Bill_Paid_At");
    }

    /** A proposal is a supplier invoice by itself, or one more row for an invoice that is there. */
    private static EntitySetDefinition proposalHeads(String modified, boolean alone) {
        EntitySetDefinition.Builder builder = EntitySetDefinition.builder(PROPOSALS, "PostingProposalHeadSet")
                .initialState("Preliminary")
                .addKey("Company", STRING);
        if (alone) {
            builder.addAssignedKey("InvoiceId", INT64, 700_001);
        } else {
            builder.addKey("InvoiceId", INT64);
        }
        builder.addAssignedKey("ProposalId", INT32, 1)
                .addColumns(STRING, "Identity", "InvoiceNo", "SeriesId", "InvoiceType")
                .addColumns(DATE, "InvoiceDate", "DueDate")
                .addColumns(STRING, "Currency")
                .addColumns(DECIMAL, "CurrRate", "NetAmount", "VatAmount", "GrossAmount")
                .addColumns(STRING, "Account", "CodeB", "PoRefNumber")
                .addText("NoteText", 2000);
        if (alone) {
            return status(builder)
                    .addModified(modified)
                    .mandatory("Identity", "InvoiceNo")
                    .refersTo(COMPANY, "Company")
                    .refersTo(SUPPLIER, "Identity")
                    .unique("Company", "Identity", "SeriesId", "InvoiceNo")
                    .build();
        }
        return builder.addModified(modified)
                .refersTo(INVOICES + "/ManSuppInvoiceSet", "Company", "InvoiceId")
                .build();
    }

    private static EntitySetDefinition proposalRows(String modified) {
        return EntitySetDefinition.builder(PROPOSALS, "PostingProposalRowSet")
                .addKey("Company", STRING)
                .addKey("InvoiceId", INT64)
                .addKey("ProposalId", INT32)
                .addAssignedKey("RowNo", INT32, 1)
                .addText("Text", 2000)
                .addColumns(STRING, "Account", "CodeB", "CodeC", "CodeD", "CodeE", "CodeF", "CodeG", "CodeH", "CodeI")
                .addColumns(STRING, "CodeJ")
                .addColumns(DECIMAL, "CurrAmount", "VatCurrAmount")
                .addColumns(STRING, "VatCode", "PoRefNumber")
                .addModified(modified)
                .refersTo(PROPOSALS + "/PostingProposalHeadSet", "Company", "InvoiceId", "ProposalId")
                .refersTo(ACCOUNT, "Company", "Account")
                .refersTo(CODE_B, "Company", "CodeB")
                .refersTo(TAX_CODE, "Company", "VatCode")
                .build();
    }

    /** Vouchers of the hold table, those of customer invoices among them. */
    static EntitySetDefinition vouchers(String modified) {
        return EntitySetDefinition.builder(VOUCHERS, "VoucherSet")
                .initialState("AwaitingApproval")
                .addKey("Company", STRING)
                .addKey("VoucherType", STRING)
                .addKey("AccountingYear", INT32)
                .addAssignedKey("VoucherNo", INT64, 1)
                .addColumns(DATE, "VoucherDate")
                .addColumns(INT32, "AccountingPeriod")
                .addColumns(STRING, "UserGroup", "VoucherText", "EnteredByUser", "InvoiceId", "SeriesId")
                .addColumns(STRING, "InvoiceNo", "CustomerId", "OrderNo", "CurrencyCode")
                .addColumns(DECIMAL, "NetCurrAmount", "VatCurrAmount", "GrossCurrAmount")
                .addColumns(DATE, "DueDate")
                .addText("Cf_Source_Reference", 200)
                .addColumns(STRING, "Cf_Payment_Status", "Cf_Stripe_Invoice_Id")
                .addText("Cf_Stripe_Entries", 4000)
                .addText("Cf_Stripe_Reference", 200)
                .addColumns(DECIMAL, "Cf_Stripe_Paid", "Cf_Stripe_Refunded", "Cf_Stripe_Disputed")
                .addColumns(DATE_TIME_OFFSET, "Cf_Stripe_Paid_At")
                .addModified(modified)
                .inOpenPeriod(PERIOD, "VoucherDate")
                .build();
    }

    private static EntitySetDefinition voucherRows(String modified) {
        return EntitySetDefinition.builder(VOUCHERS, "VoucherRowSet")
                .addKey("Company", STRING)
                .addKey("VoucherType", STRING)
                .addKey("AccountingYear", INT32)
                .addKey("VoucherNo", INT64)
                .addAssignedKey("RowNo", INT32, 1)
                .addColumns(STRING, "Account", "CodeB", "CodeC", "CodeD", "CodeE", "CodeF", "CodeG", "CodeH", "CodeI")
                .addColumns(STRING, "CodeJ")
                .addColumns(DECIMAL, "DebitAmount", "CreditAmount", "CurrencyDebetAmount", "CurrencyCreditAmount")
                .addColumns(DECIMAL, "CurrencyRate")
                .addColumns(STRING, "CurrencyCode", "ReferenceNumber", "PartyType", "PartyTypeId", "OptionalCode")
                .addText("Text", 200)
                .addModified(modified)
                .mandatory("Account", "CurrencyCode")
                .refersTo(VOUCHERS + "/VoucherSet", "Company", "VoucherType", "AccountingYear", "VoucherNo")
                .refersTo(ACCOUNT, "Company", "Account")
                .refersTo(CODE_B, "Company", "CodeB")
                .refersTo(TAX_CODE, "Company", "OptionalCode")
                .build();
    }
}
