package io.mlconnector.testkit.bill;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What an organisation holds. Guarded by itself. */
final class Books {

    private static final Map<String, String> PREFIXES = Map.of(
            "vendors", "009",
            "bills", "00n",
            "payments", "stp",
            "classifications/chart-of-accounts", "0ca",
            "classifications/departments", "0de",
            "classifications/locations", "loc",
            "classifications/accounting-classes", "cls");

    private final MovableClock clock;
    private final boolean listsShowArchived;
    private final boolean paymentsMoveBills;
    private final Map<String, Map<String, ObjectNode>> tables = new LinkedHashMap<>();
    private final List<ObjectNode> events = new ArrayList<>();
    private long ids;

    Books(MovableClock clock, boolean listsShowArchived, boolean paymentsMoveBills) {
        this.clock = clock;
        this.listsShowArchived = listsShowArchived;
        this.paymentsMoveBills = paymentsMoveBills;
        PREFIXES.keySet().forEach(resource -> tables.put(resource, new LinkedHashMap<>()));
    }

    static boolean isList(String resource) {
        return PREFIXES.containsKey(resource);
    }

    private Map<String, ObjectNode> table(String resource) {
        Map<String, ObjectNode> table = tables.get(resource);
        if (table == null) {
            throw new BillRefusal(404, "BDC_1121", "API not supported: " + resource);
        }
        return table;
    }

    private String newId(String prefix) {
        ids++;
        return prefix
                + String.format("%02dSBXCONNECT%05x", 1 + ids / 0xFFFFF, ids % 0xFFFFF)
                        .substring(0, 17);
    }

    synchronized List<JsonNode> all(String resource) {
        return table(resource).values().stream()
                .map(object -> (JsonNode) object.deepCopy())
                .toList();
    }

    synchronized @Nullable ObjectNode copy(String resource, String id) {
        ObjectNode held = table(resource).get(id);
        return held == null ? null : held.deepCopy();
    }

    ObjectNode required(String resource, String id) {
        ObjectNode held = table(resource).get(id);
        if (held == null) {
            throw new BillRefusal(404, "BDC_1003", resource + " " + id + " is not found.");
        }
        return held;
    }

    private ObjectNode add(String resource, ObjectNode object) {
        String id = newId(String.valueOf(PREFIXES.get(resource)));
        ObjectNode whole = JsonNodeFactory.instance.objectNode();
        whole.put("id", id);
        whole.put("archived", false);
        whole.setAll(object);
        String now = now();
        whole.put("createdTime", now);
        whole.put("updatedTime", now);
        table(resource).put(id, whole);
        return whole;
    }

    private String now() {
        return Times.text(clock.instant());
    }

    private void touch(ObjectNode object) {
        object.put("updatedTime", now());
    }

    private static void merge(ObjectNode into, JsonNode changes) {
        changes.properties().forEach(field -> {
            JsonNode value = field.getValue();
            if (value.isNull()) {
                into.remove(field.getKey());
            } else if (value.isObject() && into.path(field.getKey()).isObject()) {
                merge((ObjectNode) into.get(field.getKey()), value);
            } else {
                into.set(field.getKey(), value.deepCopy());
            }
        });
    }

    // vendors

    synchronized List<ObjectNode> createVendors(List<JsonNode> bodies) {
        bodies.forEach(body -> Shapes.requireVendor(body, true));
        var created = new ArrayList<ObjectNode>();
        for (JsonNode body : bodies) {
            ObjectNode vendor = JsonNodeFactory.instance.objectNode();
            merge(vendor, body);
            if (!vendor.has("billCurrency")) {
                vendor.put("billCurrency", "USD");
            }
            vendor.putObject("autoPay").put("enabled", false);
            vendor.put("networkStatus", "NOT_CONNECTED");
            created.add(add("vendors", vendor));
        }
        created.forEach(vendor -> happened("vendor.created", "vendor", vendor));
        return copies(created);
    }

    synchronized ObjectNode changeVendor(String id, JsonNode changes) {
        Shapes.requireVendor(changes, false);
        ObjectNode vendor = required("vendors", id);
        String currency =
                changes.path("billCurrency").asText(vendor.path("billCurrency").asText());
        if (!currency.equals(vendor.path("billCurrency").asText())) {
            throw BillRefusal.field("billCurrency: The currency of a vendor cannot change.");
        }
        merge(vendor, changes);
        touch(vendor);
        happened("vendor.updated", "vendor", vendor);
        return vendor.deepCopy();
    }

