package io.mlconnector.testkit.syspro;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** ARSTPY and ARSTIN: posts documents, whatever was posted before. One at a time. */
final class BusinessObjects {

    private static final int WIDTH = 15;
    private static final String HEAD = "<?xml version=\"1.0\" encoding=\"Windows-1252\"?>\n";
    private static final String ATTRIBUTES =
            " Language='05' Language2='EN' CssStyle='' DecFormat='1' DateFormat='01' Role='01' Version='8.0.012'"
                    + " OperatorPrimaryRole='   '";

    /** What the two objects know; anything else is dropped without a word. */
    private static final Set<String> KNOWN = Set.of(
            "PostArPayment",
            "PostArInvoices",
            "Item",
            "Payment",
            "Adjustments",
            "InvoiceToPay",
            "UnappliedPayment",
            "InvoiceToAdjust",
            "Customer",
            "PaymentValue",
            "Reference",
            "PaymentDate",
            "JournalNotation",
            "PaymentNarration",
            "Bank",
            "PaymentType",
            "TransactionType",
            "Invoice",
            "GrossPaymentValue",
            "DiscountValue",
            "AdjustmentValue",
            "AdjustmentLedgerCode",
            "PostToExistingInvoice",
            "GenerateInvoiceNumber",
            "InvoiceDate",
            "InvoiceValue",
            "ProductClass",
            "DrawerName",
            "DrawerBank",
            "DrawerBranch",
            "DefaultExchangeRateMethod",
            "DefaultExchangeRateToUse",
            "ExchangeRateVarianceLedgerCode");

    private final SysproStore store;
    private final List<Posting> postings = new ArrayList<>();
    private final List<String> dropped = new ArrayList<>();
    private final Set<String> closedPeriods = new HashSet<>();
    private int journal;
    private int unapplied;

    BusinessObjects(SysproStore store) {
        this.store = store;
    }

    synchronized List<Posting> postings() {
        return List.copyOf(postings);
    }

    synchronized List<String> dropped() {
        return List.copyOf(dropped);
    }

    synchronized void closePeriod(String period) {
        closedPeriods.add(period);
    }

    /** One error in one field. */
    private record Wrong(List<String> path, String value, int number, String description) {

        String xml() {
            var xml = new StringBuilder();
            path.forEach(element -> xml.append('<').append(element).append('>'));
            xml.append(value.isEmpty() ? "<Value/>" : "<Value>" + escaped(value) + "</Value>");
            xml.append("<ErrorNumber>").append(number).append("</ErrorNumber><ErrorDescription>");
            xml.append(escaped(description)).append("</ErrorDescription>");
            for (int at = path.size() - 1; at >= 0; at--) {
                xml.append("</").append(path.get(at)).append('>');
            }
            return xml.toString();
        }
    }

    /** What one item would post. */
    private record Effect(
            String customer, String invoice, String type, BigDecimal value, BigDecimal discount, String reference) {}

    /** An item that was looked at. */
    private record Item(String customer, List<Effect> effects, List<Wrong> wrong) {}

