package io.mlconnector.testkit.ifs;

import static io.mlconnector.testkit.ifs.EdmType.BOOLEAN;
import static io.mlconnector.testkit.ifs.EdmType.DATE;
import static io.mlconnector.testkit.ifs.EdmType.DATE_TIME_OFFSET;
import static io.mlconnector.testkit.ifs.EdmType.DECIMAL;
import static io.mlconnector.testkit.ifs.EdmType.INT32;
import static io.mlconnector.testkit.ifs.EdmType.INT64;
import static io.mlconnector.testkit.ifs.EdmType.STRING;

import java.util.ArrayList;
import java.util.List;

/** Ready-made definitions of entity sets. */
public final class IfsEntitySets {

    /** The modified column of the generic sets. */
    public static final String LAST_MODIFICATION_TIME = "LastModificationTime";

    /** The modified column of the cloud sets: the row version, exposed as a custom attribute. */
    public static final String CF_LAST_MODIFIED = "Cf_Last_Modified";

    private static final String PROJECTIONS = "main/ifsapplications/projection/v1/";
    private static final String CUSTOMERS = PROJECTIONS + "CustomerHandling.svc";
    private static final String ORDERS = PROJECTIONS + "CustomerOrderHandling.svc";
    private static final String ORDER_INVOICES = PROJECTIONS + "CustomerOrderInvoiceHandling.svc";
    private static final String VOUCHERS = PROJECTIONS + "VoucherHandling.svc";

    private IfsEntitySets() {}

    /**
     * Returns sets under the generic names of the product brief: {@code CustomerSet} with flat address and contact
     * fields, {@code CustomerOrderSet}, {@code CustomerOrderLineSet}, {@code VoucherSet} (with custom fields for what was
     * paid), {@code VoucherRowSet}, {@code SupplierInfoGeneralSet}, {@code PostingProposalHeadSet} (the supplier invoice)
     * and {@code PostingProposalRowSet}, all with {@link #LAST_MODIFICATION_TIME}; the notes of vouchers, {@code
     * NotesInfoVirtuals} with {@code FinNotesArray}; and what invoices refer to: {@code CompanySet}, {@code AccountSet},
     * {@code CodeBSet}, {@code StatutoryFeeSet}, {@code AccountingPeriodSet} and {@code PurchaseOrderSet}.
     *
     * @return the definitions
     */
    public static List<EntitySetDefinition> generic() {
        var sets = new ArrayList<EntitySetDefinition>(List.of(
                EntitySetDefinition.builder(CUSTOMERS, "CustomerSet")
                        .luname("CustomerInfo")
                        .addAssignedKey("CustomerId", STRING, 90_000_001)
                        .addColumns(STRING, "Name", "AssociationNo", "VatNo", "Country")
                        .addColumns(STRING, "Address1", "Address2", "ZipCode", "City", "State")
                        .addColumns(STRING, "Email", "Phone", "DefaultLanguage", "CurrencyCode")
                        .addModified(LAST_MODIFICATION_TIME)
                        .build(),
                orders(LAST_MODIFICATION_TIME),
                orderLines(LAST_MODIFICATION_TIME),
                PayableSets.vouchers(LAST_MODIFICATION_TIME),
                notesInfo(VOUCHERS),
                notes(VOUCHERS)));
        sets.addAll(PayableSets.generic(LAST_MODIFICATION_TIME));
        sets.addAll(PayableSets.references());
        return List.copyOf(sets);
    }