    synchronized ObjectNode archive(String resource, String id, boolean archived) {
        ObjectNode object = required(resource, id);
        if (object.path("archived").asBoolean() != archived) {
            object.put("archived", archived);
            if (resource.equals("bills")) {
                object.put("recordStatus", archived ? "INACTIVE" : "ACTIVE");
            }
            touch(object);
            String kind = resource.substring(0, resource.length() - 1);
            happened(kind + (archived ? ".archived" : ".restored"), kind, object);
        }
        return object.deepCopy();
    }

    synchronized void autoPay(String vendor, boolean enabled) {
        ObjectNode held = required("vendors", vendor);
        held.putObject("autoPay").put("enabled", enabled);
        touch(held);
    }

    // bills

    synchronized List<ObjectNode> createBills(List<JsonNode> bodies) {
        bodies.forEach(body -> {
            Shapes.requireBill(body, true);
            requireReferences(body);
        });
        var created = new ArrayList<ObjectNode>();
        for (JsonNode body : bodies) {
            ObjectNode bill = JsonNodeFactory.instance.objectNode();
            merge(bill, body);
            created.add(add("bills", finished(bill)));
        }
        for (ObjectNode bill : created) {
            happened("bill.created", "bill", bill);
            // the danger of automatic payment: a bill is enough to move money
            if (required("vendors", bill.path("vendorId").asText())
                    .path("autoPay")
                    .path("enabled")
                    .asBoolean()) {
                pay(bill.path("id").asText(), null, "CLEARED", "BILL_AUTOPAY");
            }
        }
        return copies(created);
    }

    private void requireReferences(JsonNode bill) {
        ObjectNode vendor = table("vendors").get(bill.path("vendorId").asText());
        if (vendor == null) {
            throw BillRefusal.field("vendorId: The vendor is not known.");
        }
        if (vendor.path("archived").asBoolean()) {
            throw BillRefusal.field("vendorId: The vendor is archived.");
        }
        Map<String, String> axes = Map.of(
                "chartOfAccountId", "classifications/chart-of-accounts",
                "departmentId", "classifications/departments",
                "locationId", "classifications/locations",
                "accountingClassId", "classifications/accounting-classes");
        bill.path("billLineItems")
                .forEach(line -> axes.forEach((field, resource) -> {
                    JsonNode id = line.path("classifications").path(field);
                    if (id.isTextual() && !table(resource).containsKey(id.asText())) {
                        throw BillRefusal.field(field + ": " + id.asText() + " is not known.");
                    }
                }));
        if (total(bill).signum() <= 0) {
            throw BillRefusal.field("amount: The amount of a bill must be more than zero.");
        }
    }

    private static BigDecimal total(JsonNode bill) {
        BigDecimal total = BigDecimal.ZERO;
        for (JsonNode line : bill.path("billLineItems")) {
            total = total.add(
                    line.path("amount").isNumber()
                            ? line.path("amount").decimalValue()
                            : line.path("price")
                                    .decimalValue()
                                    .multiply(line.path("quantity").decimalValue()));
        }
        return total.setScale(2, RoundingMode.UNNECESSARY);
    }

    private ObjectNode finished(ObjectNode bill) {
        BigDecimal total = total(bill);
        bill.path("billLineItems").forEach(line -> {
            if (!line.path("id").isTextual()) {
                ((ObjectNode) line).put("id", newId("bli"));
            }
        });
        bill.put("recordStatus", "ACTIVE");
        bill.put(
                "vendorName",
                required("vendors", bill.path("vendorId").asText()).path("name").asText());
        bill.put("amount", total);
        bill.put("dueAmount", total);
        bill.put("paidAmount", new BigDecimal("0.00"));
        bill.put("scheduledAmount", new BigDecimal("0.00"));
        bill.put("creditAmount", new BigDecimal("0.00"));
        bill.put("paymentStatus", "UNPAID");
        bill.put("approvalStatus", "UNASSIGNED");
        return bill;
    }

