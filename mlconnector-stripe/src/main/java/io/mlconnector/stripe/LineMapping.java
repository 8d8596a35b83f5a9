package io.mlconnector.stripe;

import io.mlconnector.model.Invoice;
import io.mlconnector.model.LineItem;
import io.mlconnector.model.LineTax;
import io.mlconnector.model.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Invoice lines as parameters of {@code add_lines}. The amounts are the ERP's, to the last minor unit. */
final class LineMapping {

    /** The ERP's id of a line: Stripe's order of lines is not the document's. */
    static final String LINE = "erp_line";

    /** A hash of what was sent for a line, to see what changed. */
    static final String HASH = "mlc_hash";

    private static final int MOST_LINES = 250;
    private static final int LONGEST_ID = 500;
    private static final int LONGEST_DESCRIPTION = 500;
    /** After the point, of quantities and of unit prices. */
    private static final int MOST_DIGITS = 12;

    private final StripeSettings settings;

    LineMapping(StripeSettings settings) {
        this.settings = settings;
    }

    /** Returns all lines; looks up prices only where products are mapped. */
    List<DraftLine> render(Invoice invoice, Catalog.Prices prices) {
        if (invoice.lines().size() > MOST_LINES) {
            throw new RejectedException("an invoice in Stripe holds at most " + MOST_LINES + " lines: "
                    + invoice.lines().size());
        }
        var lines = new ArrayList<DraftLine>();
        var ids = new HashSet<String>();
        for (LineItem item : invoice.lines()) {
            if (!ids.add(item.id()) || item.id().isBlank() || item.id().length() > LONGEST_ID) {
                throw new RejectedException(
                        "line ids must be unique and have 1 to 500 characters: '" + item.id() + "'");
            }
            try {
                lines.add(line(item, invoice.total().currency(), prices));
            } catch (IllegalArgumentException | ArithmeticException e) {
                throw new RejectedException("line " + item.id() + " " + e.getMessage());
            }
        }
        return lines;
    }

    /** Returns a line over a difference, which is an amount whatever the line was. */
    DraftLine difference(LineItem item, long amount, long tax) {
        var content = new LinkedHashMap<String, Object>();
        content.put("amount", amount);
        content.put("description", Texts.cut(item.description(), LONGEST_DESCRIPTION));
        taxAmounts(content, item.tax(), amount, tax);
        return DraftLine.of(item.id(), amount, tax, content);
    }

    private DraftLine line(LineItem item, String currency, Catalog.Prices prices) {
        if (!item.net().currency().equals(currency)) {
            throw new IllegalArgumentException("must be in the invoice's currency " + currency + ": " + item.net());
        }
        long amount = Minor.units(item.net());
        LineTax lineTax = item.tax();
        long tax = lineTax == null ? 0 : Minor.units(lineTax.amount());
        var content = new LinkedHashMap<String, Object>();
        Optional<BigDecimal> unit = unitAmount(item, amount);
        String sku = item.product();
        String product = sku == null ? null : settings.products().get(sku);
        if (unit.isPresent() && sku != null && product != null) {
            content.put("pricing", Map.of("price", prices.price(sku, product, currency, unit.get())));
            quantity(content, item);
        } else if (unit.isPresent() && settings.lines() == StripeSettings.LineStyle.UNIT_PRICE) {
            content.put("price_data", priceData(item, currency, unit.get()));
            quantity(content, item);
        } else {
            content.put("amount", amount);
        }
        content.put("description", content.containsKey("amount") ? withQuantity(item, amount) : description(item));
        taxAmounts(content, lineTax, amount, tax);
        return DraftLine.of(item.id(), amount, tax, content);
    }

    /** Returns the unit price in minor units, if quantity times price gives the line's amount without any rounding. */
    private static Optional<BigDecimal> unitAmount(LineItem item, long amount) {
        BigDecimal quantity = item.quantity();
        BigDecimal price = item.unitPrice();
        if (quantity == null || price == null || quantity.signum() <= 0 || price.signum() < 0) {
            return Optional.empty();
        }
        BigDecimal unit = price.movePointRight(Minor.digits(item.net().currency()));
        boolean exact = unit.multiply(quantity).compareTo(BigDecimal.valueOf(amount)) == 0;
        boolean fits = scale(quantity) <= MOST_DIGITS && scale(unit) <= MOST_DIGITS;
        return exact && fits && Minor.canBePrice(unit, item.net().currency()) ? Optional.of(unit) : Optional.empty();
    }

