package io.mlconnector.testkit.stripe;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;

/** Payments that their payer contests, from the first question to the decision. */
final class Disputes {

    private static final long SECONDS_A_DAY = 86_400;
    private static final long FEE = 2000;
    private static final Set<String> OPEN = Set.of("needs_response", "under_review");
    private static final Set<String> INQUIRING = Set.of("warning_needs_response", "warning_under_review");

    private final World world;
    private final Balance balance;

    Disputes(World world, Balance balance) {
        this.world = world;
        this.balance = balance;
    }

    /** The card holder disputes a charge: the money is withdrawn. */
    ObjectNode dispute(String charge, String reason) {
        ObjectNode dispute = opened(charge, reason, "needs_response");
        world.journal().record("charge.dispute.created", dispute);
        withdraw(dispute);
        return dispute;
    }

    /** The card holder's bank asks first: no money is withdrawn. */
    ObjectNode inquire(String charge, String reason) {
        ObjectNode dispute = opened(charge, reason, "warning_needs_response");
        world.journal().record("charge.dispute.created", dispute);
        return dispute;
    }

    /** An inquiry becomes a dispute. */
    ObjectNode escalate(String id) {
        ObjectNode dispute = in(INQUIRING, id);
        update(dispute, "needs_response");
        withdraw(dispute);
        return dispute;
    }

    ObjectNode submitEvidence(String id) {
        ObjectNode dispute = world.require(Kind.DISPUTE, id);
        dispute.withObjectProperty("evidence_details").put("has_evidence", true).put("submission_count", 1);
        update(dispute, INQUIRING.contains(status(dispute)) ? "warning_under_review" : "under_review");
        return dispute;
    }

    ObjectNode win(String id) {
        ObjectNode dispute = in(OPEN, id);
        dispute.put("status", "won");
        dispute.withArrayProperty("balance_transactions")
                .add(balance.book(
                        dispute,
                        "adjustment",
                        "dispute_reversal",
                        dispute.path("amount").asLong(),
                        0));
        world.journal().record("charge.dispute.closed", dispute);
        world.journal().record("charge.dispute.funds_reinstated", dispute);
        return dispute;
    }

    ObjectNode lose(String id) {
        ObjectNode dispute = in(OPEN, id);
        dispute.put("status", "lost");
        world.journal().record("charge.dispute.closed", dispute);
        return dispute;
    }

    ObjectNode closeInquiry(String id) {
        ObjectNode dispute = in(INQUIRING, id);
        dispute.put("status", "warning_closed");
        world.journal().record("charge.dispute.closed", dispute);
        return dispute;
    }

    private ObjectNode opened(String chargeId, String reason, String status) {
        ObjectNode charge = world.require(Kind.CHARGE, chargeId);
        ObjectNode dispute = world.shape(Kind.DISPUTE);
        Patch.copy(dispute, charge, "amount", "currency", "payment_intent");
        dispute.set("charge", charge.get("id"));
        dispute.put("reason", reason);
        dispute.put("status", status);
        dispute.withObjectProperty("evidence_details").put("due_by", world.now() + 10 * SECONDS_A_DAY);
        world.table(Kind.DISPUTE).add(dispute);
        charge.put("disputed", true);
        return dispute;
    }

    private void withdraw(ObjectNode dispute) {
        dispute.withArrayProperty("balance_transactions")
                .add(balance.book(
                        dispute,
                        "adjustment",
                        "dispute",
                        -dispute.path("amount").asLong(),
                        FEE));
        world.journal().record("charge.dispute.funds_withdrawn", dispute);
    }

    private void update(ObjectNode dispute, String status) {
        ObjectNode before = dispute.deepCopy();
        dispute.put("status", status);
        world.journal().recordUpdate("charge.dispute.updated", dispute, before);
    }

    private ObjectNode in(Set<String> statuses, String id) {
        ObjectNode dispute = world.require(Kind.DISPUTE, id);
        if (!statuses.contains(status(dispute))) {
            throw StripeRefusal.rule(null, null, "Dispute " + id + " is " + status(dispute) + ".");
        }
        return dispute;
    }

    private static String status(ObjectNode dispute) {
        return dispute.path("status").asText();
    }
}