    synchronized String post(String businessObject, Node parameters, Node document) {
        document.tree().map(Node::name).filter(name -> !KNOWN.contains(name)).forEach(dropped::add);
        Map<String, String> chosen = new LinkedHashMap<>();
        parameters
                .child("Parameters")
                .ifPresent(list -> list.children().forEach(it -> chosen.put(it.name(), it.text())));
        String root = document.name().toLowerCase(Locale.ROOT);
        if (closedPeriods.contains(chosen.getOrDefault("PostingPeriod", "C"))) {
            return HEAD + "<" + root + ATTRIBUTES + "><Parameters><PostingPeriod><Value>"
                    + chosen.getOrDefault("PostingPeriod", "C")
                    + "</Value><ErrorNumber>180210</ErrorNumber><ErrorDescription>The posting period is closed"
                    + "</ErrorDescription></PostingPeriod></Parameters></" + root + ">";
        }
        Function<Node, Item> reading = businessObject.equals("ARSTIN") ? this::debitNote : this::receipt;
        boolean ignoreWarnings = chosen.getOrDefault("IgnoreWarnings", "N").equals("Y");
        var items = new ArrayList<Item>();
        Map<String, BigDecimal> left = new LinkedHashMap<>();
        for (Node item : document.all("Item")) {
            items.add(balanced(reading.apply(item), left, ignoreWarnings));
        }
        boolean all = chosen.getOrDefault("ApplyIfEntireDocumentValid", "Y").equals("Y");
        boolean anyWrong = items.stream().anyMatch(item -> !item.wrong().isEmpty());
        boolean validate = chosen.getOrDefault("ValidateOnly", "N").equals("Y");
        boolean writes = !validate && !(all && anyWrong);
        return answer(businessObject, root, items, writes, anyWrong && all);
    }

    private String answer(String businessObject, String root, List<Item> items, boolean writes, boolean nothing) {
        var xml = new StringBuilder(HEAD)
                .append('<')
                .append(root)
                .append(ATTRIBUTES)
                .append(">\n");
        if (writes && items.stream().anyMatch(item -> item.wrong().isEmpty())) {
            journal++;
        }
        int processed = 0;
        int invalid = 0;
        for (int at = 0; at < items.size(); at++) {
            Item item = items.get(at);
            String number = "<ItemNumber>" + String.format(Locale.ROOT, "%06d", at + 1) + "</ItemNumber>";
            if (!item.wrong().isEmpty()) {
                invalid++;
                xml.append("<Item>");
                item.wrong().forEach(wrong -> xml.append(wrong.xml()));
                xml.append(number).append("</Item>\n");
                continue;
            }
            if (nothing) {
                continue;
            }
            processed++;
            if (writes) {
                item.effects().forEach(effect -> apply(businessObject, effect));
            }
            xml.append("<Item><Key><Customer>")
                    .append(shown(item.customer()))
                    .append("</Customer>")
                    .append("<TrnYear>2026</TrnYear><TrnMonth>03</TrnMonth><Journal>")
                    .append(String.format(Locale.ROOT, "%05d", journal))
                    .append("</Journal><EntryNumber>")
                    .append(String.format(Locale.ROOT, "%06d", at + 1))
                    .append("</EntryNumber></Key>")
                    .append(number)
                    .append("</Item>\n");
        }
        xml.append("<StatusOfItems><ItemsProcessed>").append(String.format(Locale.ROOT, "%06d", processed));
        xml.append("</ItemsProcessed><ItemsInvalid>").append(String.format(Locale.ROOT, "%06d", invalid));
        return xml.append("</ItemsInvalid></StatusOfItems></")
                .append(root)
                .append(">")
                .toString();
    }

    private Item receipt(Node item) {
        return item.child("Adjustments").map(this::adjustments).orElseGet(() -> payment(item));
    }

