package io.mlconnector.ifs;

import io.mlconnector.ifs.BillPlan.Line;
import io.mlconnector.model.Bill;
import io.mlconnector.model.Bill.Approval;
import io.mlconnector.model.GlCoding;
import io.mlconnector.model.LineItem;
import io.mlconnector.model.LineTax;
import io.mlconnector.model.Money;
import io.mlconnector.model.RecordKey;
import io.mlconnector.spi.References;
import io.mlconnector.spi.TargetRef;
import io.mlconnector.spi.WriteOutcome;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds what a bill refers to before anything is written, and tells all that is wrong with it in one message. Safe for
 * threads.
 */
final class BillPlanner {

    /** The attributes by which a bill says more than its canonical form has a place for. */
    static final String POSTED_ON = "glDate";

    static final String RATE = "exchangeRate";

    private static final int MOST_ROUNDED_LINES = 5;

    private final BillSettings settings;
    private final CodeParts codeParts;
    private final ReferenceData references;
    private final WritableSet invoices;
    private final WritableSet lineSet;
    private final String usualCompany;

    BillPlanner(
            BillSettings settings,
            CodeParts codeParts,
            ReferenceData references,
            WritableSet invoices,
            WritableSet lineSet,
            String usualCompany) {
        this.settings = settings;
        this.codeParts = codeParts;
        this.references = references;
        this.invoices = invoices;
        this.lineSet = lineSet;
        this.usualCompany = usualCompany;
    }

    /** Which invoice a bill is. Asks for the supplier where no link tells it. */
    BillIdentity identify(Bill bill, References links) {
        String told = bill.company() == null ? usualCompany : bill.company();
        String company = settings.companies().getOrDefault(told, told);
        String attribute = settings.referenceAttribute();
        String id = attribute == null
                ? bill.key().id()
                : bill.attributes().value(attribute).orElse(bill.key().id());
        String supplier = links.resolve(bill.vendor())
                .map(TargetRef::id)
                .orElseGet(() -> supplierNumbered(company, bill.vendor()));
        return new BillIdentity(bill, company, supplier, bill.key().connection() + "/" + id);
    }

    /** The vendor's id at its source is often the number that the ERP gave it. */
    private @Nullable String supplierNumbered(String company, RecordKey vendor) {
        String number = vendor.id().substring(vendor.id().lastIndexOf('|') + 1);
        return number.isEmpty()
                        || references
                                .find(Role.SUPPLIERS, company, Set.of(number))
                                .isEmpty()
                ? null
                : number;
    }

    /**
     * What the bill becomes.
     *
     * @throws EndedException rejected with everything that is wrong, or deferred if only the supplier is missing
     */
    BillPlan plan(BillIdentity identity) {
        return new Planning(identity).plan();
    }

    /** The planning of one bill. */
    private final class Planning {

        private final BillIdentity identity;
        private final Bill bill;
        private final String company;
        private final String currency;
        private final List<String> faults = new ArrayList<>();

        Planning(BillIdentity identity) {
            this.identity = identity;
            this.bill = identity.bill();
            this.company = identity.company();
            this.currency = bill.total().currency();
        }

        BillPlan plan() {
            if (bill.approval() != Approval.APPROVED) {
                throw EndedException.rejected(
                        identity + ": only approved bills are posted, and this one is " + bill.approval());
            }
            Reference owner = owner();
            supplier();
            LocalDate day = postedOn();
            List<Line> lines = balanced();
            accounts(lines, day);
            costCenters(lines, day);
            taxCodes(lines, day);
            Reference period = period(day);
            purchaseOrders(lines);
            lengths(lines);
            BigDecimal rate = rate();
            String unknown = identity.supplier() == null
                    ? "the supplier '" + bill.vendor().id() + "' (" + bill.vendor()
                            + ") has no link, and no supplier has this number"
                    : null;
            if (!faults.isEmpty() || owner == null || day == null || period == null) {
                if (unknown != null) {
                    faults.add(unknown);
                }
                throw EndedException.rejected(identity + ": " + String.join("; ", faults));
            }
            if (unknown != null) {
                throw EndedException.with(WriteOutcome.Deferred.unmatched(bill.vendor(), identity + ": " + unknown));
            }
            List<String> key = RecordIds.split(period.id(), 3);
            return new BillPlan(identity, lines, day, key.get(1), key.get(2), owner.told(Reference.CURRENCY), rate);
        }

