package io.mlconnector.ifs;

import static io.mlconnector.ifs.IfsSettings.Preset.CLOUD;

import io.mlconnector.ifs.IfsSettings.Preset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What an entity set is used for, and which set that is by default under each preset. */
enum Role {
    CUSTOMERS("CustomerHandling.svc/CustomerSet", "CustomerId", "CustomerHandling.svc/CustomerInfoSet", "CustomerId"),
    CUSTOMER_ADDRESSES(
            null, null, "CustomerHandling.svc/CustomerInfoAddresses", "CustomerId:Edm.String AddressId:Edm.String"),
    ORDERS(
            "CustomerOrderHandling.svc/CustomerOrderSet",
            "OrderNo",
            "CustomerOrderHandling.svc/CustomerOrderSet",
            "OrderNo"),
    ORDER_LINES(
            "CustomerOrderHandling.svc/CustomerOrderLineSet",
            "OrderNo LineNo RelNo LineItemNo:Edm.Int32",
            "CustomerOrderHandling.svc/CustomerOrderLineSet",
            "OrderNo LineNo RelNo LineItemNo:Edm.Int32"),
    INVOICES(
            "VoucherHandling.svc/VoucherSet",
            "Company VoucherType AccountingYear:Edm.Int32 VoucherNo:Edm.Int64",
            "CustomerOrderInvoiceHandling.svc/CustomerOrderInvHeadSet",
            "Company InvoiceId:Edm.Int64"),
    INVOICE_LINES(
            null,
            null,
            "CustomerOrderInvoiceHandling.svc/CustomerOrderInvLineSet",
            "Company InvoiceId:Edm.Int64 ItemId:Edm.Int32"),
    POSTING_PROPOSALS(
            "PostingProposalHandling.svc/PostingProposalHeadSet",
            "Company InvoiceId:Edm.Int64 ProposalId:Edm.Int32",
            "PostingProposalHandling.svc/PostingProposalHeadSet",
            "Company InvoiceId:Edm.Int64 ProposalId:Edm.Int32"),
    SUPPLIERS("SupplierHandling.svc/SupplierInfoGeneralSet", "SupplierId"),
    SUPPLIER_ADDRESSES(
            null, null, "SupplierHandling.svc/SupplierInfoAddresses", "SupplierId:Edm.String AddressId:Edm.String"),
    SUPPLIER_INVOICES(
            "PostingProposalHandling.svc/PostingProposalHeadSet",
            "Company InvoiceId:Edm.Int64 ProposalId:Edm.Int32",
            "SupplierInvoiceHandling.svc/ManSuppInvoiceSet",
            "Company InvoiceId:Edm.Int64"),
    SUPPLIER_INVOICE_LINES(
            "PostingProposalHandling.svc/PostingProposalRowSet",
            "Company InvoiceId:Edm.Int64 ProposalId:Edm.Int32 RowNo:Edm.Int32",
            "SupplierInvoiceHandling.svc/ManSuppInvoiceItemSet",
            "Company InvoiceId:Edm.Int64 ItemId:Edm.Int32"),
    VOUCHERS("VoucherHandling.svc/VoucherSet", "Company VoucherType AccountingYear:Edm.Int32 VoucherNo:Edm.Int64"),
    VOUCHER_ROWS(
            "VoucherHandling.svc/VoucherRowSet",
            "Company VoucherType AccountingYear:Edm.Int32 VoucherNo:Edm.Int64 RowNo:Edm.Int32"),
    COMPANIES("CompanyHandling.svc/CompanySet", "Company"),
    ACCOUNTS("int/ifsapplications/entity/v1/AccountEntity.svc/AccountSet", "Company Account"),
    COST_CENTERS("int/ifsapplications/entity/v1/CodeBEntity.svc/CodeBSet", "Company CodeB"),
    TAX_CODES("int/ifsapplications/entity/v1/StatutoryFeeEntity.svc/StatutoryFeeSet", "Company FeeCode"),
    PERIODS(
            "int/ifsapplications/entity/v1/AccountingPeriodEntity.svc/AccountingPeriodSet",
            "Company AccountingYear:Edm.Int32 AccountingPeriod:Edm.Int32"),
    PURCHASE_ORDERS("PurchaseOrderHandling.svc/PurchaseOrderSet", "OrderNo");

    private static final String PROJECTIONS = "main/ifsapplications/projection/v1/";

    private final @Nullable String genericPath;
    private final @Nullable String genericKeys;
    private final String cloudPath;
    private final String cloudKeys;

    Role(@Nullable String genericPath, @Nullable String genericKeys, String cloudPath, String cloudKeys) {
        this.genericPath = genericPath;
        this.genericKeys = genericKeys;
        this.cloudPath = cloudPath;
        this.cloudKeys = cloudKeys;
    }

    /** A set that is the same under each preset. */
    Role(String path, String keys) {
        this(path, keys, path, keys);
    }

    /** The name in the configuration, and of the records that the set holds. */
    String title() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether its rows are parts of records of another role, which come again when a part changes. */
    boolean isFollowable() {
        return this == CUSTOMER_ADDRESSES
                || this == SUPPLIER_ADDRESSES
                || this == ORDER_LINES
                || this == SUPPLIER_INVOICE_LINES;
    }

    /** Whether its rows are parts of records of another role. */
    boolean isPart() {
        return isFollowable() || this == INVOICE_LINES;
    }

    /** The logical unit in the history log; empty where none is known. */
    String logicalUnit() {
        return switch (this) {
            case CUSTOMERS -> "CustomerInfo";
            case CUSTOMER_ADDRESSES -> "CustomerInfoAddress";
            case ORDERS -> "CustomerOrder";
            case ORDER_LINES -> "CustomerOrderLine";
            case SUPPLIERS -> "SupplierInfo";
            case SUPPLIER_ADDRESSES -> "SupplierInfoAddress";
            case PURCHASE_ORDERS -> "PurchaseOrder";
            case INVOICES,
                    INVOICE_LINES,
                    POSTING_PROPOSALS,
                    SUPPLIER_INVOICES,
                    SUPPLIER_INVOICE_LINES,
                    VOUCHERS,
                    VOUCHER_ROWS,
                    COMPANIES,
                    ACCOUNTS,
                    COST_CENTERS,
                    TAX_CODES,
                    PERIODS -> "";
        };
    }

    boolean isIn(Preset preset) {
        return preset == CLOUD || genericPath != null;
    }

    String path(Preset preset) {
        String path = preset == CLOUD || genericPath == null ? cloudPath : genericPath;
        return path.startsWith("int/") ? path : PROJECTIONS + path;
    }

    List<KeyPart> keys(Preset preset) {
        String keys = preset == CLOUD || genericKeys == null ? cloudKeys : genericKeys;
        return Arrays.stream(keys.split(" "))
                .map(key -> KeyPart.parse(key.contains(":") ? key : key + ":" + EdmLiteral.STRING))
                .toList();
    }

    static String modifiedField(Preset preset) {
        return preset == CLOUD ? "Cf_Last_Modified" : "LastModificationTime";
    }
}
