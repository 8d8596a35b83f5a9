package io.mlconnector.examples;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlconnector.testkit.stripe.StripeSandbox;
import io.mlconnector.testkit.syspro.Posting;
import io.mlconnector.testkit.syspro.SysproFault;
import io.mlconnector.testkit.syspro.SysproRequest;
import io.mlconnector.testkit.syspro.SysproSandbox;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Lets money come back to SYSPRO while sessions end and error texts hide effects, and counts what was posted: each payment, each refund and
 * each dispute that was lost once.
 */
final class SysproStripeMoney {

    private static final int CHARACTERS_OF_A_REFERENCE = 24;

    private final SysproSandbox syspro;
    private final StripeSandbox stripe;
    private final StripePayers payers;

    SysproStripeMoney(SysproSandbox syspro, StripeSandbox stripe, StripePayers payers) {
        this.syspro = syspro;
        this.stripe = stripe;
        this.payers = payers;
    }

    String pay(int invoices) {
        String paid = payers.pay(invoices);
        long lost = stripe.objects("dispute").stream()
                .filter(dispute -> dispute.path("status").asText().equals("needs_response"))
                .limit(2)
                .map(dispute -> stripe.money().lose(dispute.path("id").asText()))
                .count();
        syspro.failNext(
                1,
                request -> request.kind() == SysproRequest.Kind.POST,
                SysproFault.errorAfterEffect("ERROR: The operator is not logged on"));
        syspro.failNext(
                1,
                request -> request.kind() == SysproRequest.Kind.POST,
                SysproFault.error("ERROR: The operator is not logged on"));
        return paid + ", " + lost + " of them lost; SYSPRO ends a session before and one after a posting";
    }

    DemoSystems.TargetCount count() {
        Set<String> expected = new HashSet<>(payers.paid());
        stripe.objects("refund").forEach(refund -> expected.add(id(refund)));
        stripe.objects("dispute").stream()
                .filter(dispute -> dispute.path("status").asText().equals("lost"))
                .forEach(dispute -> expected.add(id(dispute)));
        Map<String, Long> posted = syspro.postings().stream()
                .filter(posting -> !posting.invoice().startsWith("_"))
                .collect(Collectors.groupingBy(Posting::reference, Collectors.counting()));
        long total = posted.values().stream().mapToLong(Long::longValue).sum();
        long missing = expected.stream()
                .filter(id -> !posted.containsKey(reference(id)))
                .count();
        if (!syspro.droppedElements().isEmpty()) {
            throw new IllegalStateException("SYSPRO dropped " + syspro.droppedElements());
        }
        return new DemoSystems.TargetCount((int) total, (int) (total - posted.size()), (int) missing);
    }

    private static String reference(String id) {
        return "S:" + id.substring(Math.max(0, id.length() - CHARACTERS_OF_A_REFERENCE));
    }

    private static String id(JsonNode object) {
        return object.path("id").asText();
    }
}