    synchronized ObjectNode changeBill(String id, JsonNode changes, boolean whole) {
        Shapes.requireBill(changes, whole);
        ObjectNode bill = required("bills", id);
        if (!bill.path("paymentStatus").asText().equals("UNPAID")) {
            throw new BillRefusal(422, "BDC_1171", "A bill with a payment cannot be changed.");
        }
        if (!whole && changes.has("billLineItems")) {
            throw BillRefusal.field("billLineItems: PATCH cannot add or remove lines.");
        }
        ObjectNode next = bill.deepCopy();
        if (whole) {
            next.removeAll();
            for (String own : List.of("id", "archived", "createdTime")) {
                next.set(own, bill.get(own));
            }
            changes.path("billLineItems").forEach(line -> requireOwnLine(bill, line));
        }
        merge(next, changes);
        requireReferences(next);
        finished(next);
        touch(next);
        table("bills").put(id, next);
        happened("bill.updated", "bill", next);
        return next.deepCopy();
    }

    private static void requireOwnLine(ObjectNode bill, JsonNode line) {
        if (!line.path("id").isTextual()) {
            return;
        }
        for (JsonNode own : bill.path("billLineItems")) {
            if (own.path("id").equals(line.path("id"))) {
                return;
            }
        }
        throw BillRefusal.field("billLineItems: the line " + line.path("id").asText() + " is not of this bill.");
    }

    // payments