        private @Nullable Reference owner() {
            Reference owner =
                    references.find(Role.COMPANIES, company, Set.of(company)).get(company);
            if (owner == null) {
                faults.add("the company '" + company + "' does not exist; bills.companies may translate it");
            }
            return owner;
        }

        private void supplier() {
            String supplier = identity.supplier();
            if (supplier != null
                    && references
                            .find(Role.SUPPLIERS, company, Set.of(supplier))
                            .isEmpty()) {
                faults.add("the supplier '" + supplier + "' does not exist");
            }
        }

        private @Nullable LocalDate postedOn() {
            String told = bill.attributes().value(POSTED_ON).orElse(null);
            if (told == null) {
                if (bill.issuedOn() == null) {
                    faults.add("the date of the bill (issuedOn) is missing");
                }
                return bill.issuedOn();
            }
            try {
                return LocalDate.parse(told);
            } catch (DateTimeException e) {
                faults.add("attributes." + POSTED_ON + " must be a date such as 2026-01-31: '" + told + "'");
                return null;
            }
        }

        private @Nullable BigDecimal rate() {
            String told = bill.attributes().value(RATE).orElse(null);
            if (told == null) {
                return null;
            }
            try {
                BigDecimal rate = new BigDecimal(told);
                if (rate.signum() > 0) {
                    return rate;
                }
            } catch (NumberFormatException e) {
                // the fault below names the value
            }
            faults.add("attributes." + RATE + " must be a number above zero: '" + told + "'");
            return null;
        }

        /** Lines that add up: what rounding left over goes to the largest one. */
        private List<Line> balanced() {
            var lines = new ArrayList<Line>();
            for (LineItem item : bill.lines()) {
                lines.add(line(lines.size() + 1, item));
            }
            for (Money money : List.of(bill.net(), bill.tax(), bill.total())) {
                if (!money.currency().equals(currency)) {
                    faults.add("all amounts must be in " + currency + ": " + money);
                    return lines;
                }
                if (!money.isWholeMinorUnits()) {
                    faults.add("amounts in " + currency + " have at most " + Money.minorDigits(currency) + " decimals: "
                            + money);
                }
            }
            if (lines.isEmpty()) {
                faults.add("the bill has no lines");
                return lines;
            }
            BigDecimal net = bill.total().amount().subtract(bill.tax().amount());
            BigDecimal cent = BigDecimal.ONE.movePointLeft(Money.minorDigits(currency));
            if (net.subtract(bill.net().amount()).abs().compareTo(cent) > 0) {
                faults.add("total must be net plus tax: " + bill.net() + " and " + bill.tax() + " do not make "
                        + bill.total());
                return lines;
            }
            BigDecimal rounding = cent.multiply(BigDecimal.valueOf(Math.min(lines.size(), MOST_ROUNDED_LINES)));
            BigDecimal nets = lines.stream().map(Line::net).reduce(BigDecimal.ZERO, BigDecimal::add);
            BigDecimal taxes = lines.stream().map(Line::tax).reduce(BigDecimal.ZERO, BigDecimal::add);
            int largest = largest(lines);
            if (nets.subtract(net).abs().compareTo(rounding) > 0) {
                faults.add("lines.net must add up to net: " + lines.size() + " lines make " + nets.toPlainString()
                        + ", net is " + bill.net());
            } else {
                Line line = lines.get(largest);
                lines.set(largest, line.withNet(line.net().add(net.subtract(nets))));
            }
            BigDecimal tax = bill.tax().amount();
            if (taxes.subtract(tax).abs().compareTo(rounding) > 0) {
                faults.add("lines.tax must add up to tax: " + lines.size() + " lines make " + taxes.toPlainString()
                        + ", tax is " + bill.tax());
            } else {
                int taxed = largestTaxed(lines, largest);
                Line line = lines.get(taxed);
                lines.set(taxed, line.withTax(line.tax().add(tax.subtract(taxes))));
            }
            return lines;
        }

