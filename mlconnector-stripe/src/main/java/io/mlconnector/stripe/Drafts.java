package io.mlconnector.stripe;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Brings the lines of a draft in line with what is wanted, by the ERP's line ids. Starts from what is there, so it can be repeated. */
final class Drafts {

    private static final int BLOCK = 50;
    private static final int RUNS = 3;

    private final StripeApi api;

    Drafts(StripeApi api) {
        this.api = api;
    }

    /** Adds, updates and removes lines until the draft has the wanted ones, and those that nobody knows where they come from. */
    RemoteInvoice align(RemoteInvoice draft, List<DraftLine> wanted, Attempt attempt) {
        RemoteInvoice there = draft;
        for (int run = 1; ; run++) {
            try {
                return alignOnce(there, wanted, attempt, run);
            } catch (StripeRefusedException e) {
                if (!e.keySpent() || run == RUNS) {
                    throw e;
                }
                // Stripe keeps an old answer under the key, so look what is there and go on under another one.
                there = api.invoiceById(draft.id()).orElseThrow(() -> e);
            }
        }
    }

    /** Adds lines, whatever is there. */
    RemoteInvoice add(RemoteInvoice draft, List<DraftLine> lines, Attempt attempt, int run) {
        List<Map<String, Object>> added =
                lines.stream().map(DraftLine::parameters).toList();
        return inBlocks(draft, "add_lines", added, attempt, run);
    }

    /** Returns the totals of an invoice as Stripe shows them. */
    Totals totals(RemoteInvoice invoice) {
        return Totals.of(invoice, api.lines(invoice).size());
    }

    private RemoteInvoice alignOnce(RemoteInvoice draft, List<DraftLine> wanted, Attempt attempt, int run) {
        Map<String, DraftLine> missing = new LinkedHashMap<>();
        wanted.forEach(line -> missing.put(line.erpLine(), line));
        Map<String, DraftLine> all = new HashMap<>(missing);
        var updated = new ArrayList<Map<String, Object>>();
        var removed = new ArrayList<Map<String, Object>>();
        for (RemoteLine there : api.lines(draft)) {
            if (there.erpLine().isEmpty()) {
                continue;
            }
            boolean first = missing.remove(there.erpLine()) != null;
            DraftLine line = all.get(there.erpLine());
            if (line == null || !first) {
                removed.add(Map.of("id", there.id(), "behavior", "delete"));
            } else if (!line.sameAs(there)) {
                updated.add(line.changing(there));
            }
        }
        RemoteInvoice result = inBlocks(draft, "remove_lines", removed, attempt, run);
        result = inBlocks(result, "update_lines", updated, attempt, run);
        return add(result, List.copyOf(missing.values()), attempt, run);
    }

    private RemoteInvoice inBlocks(
            RemoteInvoice draft, String action, List<Map<String, Object>> lines, Attempt attempt, int run) {
        RemoteInvoice result = draft;
        int number = Marker.of(draft.metadata()).number();
        for (int from = 0; from < lines.size(); from += BLOCK) {
            List<Map<String, Object>> block = lines.subList(from, Math.min(lines.size(), from + BLOCK));
            result = api.invoiceAction(
                    draft.id(), action, Map.of("lines", block), attempt.step(action, draft.id(), number, run, block));
            if (result.replayed()) {
                result = api.invoiceById(draft.id()).orElse(result);
            }
        }
        return result;
    }
}