    /** Pays a bill, or a part of it. */
    synchronized String pay(String billId, @Nullable BigDecimal part, String singleStatus, String billingType) {
        ObjectNode bill = required("bills", billId);
        BigDecimal amount = part == null ? bill.path("dueAmount").decimalValue() : part;
        ObjectNode payment = JsonNodeFactory.instance.objectNode();
        payment.set("vendorId", bill.get("vendorId"));
        payment.set("vendorName", bill.get("vendorName"));
        payment.put("billId", billId);
        payment.putArray("billPayments")
                .addObject()
                .put("id", newId("blp"))
                .put("billId", billId)
                .put("amount", amount);
        payment.put(
                "processDate",
                LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).toString());
        payment.put("amount", amount);
        payment.put("billingType", billingType);
        payment.put("onlinePayment", true);
        ObjectNode added = add("payments", payment);
        added.put("confirmationNumber", "P" + added.path("id").asText().substring(5));
        added.put("transactionNumber", added.path("confirmationNumber").asText());
        moved(added, singleStatus);
        return added.path("id").asText();
    }

    synchronized void move(String paymentId, String singleStatus) {
        moved(required("payments", paymentId), singleStatus);
    }

    private void moved(ObjectNode payment, String singleStatus) {
        payment.put("singleStatus", singleStatus);
        payment.put("status", singleStatus.equals("CLEARED") ? "PAID" : singleStatus);
        payment.put("disbursementStatus", singleStatus);
        touch(payment);
        ObjectNode bill = required("bills", payment.path("billId").asText());
        standing(bill);
        if (paymentsMoveBills) {
            touch(bill);
            happened("bill.updated", "bill", bill);
        }
        happened("payment.updated", "payment", payment);
    }

    private void standing(ObjectNode bill) {
        BigDecimal paid = BigDecimal.ZERO.setScale(2);
        BigDecimal scheduled = BigDecimal.ZERO.setScale(2);
        for (ObjectNode payment : table("payments").values()) {
            if (!payment.path("billId").asText().equals(bill.path("id").asText())) {
                continue;
            }
            BigDecimal amount = payment.path("amount").decimalValue();
            switch (payment.path("singleStatus").asText()) {
                case "CLEARED" -> paid = paid.add(amount);
                case "SCHEDULED", "READY_TO_FUND" -> scheduled = scheduled.add(amount);
                default -> {}
            }
        }
        BigDecimal total = bill.path("amount").decimalValue();
        bill.put("paidAmount", paid);
        bill.put("scheduledAmount", scheduled);
        bill.put("dueAmount", total.subtract(paid));
        String status = paid.compareTo(total) >= 0
                ? "PAID"
                : paid.signum() > 0 ? "PARTIAL" : scheduled.signum() > 0 ? "SCHEDULED" : "UNPAID";
        bill.put("paymentStatus", status);
    }

    synchronized void put(String resource, String id, String field, JsonNode value) {
        ObjectNode object = required(resource, id);
        object.set(field, value);
        touch(object);
    }

    // classifications

    synchronized String classification(String resource, ObjectNode object) {
        return add(resource, object).path("id").asText();
    }

    // lists

    synchronized ObjectNode list(String resource, Map<String, String> query) {
        int max = max(query);
        String filters = query.getOrDefault("filters", "");
        String sort = query.getOrDefault("sort", "");
        int offset = 0;
        String token = query.get("page");
        if (token != null) {
            if (!filters.isEmpty() || !sort.isEmpty()) {
                throw BillRefusal.field("page: with a page, filters and sort must not be sent");
            }
            String[] parts;
            try {
                parts = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8).split("\n", -1);
            } catch (IllegalArgumentException e) {
                throw BillRefusal.field("page: the token is not known");
            }
            if (parts.length != 3) {
                throw BillRefusal.field("page: the token is not known");
            }
            filters = parts[0];
            sort = parts[1];
            offset = Integer.parseInt(parts[2]);
        }
        Predicate<JsonNode> wanted = Filters.read(resource, filters);
        if (!listsShowArchived && !Filters.namesArchived(filters) && !resource.equals("payments")) {
            wanted = wanted.and(object -> !object.path("archived").asBoolean());
        }
        List<ObjectNode> found = sorted(table(resource).values(), resource, sort, wanted);
        ObjectNode page = JsonNodeFactory.instance.objectNode();
        ArrayNode results = page.putArray("results");
        int end = Math.min(found.size(), offset + max);
        for (ObjectNode object : found.subList(Math.min(offset, end), end)) {
            results.add(object.deepCopy());
        }
        if (end < found.size()) {
            page.put("nextPage", token(filters, sort, end));
        }
        if (offset > 0) {
            page.put("prevPage", token(filters, sort, Math.max(0, offset - max)));
        }
        return page;
    }

    private static String token(String filters, String sort, int offset) {
        String text = filters + "\n" + sort + "\n" + offset;
        return Base64.getUrlEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    static int max(Map<String, String> query) {
        String text = query.getOrDefault("max", "20");
        int max = text.matches("\\d{1,4}") ? Integer.parseInt(text) : 0;
        if (max < 1 || max > 100) {
            throw BillRefusal.field("max: must be from 1 to 100: " + text);
        }
        return max;
    }

    private static List<ObjectNode> sorted(
            Collection<ObjectNode> all, String resource, String sort, Predicate<JsonNode> wanted) {
        List<ObjectNode> found = new ArrayList<>(all.stream().filter(wanted).toList());
        if (!sort.isEmpty()) {
            Filters.requireSort(resource, sort);
            String field = sort.substring(0, sort.indexOf(':'));
            Comparator<ObjectNode> order =
                    Comparator.comparing(object -> object.path(field).asText(""));
            found.sort(sort.endsWith(":desc") ? order.reversed() : order);
        }
        return found;
    }

    // events

    private void happened(String type, String kind, ObjectNode object) {
        ObjectNode event = JsonNodeFactory.instance.objectNode();
        event.put("id", new UUID(0x4000, 0x8000_0000_0000_0000L | events.size()).toString());
        event.put("type", type);
        event.put("kind", kind);
        event.put("createdTime", now());
        ObjectNode partial = event.putObject("object");
        for (String field : List.of("id", "vendorId", "name", "invoice", "amount", "paymentStatus", "updatedTime")) {
            if (object.has(field)) {
                partial.set(field, object.get(field).deepCopy());
            }
        }
        if (kind.equals("payment")) {
            partial.putArray("billIds").add(object.path("billId").asText());
            partial.put("status", object.path("singleStatus").asText());
        }
        events.add(event);
    }

    synchronized List<ObjectNode> eventsFrom(int index) {
        return List.copyOf(events.subList(Math.min(index, events.size()), events.size()));
    }

    synchronized List<ObjectNode> eventsSince(Instant from) {
        return events.stream()
                .filter(event -> {
                    Instant at = Times.instant(event.path("createdTime").asText());
                    return at != null && !at.isBefore(from);
                })
                .toList();
    }

    synchronized int eventCount() {
        return events.size();
    }

    private static List<ObjectNode> copies(List<ObjectNode> objects) {
        return objects.stream().map(ObjectNode::deepCopy).toList();
    }
}
