package io.mlconnector.stripe;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Brings the lines of a draft in line with what is wanted, by the ERP's line ids. Starts from what is there, so it can be repeated. */
final class Drafts {

    private static final int BLOCK = 50;

    private final StripeApi api;

    Drafts(StripeApi api) {
        this.api = api;
    }

    /** Adds lines to those that were there before, however many. */
    RemoteInvoice add(RemoteInvoice draft, List<DraftLine> lines, Attempt attempt, int before) {
        List<Map<String, Object>> added =
                lines.stream().map(DraftLine::parameters).toList();
        return inBlocks(draft, "add_lines", added, attempt, before);
    }

    /** Returns the totals of an invoice as Stripe shows them. */
    Totals totals(RemoteInvoice invoice) {
        return Totals.of(invoice, api.lines(invoice).size());
    }

    /** Adds, updates and removes lines until the draft has the wanted ones, and those that nobody knows where they come from. */
    RemoteInvoice align(RemoteInvoice draft, List<DraftLine> wanted, Attempt attempt) {
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
                removed.add(removal(there));
            } else if (!line.canReplace(there)) {
                removed.add(removal(there));
                missing.put(there.erpLine(), line);
            } else if (!line.sameAs(there)) {
                updated.add(line.changing(there));
            }
        }
        RemoteInvoice result = inBlocks(draft, "remove_lines", removed, attempt, 0);
        result = inBlocks(result, "update_lines", updated, attempt, 0);
        return add(result, List.copyOf(missing.values()), attempt, 0);
    }

    private static Map<String, Object> removal(RemoteLine there) {
        var removal = new LinkedHashMap<String, Object>();
        removal.put("id", there.id());
        removal.put("behavior", "delete");
        return removal;
    }

    private RemoteInvoice inBlocks(
            RemoteInvoice draft, String action, List<Map<String, Object>> lines, Attempt attempt, int before) {
        RemoteInvoice result = draft;
        int number = Marker.of(draft.metadata()).number();
        for (int from = 0; from < lines.size(); from += BLOCK) {
            List<Map<String, Object>> block = lines.subList(from, Math.min(lines.size(), from + BLOCK));
            result = api.invoiceAction(
                    draft.id(),
                    action,
                    Map.of("lines", block),
                    attempt.step(action, draft.id(), number, before, block));
            if (result.replayed()) {
                result = api.invoiceById(draft.id()).orElse(result);
            }
        }
        return result;
    }
}
