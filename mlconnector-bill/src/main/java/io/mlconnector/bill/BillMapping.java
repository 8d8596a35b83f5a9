package io.mlconnector.bill;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mlconnector.mapping.WriteMapping;
import io.mlconnector.model.Bill;
import io.mlconnector.model.GlCoding;
import io.mlconnector.model.LineItem;
import io.mlconnector.model.Money;
import io.mlconnector.model.RecordKey;
import io.mlconnector.spi.MappingException;
import io.mlconnector.spi.Settings;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How a bill is written. Currency and vendor are the vendor's. */
final class BillMapping {

    static final String LINES = "billLineItems";

    private static final int LONGEST_TEXT = 4000;
    private static final String LINE_RULE =
            "amount, description and ids of account and dimensions; tax has a line of its own";

    private final WriteMapping<Bill> mapping;
    private final BillSettings.Coding coding;
    private final Classifications accounts;
    private final Map<BillSettings.Axis, Classifications> axes = new EnumMap<>(BillSettings.Axis.class);

    BillMapping(BillApi api, BillSettings settings, WriteMapping<Bill> mapping, InstantSource clock) {
        this.mapping = mapping;
        this.coding = settings.coding();
        this.accounts = Classifications.accounts(api, coding, clock);
        for (BillSettings.Axis axis : BillSettings.Axis.values()) {
            axes.put(axis, Classifications.of(api, axis, coding, clock));
        }
    }

    static WriteMapping<Bill> rules(BillSettings settings, Settings overrides) {
        int longest = settings.invoiceNumberLength();
        return WriteMapping.<Bill>named("bill.bills", overrides)
                .rule(
                        "invoice/invoiceNumber",
                        "number",
                        "at most " + longest + " characters, never cut",
                        it -> Texts.atMost(longest, it.number()))
                .rule("invoice/invoiceDate", "issuedOn", "needed", Bill::issuedOn)
                .rule("dueDate", "dueOn", "needed", Bill::dueOn)
                .rule(
                        "purchaseOrderNumber",
                        "purchaseOrderNumber",
                        "a text: BILL has no purchase orders",
                        it -> Texts.atMost(255, it.purchaseOrderNumber()))
                .rule(
                        "description",
                        "memo",
                        "the key, by which the bill is found again, and the memo",
                        BillMapping::description)
                .built("vendorId", "vendor", "by the link of the vendor")
                .built(LINES, "lines", LINE_RULE)
                .build();
    }

    WriteMapping<Bill> rules() {
        return mapping;
    }

    Classifications accounts() {
        return accounts;
    }

    List<Classifications> axes() {
        return coding.dimensions().values().stream()
                .distinct()
                .map(axis -> requireNonNull(axes.get(axis)))
                .toList();
    }

    private static String description(Bill bill) {
        String memo = Texts.orNull(bill.memo());
        return Texts.cut(LONGEST_TEXT, tag(bill.key()) + (memo == null ? "" : " " + memo));
    }

    /** Returns what a description of ours begins with. */
    static String tag(RecordKey key) {
        return "[" + key + "]";
    }

    /** Returns the whole bill. */
    ObjectNode whole(Bill bill, String vendor) {
        requireSendable(bill);
        ObjectNode body = (ObjectNode) Json.readOrMissing(mapping.json(bill, null));
        body.put("vendorId", vendor);
        ArrayNode lines = body.putArray(LINES);
        for (LineItem line : bill.lines()) {
            ObjectNode item = lines.addObject();
            item.put("amount", line.net().amount());
            item.put("description", Texts.cut(LONGEST_TEXT, line.description()));
            Map<String, String> ids = classifications(line.coding());
            if (!ids.isEmpty()) {
                ids.forEach(item.putObject("classifications")::put);
            }
        }
        if (bill.tax().amount().signum() != 0) {
            ObjectNode item = lines.addObject();
            item.put("amount", bill.tax().amount());
            item.put("description", coding.taxDescription());
            String account = coding.taxAccount();
            if (account != null) {
                item.putObject("classifications").put("chartOfAccountId", accounts.id(account));
            }
        }
        return body;
    }

    private Map<String, String> classifications(@Nullable GlCoding line) {
        var ids = new LinkedHashMap<String, String>();
        if (line == null) {
            return ids;
        }
        if (line.account() != null) {
            ids.put("chartOfAccountId", accounts.id(line.account()));
        }
        var values = new LinkedHashMap<>(line.dimensions());
        if (line.costCenter() != null) {
            values.put("costCenter", line.costCenter());
        }
        values.forEach((dimension, value) -> {
            BillSettings.Axis axis = coding.dimensions().get(dimension);
            if (axis != null) {
                String before =
                        ids.put(field(axis), requireNonNull(axes.get(axis)).id(value));
                if (before != null) {
                    throw new MappingException("two dimensions of a line go to the one " + axis.spelled()
                            + " that a line has in BILL: " + values);
                }
            }
        });
        return ids;
    }

    private static String field(BillSettings.Axis axis) {
        return switch (axis) {
            case DEPARTMENT -> "departmentId";
            case LOCATION -> "locationId";
            case ACCOUNTING_CLASS -> "accountingClassId";
        };
    }

    private static void requireSendable(Bill bill) {
        var faults = new ArrayList<String>();
        if (Texts.orNull(bill.number()) == null) {
            faults.add("number must not be empty");
        }
        if (bill.issuedOn() == null) {
            faults.add("issuedOn is missing, which BILL needs as the invoice date");
        }
        if (bill.dueOn() == null) {
            faults.add("dueOn is missing, which BILL needs");
        }
        if (bill.lines().isEmpty()) {
            faults.add("a bill needs a line");
        }
        if (bill.total().amount().signum() <= 0) {
            faults.add("total must be more than zero, and is " + bill.total()
                    + "; a credit note is no negative bill and is entered in BILL by hand");
        }
        Money sum = bill.lines().stream()
                .map(LineItem::net)
                .reduce(Money.zero(bill.total().currency()), BillMapping::added);
        if (!isSame(sum.plus(bill.tax()), bill.total())) {
            faults.add("total is " + bill.total() + ", but the lines come to " + sum + " and the tax to " + bill.tax());
        }
        if (!bill.total().isWholeMinorUnits()
                || bill.lines().stream()
                        .anyMatch(
                                line -> line.net().amount().stripTrailingZeros().scale() > 2)) {
            faults.add("amounts must have at most two decimals");
        }
        if (!faults.isEmpty()) {
            throw new MappingException(faults);
        }
    }

    private static Money added(Money one, Money other) {
        return one.plus(other);
    }

    private static boolean isSame(Money one, Money other) {
        return one.currency().equals(other.currency()) && one.amount().compareTo(other.amount()) == 0;
    }
}