    private static void quantity(Map<String, Object> content, LineItem item) {
        content.put("quantity_decimal", plain(item.quantity() == null ? BigDecimal.ONE : item.quantity()));
    }

    private Map<String, Object> priceData(LineItem item, String currency, BigDecimal unit) {
        var data = new LinkedHashMap<String, Object>();
        data.put("currency", currency.toLowerCase(Locale.ROOT));
        String product = settings.product();
        if (product == null) {
            data.put("product_data", Map.of("name", description(item)));
        } else {
            data.put("product", product);
        }
        data.put("tax_behavior", "exclusive");
        data.put("unit_amount_decimal", plain(unit));
        return data;
    }

    private void taxAmounts(Map<String, Object> content, @Nullable LineTax tax, long net, long taxed) {
        if (tax == null) {
            return;
        }
        var rate = new LinkedHashMap<String, Object>();
        rate.put("display_name", settings.taxName());
        rate.put("percentage", plain(percentage(tax, net, taxed)));
        rate.put("inclusive", false);
        var entry = new LinkedHashMap<String, Object>();
        entry.put("amount", taxed);
        entry.put("taxable_amount", net);
        entry.put("tax_rate_data", rate);
        String reason = tax.code() == null ? null : settings.taxReasons().get(tax.code());
        if (reason != null || taxed == 0) {
            entry.put("taxability_reason", reason == null ? settings.zeroTaxReason() : reason);
        }
        content.put("tax_amounts", List.of(entry));
    }

    private static BigDecimal percentage(LineTax tax, long net, long taxed) {
        BigDecimal stated = tax.percentage();
        if (stated != null) {
            return stated.setScale(Math.min(4, Math.max(0, stated.scale())), RoundingMode.HALF_UP);
        }
        return net == 0 ? BigDecimal.ZERO : derived(net, taxed);
    }

    /** Returns the shortest rate that gives the tax when it is rounded: 19, not 18.9919. */
    private static BigDecimal derived(long net, long taxed) {
        BigDecimal exact = BigDecimal.valueOf(taxed).movePointRight(2);
        for (int digits = 0; digits < 4; digits++) {
            BigDecimal rate = exact.divide(BigDecimal.valueOf(net), digits, RoundingMode.HALF_UP);
            BigDecimal tax = rate.multiply(BigDecimal.valueOf(net)).movePointLeft(2);
            if (tax.setScale(0, RoundingMode.HALF_UP).compareTo(BigDecimal.valueOf(taxed)) == 0) {
                return rate;
            }
        }
        return exact.divide(BigDecimal.valueOf(net), 4, RoundingMode.HALF_UP);
    }

    /** Puts quantity and unit price in the text, and what of their product is not in the amount, such as a discount. */
    private static String withQuantity(LineItem item, long amount) {
        BigDecimal quantity = item.quantity();
        BigDecimal price = item.unitPrice();
        if (quantity == null || price == null) {
            return description(item);
        }
        String currency = item.net().currency();
        String unit = item.unit() == null ? "" : " " + item.unit();
        long product = price.multiply(quantity)
                .movePointRight(Minor.digits(currency))
                .setScale(0, RoundingMode.HALF_UP)
                .longValueExact();
        long rest = amount - product;
        if (rest == 0 && quantity.compareTo(BigDecimal.ONE) == 0) {
            return description(item);
        }
        String suffix = " (" + plain(quantity) + unit + " x " + new Money(price, currency)
                + (rest == 0 ? "" : (rest < 0 ? " - " : " + ") + Minor.text(Math.abs(rest), currency))
                + ")";
        return Texts.cut(description(item), LONGEST_DESCRIPTION) + suffix;
    }

    private static String description(LineItem item) {
        return Texts.cut(item.description().isBlank() ? item.id() : item.description(), LONGEST_DESCRIPTION);
    }

    private static int scale(BigDecimal number) {
        return number.stripTrailingZeros().scale();
    }

    private static String plain(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }
}
