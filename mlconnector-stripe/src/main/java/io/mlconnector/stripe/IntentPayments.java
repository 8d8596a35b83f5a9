package io.mlconnector.stripe;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import io.mlconnector.model.Payment;
import io.mlconnector.model.RecordKey;
import io.mlconnector.spi.Change;
import io.mlconnector.spi.Malformed;
import io.mlconnector.spi.MappingException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes records of one payment intent: one for each invoice that it pays, by the row that ties them, and one for what no invoice claims.
 * The fee is split over them by their amounts, so that the parts add up to it.
 */
final class IntentPayments {

    private static final String MOVEMENT = "balance_transaction";

    private final String connection;
    private final PaymentMapping mapping;

    IntentPayments(String connection, PaymentMapping mapping) {
        this.connection = connection;
        this.mapping = mapping;
    }

    /** Returns all records of an intent. */
    Found<Payment> of(JsonObject intent, @Nullable JsonObject charge, List<JsonObject> rows) {
        var found = new Found<Payment>();
        try {
            add(found, intent, charge, rows);
        } catch (MappingException e) {
            found.add(new Malformed(key(Wire.id(intent)), String.valueOf(charge), e.faults()));
        }
        return found;
    }

    private void add(Found<Payment> found, JsonObject intent, @Nullable JsonObject charge, List<JsonObject> rows) {
        Share share = new Share(charge);
        long claimed = 0;
        boolean attached = false;
        for (JsonObject row : rows) {
            String status = status(row, intent, charge);
            long amount = amount(row);
            boolean takesPart = status != null && !status.equals("CANCELED");
            JsonObject movement = takesPart ? share.next(amount) : null;
            claimed += takesPart ? amount : 0;
            attached |= !Wire.flag(row, "is_default");
            if (status != null) {
                add(found, Wire.id(row), status, amount, row, intent, charge, movement);
            }
        }
        String unclaimed = charge == null ? null : moneyStatus(charge);
        long rest = charge == null ? 0 : Wire.units(charge, "amount") - claimed;
        if (unclaimed != null && rest > 0) {
            add(found, Wire.id(intent), unclaimed, rest, null, intent, charge, share.next(rest));
        } else if (attached) {
            // It was there before its invoice claimed it.
            found.add(Change.delete(key(Wire.id(intent))));
        }
    }

    /** Returns the record of a charge that no intent made. */
    Found<Payment> ofCharge(JsonObject charge) {
        var found = new Found<Payment>();
        String status = moneyStatus(charge);
        if (status != null) {
            JsonObject movement = Wire.object(charge, MOVEMENT);
            add(found, Wire.id(charge), status, Wire.number(charge, "amount"), null, null, charge, movement);
        }
        return found;
    }

    /** Returns the record of a row whose money did not come through Stripe. */
    Found<Payment> ofOther(JsonObject row) {
        var found = new Found<Payment>();
        if ("paid".equals(Wire.text(row, "status"))) {
            add(found, Wire.id(row), "SUCCEEDED", amount(row), row, null, null, null);
        }
        return found;
    }

    RecordKey key(String id) {
        return new RecordKey(connection, StripeConnector.PAYMENTS, id);
    }

    private void add(
            Found<Payment> found,
            String id,
            String status,
            long amount,
            @Nullable JsonObject row,
            @Nullable JsonObject intent,
            @Nullable JsonObject charge,
            @Nullable JsonObject movement) {
        var payment = new JsonObject();
        payment.addProperty("id", id);
        payment.addProperty("status", status);
        payment.addProperty("amount", amount);
        JsonObject invoice = row == null ? null : Wire.object(row, "invoice");
        payment.addProperty("currency", firstText("currency", row, charge, intent));
        payment.addProperty("customer", firstText("customer", charge, intent, invoice));
        var document = new JsonObject();
        document.add("payment", payment);
        document.add("invoice_payment", orNull(row));
        document.add("invoice", orNull(invoice));
        document.add(Hint.INTENT, orNull(intent));
        document.add("charge", orNull(charge));
        document.add(MOVEMENT, orNull(movement));
        found.add(key(id), document, () -> {
            Instant changed = Instant.ofEpochSecond(Math.max(
                    Wire.number(row, "status_transitions", "paid_at"),
                    Math.max(Wire.number(charge, "created"), Wire.number(row, "created"))));
            return Change.upsert(mapping.payment(document), changed, null);
        });
    }

    /** An open row is no payment before something was tried. */
    private static @Nullable String status(JsonObject row, JsonObject intent, @Nullable JsonObject charge) {
        String status = String.valueOf(Wire.text(row, "status"));
        if (status.equals("paid")) {
            return "SUCCEEDED";
        }
        if (charge == null) {
            return null;
        }
        if (status.equals("canceled")) {
            return "CANCELED";
        }
        return switch (String.valueOf(Wire.text(intent, "status"))) {
            case "processing", "succeeded", "requires_capture" -> "PENDING";
            case "canceled" -> "CANCELED";
            default -> "failed".equals(Wire.text(charge, "status")) ? "FAILED" : "PENDING";
        };
    }

    /** Without an invoice only money counts, not every card that was declined. */
    private static @Nullable String moneyStatus(JsonObject charge) {
        return switch (String.valueOf(Wire.text(charge, "status"))) {
            case "succeeded" -> Wire.flag(charge, "captured") ? "SUCCEEDED" : null;
            case "pending" -> "PENDING";
            default -> null;
        };
    }

    /** What a row claims of its payment. */
    static long amount(JsonObject row) {
        return Wire.text(row, "amount_paid") == null
                ? Wire.units(row, "amount_requested")
                : Wire.units(row, "amount_paid");
    }

    private static JsonElement orNull(@Nullable JsonObject object) {
        return object == null ? JsonNull.INSTANCE : object;
    }

    private static @Nullable String firstText(String name, @Nullable JsonObject... objects) {
        for (JsonObject object : objects) {
            String text = Wire.reference(object, name);
            if (text != null) {
                return text;
            }
        }
        return null;
    }

    /** Splits the movement of a charge, part after part. */
    private static final class Share {

        private final @Nullable JsonObject whole;
        private final long total;
        private long before;

        Share(@Nullable JsonObject charge) {
            whole = Wire.object(charge, MOVEMENT);
            total = Wire.number(charge, "amount");
        }

        @Nullable JsonObject next(long amount) {
            if (whole == null || total <= 0 || amount == total) {
                return whole;
            }
            long after = Math.min(total, before + amount);
            JsonObject part = whole.deepCopy();
            for (String name : List.of("amount", "fee", "net")) {
                long units = Wire.number(whole, name);
                part.addProperty(name, upTo(after, units) - upTo(before, units));
            }
            before = after;
            return part;
        }

        private long upTo(long amount, long units) {
            return BigDecimal.valueOf(units)
                    .multiply(BigDecimal.valueOf(amount))
                    .divide(BigDecimal.valueOf(total), 0, RoundingMode.HALF_UP)
                    .longValueExact();
        }
    }
}