    private Item payment(Node item) {
        Node payment = item.child("Payment").orElse(new Node("Payment", "", List.of()));
        var wrong = new ArrayList<Wrong>();
        var effects = new ArrayList<Effect>();
        String customer = customer(payment, "Payment", wrong);
        mandatory(payment, "JournalNotation", wrong);
        Optional<LocalDate> day = date(payment, wrong);
        BigDecimal whole = money(payment, "PaymentValue", "Payment", BigDecimal.ZERO, wrong);
        BigDecimal spread = BigDecimal.ZERO;
        for (Node part : payment.all("InvoiceToPay")) {
            String type = part.value("TransactionType").isEmpty() ? "I" : part.value("TransactionType");
            String invoice = padded(part.value("Invoice"));
            Optional<Map<String, Object>> row = store.table("ArInvoice").row(customer, invoice, type);
            if (row.isEmpty()) {
                wrong.add(new Wrong(
                        List.of("Payment", "InvoiceToPay", "Invoice"),
                        part.value("Invoice"),
                        180_002,
                        "Invoice '" + part.value("Invoice") + "' not found for customer"));
                continue;
            }
            BigDecimal open = balance(row.get());
            BigDecimal gross = money(part, "GrossPaymentValue", "InvoiceToPay", open, wrong);
            BigDecimal settlement = day.isPresent() && gross.compareTo(open) == 0
                    ? open.multiply(new BigDecimal("0.025")).setScale(2, RoundingMode.HALF_UP)
                    : BigDecimal.ZERO;
            BigDecimal discount = money(part, "DiscountValue", "InvoiceToPay", settlement, wrong);
            spread = spread.add(gross).subtract(discount);
            effects.add(new Effect(customer, invoice, type, gross.negate(), discount, payment.value("Reference")));
        }
        for (Node part : payment.all("UnappliedPayment")) {
            BigDecimal gross = money(part, "GrossPaymentValue", "UnappliedPayment", BigDecimal.ZERO, wrong);
            spread = spread.add(gross);
            effects.add(new Effect(customer, "", "C", gross.negate(), BigDecimal.ZERO, payment.value("Reference")));
        }
        if (wrong.isEmpty() && spread.compareTo(whole) != 0) {
            wrong.add(new Wrong(
                    List.of("Payment", "PaymentValue"),
                    payment.value("PaymentValue"),
                    180_010,
                    "Payment value is not the value distributed, " + spread));
        }
        return new Item(customer, effects, wrong);
    }

    private Item adjustments(Node adjustments) {
        var wrong = new ArrayList<Wrong>();
        var effects = new ArrayList<Effect>();
        String customer = customer(adjustments, "Adjustments", wrong);
        for (Node part : adjustments.all("InvoiceToAdjust")) {
            String invoice = padded(part.value("Invoice"));
            invoice(customer, invoice, part, wrong);
            BigDecimal value = money(part, "AdjustmentValue", "InvoiceToAdjust", BigDecimal.ZERO, wrong);
            effects.add(new Effect(customer, invoice, "I", value, BigDecimal.ZERO, part.value("Reference")));
        }
        return new Item(customer, effects, wrong);
    }

    private Item debitNote(Node item) {
        var wrong = new ArrayList<Wrong>();
        String customer = customer(item, "Item", wrong);
        String invoice = padded(item.value("Invoice"));
        invoice(customer, invoice, item, wrong);
        mandatory(item, "ProductClass", wrong);
        BigDecimal value = money(item, "InvoiceValue", "Item", BigDecimal.ZERO, wrong);
        var effect = new Effect(customer, invoice, "I", value, BigDecimal.ZERO, item.value("Reference"));
        return new Item(customer, List.of(effect), wrong);
    }

    /** Nothing may be paid beyond what is open, unless warnings are ignored. */
    private Item balanced(Item item, Map<String, BigDecimal> left, boolean ignoreWarnings) {
        if (!item.wrong().isEmpty() || ignoreWarnings) {
            return item;
        }
        var wrong = new ArrayList<Wrong>();
        for (Effect effect : item.effects()) {
            if (effect.invoice().isEmpty()) {
                continue;
            }
            String id = effect.customer() + "|" + effect.invoice();
            BigDecimal open = left.computeIfAbsent(
                    id,
                    ignored -> balance(store.table("ArInvoice")
                            .row(effect.customer(), effect.invoice(), effect.type())
                            .orElseThrow()));
            BigDecimal after = open.add(effect.value());
            if (after.signum() < 0) {
                wrong.add(new Wrong(
                        List.of("Payment", "InvoiceToPay", "GrossPaymentValue"),
                        effect.value().negate().toPlainString(),
                        180_020,
                        "Payment exceeds the balance of " + open));
            }
            left.put(id, after);
        }
        return new Item(item.customer(), item.effects(), wrong);
    }