        private int largest(List<Line> lines) {
            int largest = 0;
            for (int at = 1; at < lines.size(); at++) {
                if (lines.get(at).net().abs().compareTo(lines.get(largest).net().abs()) > 0) {
                    largest = at;
                }
            }
            return largest;
        }

        private int largestTaxed(List<Line> lines, int otherwise) {
            int largest = otherwise;
            for (int at = 0; at < lines.size(); at++) {
                if (lines.get(at).tax().abs().compareTo(lines.get(largest).tax().abs()) > 0) {
                    largest = at;
                }
            }
            return largest;
        }

        private Line line(int number, LineItem item) {
            GlCoding coding = item.coding();
            LineTax tax = item.tax();
            String account = coding == null ? null : coding.account();
            boolean isTax = bill.attributes()
                    .value("line." + item.id() + ".type")
                    .map("TAX"::equals)
                    .orElse(false);
            if (account == null && isTax) {
                account = settings.taxAccount();
            }
            if (account == null) {
                faults.add("line " + item.id() + " has no account");
            }
            if (!item.net().currency().equals(currency)
                    || (tax != null && !tax.amount().currency().equals(currency))) {
                faults.add("line " + item.id() + " must be in " + currency + ": " + item.net());
            } else if (!item.net().isWholeMinorUnits()) {
                faults.add("the net amount of line " + item.id() + " must have at most " + Money.minorDigits(currency)
                        + " decimals: " + item.net());
            }
            String code = tax == null ? null : tax.code();
            if (code == null && tax != null && tax.amount().amount().signum() != 0) {
                faults.add("line " + item.id() + " has a tax of " + tax.amount() + " without a tax code");
            }
            String order = item.orderNumber() == null ? bill.purchaseOrderNumber() : item.orderNumber();
            return new Line(
                    number,
                    item.description(),
                    account == null ? "" : account,
                    coding == null ? null : coding.costCenter(),
                    dimensions(item, coding),
                    item.net().amount(),
                    code == null ? null : settings.taxCodes().getOrDefault(code, code),
                    tax == null ? BigDecimal.ZERO : tax.amount().amount(),
                    order);
        }

        private Map<String, String> dimensions(LineItem item, @Nullable GlCoding coding) {
            var columns = new LinkedHashMap<String, String>();
            if (coding != null) {
                coding.dimensions().forEach((name, value) -> {
                    String column = codeParts.dimensions().get(name);
                    if (column == null) {
                        faults.add("line " + item.id() + " has the dimension " + name + " '" + value
                                + "', and the setting dimensions does not say which code part that is, or none");
                    } else if (!column.equals(CodeParts.NONE)) {
                        columns.put(column, value);
                    }
                });
            }
            return columns;
        }

        private void accounts(List<Line> lines, @Nullable LocalDate day) {
            Map<String, List<String>> uses = uses(lines, Line::account);
            if (settings.voucher()) {
                boolean taxed = lines.stream().anyMatch(line -> line.tax().signum() != 0);
                use(uses, settings.payableAccount(), "payables");
                if (taxed && settings.taxAccount() == null) {
                    faults.add("the tax of " + bill.tax() + " has no account: set bills.accounts.tax");
                } else if (taxed) {
                    use(uses, settings.taxAccount(), "tax");
                }
            }
            compare(Role.ACCOUNTS, "account", uses, day);
        }

        private void costCenters(List<Line> lines, @Nullable LocalDate day) {
            compare(Role.COST_CENTERS, "cost centre", uses(lines, Line::costCenter), day);
        }

        private void taxCodes(List<Line> lines, @Nullable LocalDate day) {
            compare(Role.TAX_CODES, "tax code", uses(lines, Line::taxCode), day);
        }

