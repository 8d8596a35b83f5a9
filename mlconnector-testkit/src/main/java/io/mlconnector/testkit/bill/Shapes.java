package io.mlconnector.testkit.bill;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which fields may be written. What BILL does not know it refuses. */
final class Shapes {

    private static final Map<String, Set<String>> VENDOR = Map.of(
            "",
                    Set.of(
                            "name",
                            "shortName",
                            "accountNumber",
                            "accountType",
                            "email",
                            "phone",
                            "address",
                            "billCurrency",
                            "additionalInfo"),
            "address", Set.of("line1", "line2", "city", "stateOrProvince", "zipOrPostalCode", "country"),
            "additionalInfo",
                    Set.of(
                            "taxId",
                            "taxIdType",
                            "track1099",
                            "leadTimeInDays",
                            "combinePayments",
                            "paymentTermId",
                            "companyName"));
    private static final Set<String> AXES =
            Set.of("chartOfAccountId", "accountingClassId", "departmentId", "locationId", "itemId");
    private static final Map<String, Set<String>> BILL = Map.of(
            "",
                    Set.of(
                            "vendorId",
                            "dueDate",
                            "billLineItems",
                            "invoice",
                            "description",
                            "classifications",
                            "payFromChartOfAccountId",
                            "purchaseOrderNumber",
                            "vendorCredits",
                            "billApprovals"),
            "invoice", Set.of("invoiceNumber", "invoiceDate"),
            "classifications", AXES,
            "billLineItems", Set.of("id", "amount", "quantity", "price", "description", "classifications"),
            "billLineItems.classifications",
                    Set.of(
                            "chartOfAccountId",
                            "accountingClassId",
                            "departmentId",
                            "locationId",
                            "itemId",
                            "jobId",
                            "customerId",
                            "employeeId"));

    private Shapes() {}

    static void requireVendor(JsonNode vendor, boolean whole) {
        var faults = new ArrayList<BillRefusal.Entry>();
        known(vendor, "", VENDOR, faults);
        if (whole) {
            needed(vendor, "name", faults);
            needed(vendor, "address", faults);
        }
        if (vendor.path("name").asText("").length() > 100) {
            fault(faults, "name: The name must be at most 100 characters.");
        }
        refuse(faults);
    }

    static void requireBill(JsonNode bill, boolean whole) {
        var faults = new ArrayList<BillRefusal.Entry>();
        known(bill, "", BILL, faults);
        if (whole) {
            List.of("vendorId", "dueDate", "invoice", "billLineItems").forEach(name -> needed(bill, name, faults));
            if (bill.path("billLineItems").isEmpty()) {
                fault(faults, "billLineItems: A bill needs a line item.");
            }
        }
        date(bill.path("dueDate"), "dueDate", faults);
        date(bill.path("invoice").path("invoiceDate"), "invoice.invoiceDate", faults);
        if (bill.path("invoice").path("invoiceNumber").asText("").length() > 21) {
            fault(faults, "invoice.invoiceNumber: The invoice number must be at most 21 characters.");
        }
        bill.path("billLineItems").forEach(line -> {
            if (!line.path("amount").isNumber() && !line.path("price").isNumber()) {
                fault(faults, "billLineItems: A line item needs an amount.");
            }
        });
        refuse(faults);
    }

    private static void known(
            JsonNode object, String path, Map<String, Set<String>> shape, List<BillRefusal.Entry> faults) {
        if (!object.isObject()) {
            fault(faults, path + ": must be an object.");
            return;
        }
        object.properties().forEach(field -> {
            String name = path.isEmpty() ? field.getKey() : path + "." + field.getKey();
            if (!shape.getOrDefault(path, Set.of()).contains(field.getKey())) {
                fault(faults, name + ": The field is not known.");
            } else if (shape.containsKey(name) && !field.getValue().isNull()) {
                if (field.getValue().isArray()) {
                    field.getValue().forEach(item -> known(item, name, shape, faults));
                } else {
                    known(field.getValue(), name, shape, faults);
                }
            }
        });
    }

    private static void needed(JsonNode object, String name, List<BillRefusal.Entry> faults) {
        if (!object.hasNonNull(name)) {
            fault(faults, name + ": The " + name + " field is required");
        }
    }

    private static void date(JsonNode value, String name, List<BillRefusal.Entry> faults) {
        if (!value.isMissingNode() && (value.asText().length() != 10 || Times.instant(value.asText()) == null)) {
            fault(faults, name + ": must be a date such as 2026-01-31.");
        }
    }

    private static void fault(List<BillRefusal.Entry> faults, String message) {
        faults.add(new BillRefusal.Entry("BDC_1002", message));
    }

    private static void refuse(List<BillRefusal.Entry> faults) {
        if (!faults.isEmpty()) {
            throw new BillRefusal(400, faults);
        }
    }
}
