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
            "Company InvoiceId:Edm.Int64 ProposalId:Edm.Int32");

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

    /** The name in the configuration, and of the records that the set holds. */
    String title() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether its rows are parts of records of another role, which come again when a part changes. */
    boolean isFollowable() {
        return this == CUSTOMER_ADDRESSES || this == ORDER_LINES;
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
            case INVOICES, INVOICE_LINES, POSTING_PROPOSALS -> "";
        };
    }

    boolean isIn(Preset preset) {
        return preset == CLOUD || genericPath != null;
    }

    String path(Preset preset) {
        return PROJECTIONS + (preset == CLOUD || genericPath == null ? cloudPath : genericPath);
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
