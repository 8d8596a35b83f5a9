package io.mlconnector.testkit.stripe;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a movement of money does to the balance of the account: amount, fee and net in the currency of settlement. */
final class Balance {

    private static final long SECONDS_A_DAY = 86_400;

    private final World world;
    private final List<ObjectNode> unbooked = new ArrayList<>();
    private @Nullable String settlementCurrency;
    private BigDecimal rate = BigDecimal.ONE;
    private boolean later;

    Balance(World world) {
        this.world = world;
    }

    void settleIn(String currency, BigDecimal exchangeRate) {
        settlementCurrency = currency;
        rate = exchangeRate;
    }

    /** From now on charges are booked only by {@link #bookLate}, as with asynchronous capture. */
    void bookLater() {
        later = true;
    }

    /** Books a charge now or later. */
    void bookCharge(ObjectNode charge) {
        if (later) {
            unbooked.add(charge);
        } else {
            set(charge);
        }
    }

    void bookLate() {
        later = false;
        unbooked.forEach(charge -> {
            ObjectNode before = charge.deepCopy();
            set(charge);
            world.journal().recordUpdate("charge.updated", charge, before);
        });
        unbooked.clear();
    }

    ObjectNode book(ObjectNode source, String type, String category, long amount, long fee) {
        String currency = source.path("currency").asText();
        boolean exchanged = settlementCurrency != null && !settlementCurrency.equals(currency);
        String settled = exchanged ? String.valueOf(settlementCurrency) : currency;
        long gross = exchanged
                ? BigDecimal.valueOf(amount)
                        .multiply(rate)
                        .setScale(0, RoundingMode.HALF_UP)
                        .longValueExact()
                : amount;
        ObjectNode transaction = world.shape(Kind.BALANCE_TRANSACTION);
        transaction.put("amount", gross);
        transaction.put("available_on", world.now() + 2 * SECONDS_A_DAY);
        transaction.put("currency", settled);
        if (exchanged) {
            transaction.put("exchange_rate", rate);
        }
        transaction.put("fee", fee);
        if (fee > 0) {
            ObjectNode detail = transaction.withArrayProperty("fee_details").addObject();
            detail.put("amount", fee).putNull("application");
            detail.put("currency", settled);
            detail.put("description", "Stripe processing fees").put("type", "stripe_fee");
        }
        transaction.put("net", gross - fee);
        transaction.put("type", type);
        transaction.put("reporting_category", category);
        transaction.set("source", source.get("id"));
        world.table(Kind.BALANCE_TRANSACTION).add(transaction);
        return transaction;
    }

    private void set(ObjectNode charge) {
        long amount = charge.path("amount").asLong();
        long fee = amount * 15 / 1000 + 25;
        charge.set(
                "balance_transaction",
                book(charge, "charge", "charge", amount, fee).get("id"));
    }
}