        private void use(Map<String, List<String>> uses, @Nullable String code, String by) {
            if (code != null && !code.isEmpty()) {
                uses.computeIfAbsent(code, unused -> new ArrayList<>()).add(by);
            }
        }

        private Map<String, List<String>> uses(
                List<Line> lines, java.util.function.Function<Line, @Nullable String> of) {
            var uses = new LinkedHashMap<String, List<String>>();
            lines.forEach(line -> use(uses, of.apply(line), "line " + line.number()));
            return uses;
        }

        private void compare(Role role, String what, Map<String, List<String>> uses, @Nullable LocalDate day) {
            if (uses.isEmpty()) {
                return;
            }
            Map<String, Reference> found = references.find(role, company, uses.keySet());
            uses.forEach((code, users) -> {
                Reference reference = found.get(code);
                String where = " (" + String.join(", ", users) + ")";
                if (reference == null) {
                    faults.add("the " + what + " '" + code + "'" + where + " does not exist in company " + company);
                } else if (day != null && !reference.holdsOn(day)) {
                    faults.add("the " + what + " '" + code + "'" + where + " may be used from " + told(reference.from())
                            + " to " + told(reference.until()) + ", not on " + day);
                }
            });
        }

        private String told(@Nullable LocalDate day) {
            return day == null ? "ever" : day.toString();
        }

        private @Nullable Reference period(@Nullable LocalDate day) {
            if (day == null) {
                return null;
            }
            List<Reference> periods = references.periods(company, day);
            List<Reference> open = periods.stream()
                    .filter(period -> settings.openPeriods().contains(String.valueOf(period.told(Reference.STATUS))))
                    .toList();
            if (!open.isEmpty()) {
                references.rememberPeriods(company, day, periods);
                return open.get(0);
            }
            faults.add(
                    periods.isEmpty()
                            ? "no accounting period of company " + company + " contains " + day
                            : "the accounting period of " + day + " in company " + company + " is "
                                    + periods.get(0).told(Reference.STATUS) + ", not "
                                    + String.join(" or ", settings.openPeriods()));
            return null;
        }

        private void purchaseOrders(List<Line> lines) {
            var numbers = new LinkedHashSet<String>();
            lines.forEach(line -> {
                if (line.purchaseOrder() != null) {
                    numbers.add(line.purchaseOrder());
                }
            });
            if (bill.purchaseOrderNumber() != null) {
                numbers.add(bill.purchaseOrderNumber());
            }
            if (numbers.isEmpty() || !settings.purchaseOrders()) {
                return;
            }
            references.findIfReachable(Role.PURCHASE_ORDERS, company, numbers).forEach((number, order) -> {
                differs(number, "supplier", order.told(Reference.SUPPLIER), identity.supplier());
                differs(number, "currency", order.told(Reference.CURRENCY), currency);
                differs(number, "company", order.told(Reference.COMPANY), company);
            });
        }

        private void differs(String order, String what, @Nullable String ordered, @Nullable String billed) {
            if (ordered != null && billed != null && !ordered.equals(billed)) {
                faults.add("the purchase order " + order + " has the " + what + " '" + ordered + "', the bill has '"
                        + billed + "'");
            }
        }

        private void lengths(List<Line> lines) {
            tooLong(invoices, settings.columns().of("number").orElse(null), "the invoice number", bill.number());
            tooLong(invoices, settings.columns().of("memo").orElse(null), "the memo", bill.memo());
            tooLong(invoices, settings.columns().of("reference").orElse(null), "the reference", identity.reference());
            String description = settings.lines().of("description").orElse(null);
            lines.forEach(line ->
                    tooLong(lineSet, description, "the description of line " + line.number(), line.description()));
        }

        private void tooLong(WritableSet set, @Nullable String column, String what, @Nullable String text) {
            if (column == null || text == null) {
                return;
            }
            set.length(column).ifPresent(length -> {
                if (text.length() > length) {
                    faults.add(what + " has " + text.length() + " characters, and " + column + " takes " + length);
                }
            });
        }
    }
}
