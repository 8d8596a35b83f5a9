package io.mlconnector.testkit.stripe;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Money given back: at once, or after a while, or not at all. */
final class Refunds {

    private final World world;
    private final Balance balance;

    Refunds(World world, Balance balance) {
        this.world = world;
        this.balance = balance;
    }

    /** Gives back a part of a charge, or all of it. */
    ObjectNode refund(String chargeId, long amount, String reason) {
        return start(chargeId, amount, reason, "succeeded");
    }

    ObjectNode start(String chargeId, long amount, String reason, String status) {
        ObjectNode charge = world.require(Kind.CHARGE, chargeId);
        long refunded = charge.path("amount_refunded").asLong() + amount;
        if (amount <= 0 || refunded > charge.path("amount").asLong()) {
            throw StripeRefusal.rule(
                    refunded > charge.path("amount").asLong() ? "charge_already_refunded" : null,
                    "amount",
                    "Charge " + chargeId + " cannot give back " + amount + ".");
        }
        ObjectNode refund = world.shape(Kind.REFUND);
        refund.put("amount", amount);
        refund.put("reason", reason);
        refund.put("status", status);
        Patch.copy(refund, charge, "currency", "customer", "payment_intent");
        refund.set("charge", charge.get("id"));
        refund.set(
                "balance_transaction",
                balance.book(refund, "refund", "refund", -amount, 0).get("id"));
        world.table(Kind.REFUND).add(refund);
        charge.put("amount_refunded", refunded);
        charge.put("refunded", refunded == charge.path("amount").asLong());
        world.journal().record("refund.created", refund);
        world.journal().record("charge.refunded", charge);
        return refund;
    }

    ObjectNode finish(String id) {
        ObjectNode refund = pending(id);
        ObjectNode before = refund.deepCopy();
        refund.put("status", "succeeded");
        world.journal().recordUpdate("refund.updated", refund, before);
        return refund;
    }

    /** The bank of the payer sends the money back. */
    ObjectNode fail(String id) {
        ObjectNode refund = world.require(Kind.REFUND, id);
        ObjectNode before = refund.deepCopy();
        long amount = refund.path("amount").asLong();
        refund.put("status", "failed");
        refund.put("failure_reason", "expired_or_canceled_card");
        refund.set(
                "failure_balance_transaction",
                balance.book(refund, "refund_failure", "refund_failure", amount, 0)
                        .get("id"));
        ObjectNode charge = world.require(Kind.CHARGE, refund.path("charge").asText());
        charge.put("amount_refunded", charge.path("amount_refunded").asLong() - amount);
        charge.put("refunded", false);
        world.journal().recordUpdate("refund.updated", refund, before);
        world.journal().record("refund.failed", refund);
        return refund;
    }

    private ObjectNode pending(String id) {
        ObjectNode refund = world.require(Kind.REFUND, id);
        if (!refund.path("status").asText().equals("pending")) {
            throw StripeRefusal.rule(
                    null, null, "Refund " + id + " is " + refund.path("status").asText() + ".");
        }
        return refund;
    }
}
