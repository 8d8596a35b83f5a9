package io.mlconnector.ifs;

import io.mlconnector.model.LineItem;
import io.mlconnector.model.LineTax;
import io.mlconnector.model.Money;
import io.mlconnector.spi.MappingException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The arithmetic of lines: what each costs, what tax it carries, and whether they add up to their document. */
final class LineAmounts {

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private final Map<String, BigDecimal> taxRates;

    LineAmounts(Map<String, BigDecimal> taxRates) {
        this.taxRates = taxRates;
    }

    /** The amount of a line without tax: its own, or quantity times price less discount, rounded half up. */
    static BigDecimal net(DocumentLine line, int digits) {
        BigDecimal own = line.net();
        if (own != null) {
            return own;
        }
        BigDecimal quantity = line.quantity();
        BigDecimal price = line.unitPrice();
        if (quantity == null || price == null) {
            return BigDecimal.ZERO.setScale(digits);
        }
        return quantity.multiply(price)
                .multiply(HUNDRED.subtract(line.discount()))
                .movePointLeft(2)
                .setScale(digits, RoundingMode.HALF_UP);
    }

    static BigDecimal net(List<DocumentLine> lines, int digits) {
        return lines.stream().map(line -> net(line, digits)).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** Lines without tax, for an order. */
    List<LineItem> untaxed(List<DocumentLine> lines, String currency) {
        int digits = Money.minorDigits(currency);
        return lines.stream()
                .map(line -> item(line, new Money(net(line, digits), currency), null))
                .toList();
    }

    /**
     * Lines with tax, for an invoice. What rounding left over, at most half a minor unit a line, goes to the largest
     * line, so that the lines add up to the tax of the document.
     *
     * @throws MappingException if the lines do not make the net amount or the tax of the document
     */
    List<LineItem> taxed(List<DocumentLine> lines, Money net, Money tax) {
        String currency = net.currency();
        int digits = Money.minorDigits(currency);
        BigDecimal sum = net(lines, digits);
        var faults = new ArrayList<String>();
        if (sum.compareTo(net.amount()) != 0) {
            faults.add("lines.net must add up to net: " + lines.size() + " lines make " + new Money(sum, currency)
                    + ", net is " + net);
        }
        var taxes = new ArrayList<BigDecimal>();
        for (DocumentLine line : lines) {
            try {
                taxes.add(tax(line, digits));
            } catch (MappingException e) {
                faults.addAll(e.faults());
                taxes.add(BigDecimal.ZERO);
            }
        }
        if (faults.isEmpty()) {
            spread(taxes, lines, tax, digits, faults);
        }
        if (!faults.isEmpty()) {
            throw new MappingException(faults);
        }
        var items = new ArrayList<LineItem>();
        for (int at = 0; at < lines.size(); at++) {
            DocumentLine line = lines.get(at);
            Money lineNet = new Money(net(line, digits), currency);
            if (!lineNet.isWholeMinorUnits()) {
                throw new MappingException(
                        "lines.net of line " + line.id() + " must have at most " + digits + " decimals: " + lineNet);
            }
            Money lineTax = new Money(taxes.get(at), currency);
            items.add(item(line, lineNet, new LineTax(line.taxCode(), statedRate(line, lineNet, digits), lineTax)));
        }
        return items;
    }

    private static void spread(
            List<BigDecimal> taxes, List<DocumentLine> lines, Money tax, int digits, List<String> faults) {
        BigDecimal sum = taxes.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        BigDecimal rest = tax.amount().subtract(sum);
        BigDecimal allowed = BigDecimal.valueOf(lines.size()).multiply(BigDecimal.valueOf(5, digits + 1));
        if (rest.abs().compareTo(allowed) > 0) {
            faults.add("lines.tax must add up to tax, but for rounding: " + lines.size() + " lines make "
                    + new Money(sum, tax.currency()) + ", tax is " + tax);
        } else if (rest.signum() != 0) {
            int largest = 0;
            for (int at = 1; at < lines.size(); at++) {
                BigDecimal size = net(lines.get(at), digits).abs();
                if (size.compareTo(net(lines.get(largest), digits).abs()) > 0) {
                    largest = at;
                }
            }
            taxes.set(largest, taxes.get(largest).add(rest));
        }
    }

    private BigDecimal tax(DocumentLine line, int digits) {
        BigDecimal own = line.tax();
        if (own != null) {
            return own;
        }
        BigDecimal rate = rate(line.taxCode());
        if (rate == null) {
            if (line.taxCode() == null) {
                return BigDecimal.ZERO.setScale(digits);
            }
            throw new MappingException("lines.tax.code of line " + line.id()
                    + " must be a rate in percent or in the setting taxRates " + taxRates.keySet() + ": '"
                    + line.taxCode() + "'");
        }
        return net(line, digits).multiply(rate).movePointLeft(2).setScale(digits, RoundingMode.HALF_UP);
    }

    private @Nullable BigDecimal rate(@Nullable String code) {
        if (code == null) {
            return null;
        }
        BigDecimal listed = taxRates.get(code);
        if (listed != null) {
            return listed;
        }
        return code.matches("\\d{1,3}([.,]\\d{1,6})?") ? new BigDecimal(code.replace(',', '.')) : null;
    }

    /** The rate of a line; unknown where its code looks like one, such as 1, and its tax says otherwise. */
    private @Nullable BigDecimal statedRate(DocumentLine line, Money net, int digits) {
        BigDecimal rate = rate(line.taxCode());
        BigDecimal own = line.tax();
        if (rate == null || own == null || taxRates.containsKey(line.taxCode())) {
            return rate;
        }
        BigDecimal off =
                net.amount().multiply(rate).movePointLeft(2).subtract(own).abs();
        return off.compareTo(BigDecimal.ONE.movePointLeft(digits)) <= 0 ? rate : null;
    }

    private static LineItem item(DocumentLine line, Money net, @Nullable LineTax tax) {
        return new LineItem(
                line.id(),
                line.description(),
                line.quantity(),
                line.unit(),
                line.unitPrice(),
                net,
                tax,
                line.product(),
                line.orderNumber(),
                line.coding());
    }
}
