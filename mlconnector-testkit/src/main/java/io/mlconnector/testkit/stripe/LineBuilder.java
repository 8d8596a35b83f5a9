package io.mlconnector.testkit.stripe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/** Turns the parameters of a line into an invoice line. {@link #check} refuses; {@link #apply} then cannot fail. */
final class LineBuilder {

    private static final List<String> WAYS = List.of("amount", "price_data", "pricing", "invoice_item");

    private final World world;
    private final Prices prices;
    private final LineTaxes taxes;

    LineBuilder(World world, Prices prices, LineTaxes taxes) {
        this.world = world;
        this.prices = prices;
        this.taxes = taxes;
    }

    /** Refuses parameters that cannot make a line of this invoice. */
    void check(ObjectNode invoice, ObjectNode params, String name, boolean isNew) {
        List<String> ways = WAYS.stream().filter(params::has).toList();
        if (ways.size() > 1) {
            throw StripeRefusal.exclusive(name, ways.toArray(new String[0]));
        }
        for (String quantity : List.of("quantity", "quantity_decimal")) {
            if (params.has("amount") && params.has(quantity)) {
                throw StripeRefusal.exclusive(name + "[" + quantity + "]", "amount", quantity);
            }
        }
        if (params.has("quantity") && params.has("quantity_decimal")) {
            throw StripeRefusal.exclusive(name + "[quantity]", "quantity", "quantity_decimal");
        }
        if (isNew && ways.isEmpty()) {
            throw StripeRefusal.missing(name + "[amount]");
        }
        String currency = invoice.path("currency").asText();
        if (params.has("amount")) {
            Currencies.checkAmount(
                    name + "[amount]", currency, params.get("amount").asLong());
        }
        if (params.has("invoice_item")) {
            throw StripeRefusal.noSuch(
                    400, "invoiceitem", params.get("invoice_item").asText(), name + "[invoice_item]");
        }
        if (params.has("discounts") && !params.get("discounts").isEmpty()) {
            throw StripeRefusal.rule("resource_missing", name + "[discounts]", "The account has no such coupon.");
        }
        if (params.path("price_data") instanceof ObjectNode data) {
            prices.check(data, name + "[price_data]");
            sameCurrency(currency, data, name + "[price_data][currency]");
        }
        if (params.path("pricing").hasNonNull("price")) {
            String parameter = name + "[pricing][price]";
            ObjectNode price = world.referenced(
                    Kind.PRICE, params.path("pricing").path("price").asText(), parameter);
            if (!price.path("active").asBoolean()) {
                throw StripeRefusal.rule(null, parameter, "The price is not active.");
            }
            sameCurrency(currency, price, parameter);
        }
        taxes.check(invoice, params, name);
    }

    /** A new line of the invoice. */
    ObjectNode build(ObjectNode invoice, ObjectNode params) {
        ObjectNode line = world.shape(Kind.LINE_ITEM);
        line.set("currency", invoice.get("currency"));
        line.set("invoice", invoice.get("id"));
        ((ObjectNode) line.path("parent").path("invoice_item_details"))
                .put("invoice_item", world.newId("ii_", Kind.LINE_ITEM.idLength()));
        line.putObject("period").put("end", world.now()).put("start", world.now());
        apply(line, params);
        return line;
    }

    /** Sets on the line what the parameters say. */
    void apply(ObjectNode line, ObjectNode params) {
        Metadata.merge(line, params);
        Patch.copy(line, params, "description", "discountable", "period");
        price(line, params);
        long amount = line.path("amount").asLong();
        line.put("subtotal", amount);
        taxes.apply(line, params);
    }

    private void price(ObjectNode line, ObjectNode params) {
        if (params.has("amount")) {
            fixedAmount(line, params.get("amount").asLong());
            return;
        }
        ObjectNode price = null;
        if (params.path("price_data") instanceof ObjectNode data) {
            price = prices.createInline(data);
        } else if (params.path("pricing").hasNonNull("price")) {
            price = world.require(
                    Kind.PRICE, params.path("pricing").path("price").asText());
        }
        ObjectNode pricing = line.withObjectProperty("pricing");
        if (price != null) {
            pricing.withObjectProperty("price_details")
                    .put("price", price.path("id").asText());
            pricing.withObjectProperty("price_details").set("product", price.get("product"));
            pricing.set("unit_amount_decimal", price.get("unit_amount_decimal"));
            if (!line.hasNonNull("description")) {
                ObjectNode product =
                        world.find(Kind.PRODUCT, price.path("product").asText());
                line.set("description", product == null ? line.nullNode() : product.get("name"));
            }
        }
        if (price == null && !params.has("quantity") && !params.has("quantity_decimal")) {
            return;
        }
        String given =
                params.path("quantity").asText(params.path("quantity_decimal").asText());
        BigDecimal quantity = given.isEmpty() ? BigDecimal.ONE : new BigDecimal(given);
        line.put("quantity", quantity.setScale(0, RoundingMode.DOWN).longValue());
        line.put("quantity_decimal", quantity.stripTrailingZeros().toPlainString());
        BigDecimal unit = new BigDecimal(pricing.path("unit_amount_decimal").asText("0"));
        line.put(
                "amount",
                unit.multiply(quantity).setScale(0, RoundingMode.HALF_UP).longValueExact());
    }

    /** An amount line still shows a price that was made for it. */
    private void fixedAmount(ObjectNode line, long amount) {
        line.put("amount", amount);
        line.put("quantity", 1);
        line.put("quantity_decimal", "1");
        ObjectNode pricing = line.withObjectProperty("pricing");
        ObjectNode details = pricing.withObjectProperty("price_details");
        if (!details.hasNonNull("price")) {
            details.put("price", world.newId(Kind.PRICE.idStart(), Kind.PRICE.idLength()));
            details.put("product", world.newId(Kind.PRODUCT.idStart(), Kind.PRODUCT.idLength()));
        }
        pricing.put("unit_amount_decimal", Long.toString(amount));
    }

    private static void sameCurrency(String currency, JsonNode price, String parameter) {
        if (!price.path("currency").asText().equals(currency)) {
            throw StripeRefusal.rule(null, parameter, "The currency of a line must be the invoice's: " + currency);
        }
    }
}