    private void apply(String businessObject, Effect effect) {
        String invoice = effect.invoice();
        if (invoice.isEmpty()) {
            unapplied++;
            invoice = String.format(Locale.ROOT, "_CRD%02d", unapplied);
            store.put(
                    "ArInvoice",
                    Map.of(
                            "Customer", effect.customer(),
                            "Invoice", invoice,
                            "DocumentType", "C",
                            "InvoiceDate", LocalDate.of(2026, 3, 1),
                            "CurrencyValue", effect.value(),
                            "InvoiceBal1", effect.value()));
        } else {
            Map<String, Object> row = store.table("ArInvoice")
                    .row(effect.customer(), invoice, effect.type())
                    .orElseThrow();
            BigDecimal open = balance(row);
            store.put(
                    "ArInvoice",
                    Map.of(
                            "Customer", effect.customer(),
                            "Invoice", invoice,
                            "DocumentType", effect.type(),
                            "InvoiceBal1", open.add(effect.value())));
        }
        postings.add(
                new Posting(businessObject, effect.customer(), invoice, effect.value(), effect.reference(), journal));
        store.put(
                "ArInvoicePay",
                Map.of(
                        "Customer", effect.customer(),
                        "Invoice", invoice,
                        "Journal", String.format(Locale.ROOT, "%05d", journal),
                        "EntryNumber", String.format(Locale.ROOT, "%06d", postings.size()),
                        "TrnValue", effect.value(),
                        "DiscValue", effect.discount(),
                        "Reference", effect.reference()));
    }

    private static BigDecimal balance(Map<String, Object> invoice) {
        return (BigDecimal) requireNonNull(invoice.get("InvoiceBal1"), "InvoiceBal1");
    }

    private String customer(Node node, String parent, List<Wrong> wrong) {
        String customer = padded(node.value("Customer"));
        if (store.table("ArCustomer").row(customer).isEmpty()) {
            wrong.add(new Wrong(
                    List.of(parent, "Customer"),
                    node.value("Customer"),
                    180_001,
                    "Customer '" + node.value("Customer") + "' not found"));
        }
        return customer;
    }

    private void invoice(String customer, String invoice, Node node, List<Wrong> wrong) {
        if (store.table("ArInvoice").row(customer, invoice, "I").isEmpty()) {
            wrong.add(new Wrong(
                    List.of(node.name(), "Invoice"), node.value("Invoice"), 180_002, "Invoice not found for customer"));
        }
    }

    private static void mandatory(Node node, String element, List<Wrong> wrong) {
        if (node.value(element).isBlank()) {
            wrong.add(new Wrong(
                    List.of(node.name(), element), "", 100_030, "XML element '" + element + "' must not be blank"));
        }
    }

    private static Optional<LocalDate> date(Node payment, List<Wrong> wrong) {
        String text = payment.value("PaymentDate");
        try {
            return text.isEmpty() ? Optional.of(LocalDate.of(2026, 3, 1)) : Optional.of(LocalDate.parse(text));
        } catch (DateTimeException e) {
            wrong.add(new Wrong(
                    List.of("Payment", "PaymentDate"), text, 100_028, "Date is invalid for XML element 'PaymentDate'"));
            return Optional.empty();
        }
    }

    private static BigDecimal money(Node node, String element, String parent, BigDecimal otherwise, List<Wrong> wrong) {
        String text = node.value(element);
        if (text.isEmpty()) {
            return otherwise;
        }
        if (!text.matches("-?\\d{1,12}(\\.\\d{1,2})?")) {
            wrong.add(new Wrong(List.of(parent, element), text, 100_029, "Value is not numeric"));
            return otherwise;
        }
        return new BigDecimal(text);
    }

    /** Numeric keys are stored with zeros in front. */
    static String padded(String key) {
        return key.matches("\\d{1," + WIDTH + "}") ? "0".repeat(WIDTH - key.length()) + key : key;
    }

    private static String shown(String key) {
        return key.replaceFirst("^0+(?=.)", "");
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