    /**
     * Returns sets under the names that live systems show: {@code CustomerInfoSet} with {@code CustomerInfoAddresses}
     * (as a set and below a customer), {@code CustomerOrderSet}, {@code CustomerOrderLineSet}, {@code
     * CustomerOrderInvHeadSet} (with custom fields for what was paid), {@code CustomerOrderInvLineSet}, {@code
     * SupplierInfoGeneralSet} with {@code SupplierInfoAddresses}, {@code ManSuppInvoiceSet}, {@code ManSuppInvoiceItemSet},
     * {@code PostingProposalHeadSet} (which hangs on a supplier invoice), {@code VoucherSet} and {@code VoucherRowSet}, all
     * with {@link #CF_LAST_MODIFIED}; the notes of invoices, {@code NotesInfoVirtuals} with {@code FinNotesArray}; and what
     * invoices refer to, as in the generic sets.
     *
     * @return the definitions
     */
    public static List<EntitySetDefinition> cloud() {
        var sets = new ArrayList<EntitySetDefinition>(List.of(
                EntitySetDefinition.builder(CUSTOMERS, "CustomerInfoSet")
                        .addAssignedKey("CustomerId", STRING, 90_000_001)
                        .addColumns(STRING, "Name", "AssociationNo", "Country", "CountryCode", "DefaultLanguage")
                        .addColumns(STRING, "PartyType", "CustomerCategory", "CorporateForm", "MainRepresentative")
                        .addColumns(STRING, "BusinessClassification", "CustomerTaxUsageType")
                        .addColumns(DATE, "CreationDate")
                        .addColumns(BOOLEAN, "OneTime", "B2bCustomer")
                        .addModified(CF_LAST_MODIFIED)
                        .addChildren("CustomerInfoAddresses", "CustomerInfoAddresses")
                        .build(),
                EntitySetDefinition.builder(CUSTOMERS, "CustomerInfoAddresses")
                        .luname("CustomerInfoAddress")
                        .addKey("CustomerId", STRING)
                        .addKey("AddressId", STRING)
                        .addColumns(STRING, "Name", "Address1", "Address2", "Address3", "Address4", "Address5")
                        .addColumns(STRING, "Address6", "ZipCode", "City", "State", "County", "Country")
                        .addColumns(DATE, "ValidFrom", "ValidTo")
                        .addColumns(STRING, "JurisdictionCode", "EanLocation")
                        .addModified(CF_LAST_MODIFIED)
                        .build(),
                orders(CF_LAST_MODIFIED),
                orderLines(CF_LAST_MODIFIED),
                EntitySetDefinition.builder(ORDER_INVOICES, "CustomerOrderInvHeadSet")
                        .initialState("Preliminary")
                        .addKey("Company", STRING)
                        .addKey("InvoiceId", INT64)
                        .addColumns(STRING, "SeriesId", "InvoiceNo", "Identity", "CreatorsReference")
                        .addColumns(DATE, "InvoiceDate", "DueDate")
                        .addColumns(STRING, "Currency", "PayTermId")
                        .addColumns(DECIMAL, "NetCurrAmount", "VatCurrAmount", "GrossCurrAmount")
                        .addColumns(STRING, "Cf_Payment_Status", "Cf_Stripe_Invoice_Id")
                        .addText("Cf_Stripe_Entries", 4000)
                        .addText("Cf_Stripe_Reference", 200)
                        .addColumns(DECIMAL, "Cf_Stripe_Paid", "Cf_Stripe_Refunded", "Cf_Stripe_Disputed")
                        .addColumns(DATE_TIME_OFFSET, "Cf_Stripe_Paid_At")
                        .addModified(CF_LAST_MODIFIED)
                        .build(),
                notesInfo(ORDER_INVOICES),
                notes(ORDER_INVOICES),
                EntitySetDefinition.builder(ORDER_INVOICES, "CustomerOrderInvLineSet")
                        .addKey("Company", STRING)
                        .addKey("InvoiceId", INT64)
                        .addKey("ItemId", INT32)
                        .addColumns(STRING, "OrderNo", "LineNo", "CatalogNo", "Description")
                        .addColumns(DECIMAL, "InvoicedQty", "SaleUnitPrice", "Discount")
                        .addColumns(DECIMAL, "NetCurrAmount", "VatCurrAmount")
                        .addColumns(STRING, "VatCode")
                        .addModified(CF_LAST_MODIFIED)
                        .build()));
        sets.addAll(PayableSets.cloud(CF_LAST_MODIFIED));
        sets.addAll(PayableSets.references());
        return List.copyOf(sets);
    }

    /** What a note hangs on: one row per record, made on demand. */
    private static EntitySetDefinition notesInfo(String service) {
        return EntitySetDefinition.builder(service, "NotesInfoVirtuals")
                .luname("NotesInfoVirtual")
                .addAssignedKey("Objkey", STRING, 1)
                .addColumns(STRING, "PackageName", "KeyRef", "EntityName", "CallingProjectionName")
                .addChildrenBy("FinNotesArray", "FinNotes", "ParentObjkey")
                .oneRowFor("PackageName", "KeyRef")
                .build();
    }

    private static EntitySetDefinition notes(String service) {
        return EntitySetDefinition.builder(service, "FinNotes")
                .luname("FinNote")
                .addAssignedKey("NoteId", INT64, 1)
                .addColumns(STRING, "ParentObjkey")
                .addText("Text", 2000)
                .build();
    }

    private static EntitySetDefinition orders(String modified) {
        return EntitySetDefinition.builder(ORDERS, "CustomerOrderSet")
                .initialState("Planned")
                .addAssignedKey("OrderNo", STRING, 900_001)
                .addColumns(STRING, "CustomerNo", "CustomerName", "Contract", "CurrencyCode")
                .addColumns(DATE_TIME_OFFSET, "DateEntered", "WantedDeliveryDate")
                .addColumns(STRING, "CustomerPoNo", "PayTermId", "BillAddrNo")
                .addColumns(STRING, "Cf_Payment_Status", "Cf_Stripe_Invoice_Id")
                .addModified(modified)
                .addChildren("OrderLinesArray", "CustomerOrderLineSet")
                .build();
    }

    private static EntitySetDefinition orderLines(String modified) {
        return EntitySetDefinition.builder(ORDERS, "CustomerOrderLineSet")
                .initialState("Planned")
                .addKey("OrderNo", STRING)
                .addKey("LineNo", STRING)
                .addKey("RelNo", STRING)
                .addKey("LineItemNo", INT32)
                .addColumns(STRING, "CatalogNo", "CatalogDesc", "PartNo")
                .addColumns(DECIMAL, "BuyQtyDue")
                .addColumns(STRING, "SalesUnitMeas")
                .addColumns(DECIMAL, "SaleUnitPrice", "UnitPriceInclTax", "Discount")
                .addColumns(STRING, "TaxCode", "CurrencyCode", "CustomerNo", "Contract")
                .addModified(modified)
                .build();
    }
}
