package io.mlconnector.bill;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mlconnector.model.Bill;
import io.mlconnector.model.RecordKey;
import io.mlconnector.spi.Lineage;
import io.mlconnector.spi.Lookup;
import io.mlconnector.spi.MappingException;
import io.mlconnector.spi.References;
import io.mlconnector.spi.Sink;
import io.mlconnector.spi.TargetRef;
import io.mlconnector.spi.Write;
import io.mlconnector.spi.WriteOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes bills. Nothing is sent that BILL would pay by itself, and no number of a vendor twice. */
final class BillSink implements Sink<Bill> {

    /** What BILL takes in one call. */
    private static final int BULK = 100;

    private static final String PATH = "/v3/" + BillConnector.BILLS;
    private static final Set<String> HEADER =
            Set.of("number", "issuedOn", "dueOn", "purchaseOrderNumber", "memo", "attributes");
    private static final Set<String> WITHOUT_PLACE = Set.of("paymentStatus", "paidOn", "company", "approval");

    private final BillApi api;
    private final BillMapping mapping;
    private final PayableVendors vendors;
    private final KnownBills known;
    private final BillFinder finder;
    private final Bulk bulk;
    private final Duration settleTime;

    BillSink(
            BillApi api,
            BillMapping mapping,
            PayableVendors vendors,
            KnownBills known,
            BillFinder finder,
            Duration settleTime) {
        this.api = api;
        this.mapping = mapping;
        this.vendors = vendors;
        this.known = known;
        this.finder = finder;
        this.bulk = new Bulk(api, BillConnector.BILLS, BillConnector.BILLS);
        this.settleTime = settleTime;
    }

    @Override
    public Class<Bill> type() {
        return Bill.class;
    }

    @Override
    public int maxBatch() {
        return BULK;
    }

    @Override
    public Duration settleTime() {
        return settleTime;
    }

    @Override
    public Lineage lineage() {
        return mapping.rules().lineage();
    }

    /** A bill that may be created. */
    private record Draft(int at, Bill bill, String vendor, ObjectNode body, KnownBills.Number number) {
        RecordKey key() {
            return bill.key();
        }
    }

    @Override
    public List<WriteOutcome> write(List<Write<Bill>> batch) {
        var outcomes = new Outcomes<>(batch);
        var drafts = new LinkedHashMap<Integer, Draft>();
        for (int at = 0; at < batch.size(); at++) {
            int place = at;
            if (batch.get(at) instanceof Write.Create<Bill> create) {
                outcomes.prepare(at, () -> draft(place, create, outcomes).ifPresent(draft -> drafts.put(place, draft)));
            }
        }
        try {
            List<Bulk.Item> items = items(drafts, outcomes);
            outcomes.sending(() -> {
                bulk.create(items);
                for (int at = 0; at < batch.size(); at++) {
                    if (outcomes.isOpen(at)) {
                        change(at, batch.get(at), outcomes);
                    }
                }
            });
        } finally {
            drafts.forEach((at, draft) -> {
                if (outcomes.isAmbiguous(at)) {
                    known.forget(draft.vendor());
                } else {
                    known.release(draft.number(), draft.key());
                }
            });
        }
        return outcomes.all();
    }

    private Optional<Draft> draft(int at, Write.Create<Bill> create, Outcomes<Bill> outcomes) {
        Bill bill = create.record();
        requireApproved(bill);
        Optional<String> vendor = vendor(bill, create.references());
        if (vendor.isEmpty()) {
            outcomes.put(at, new WriteOutcome.Deferred(bill.vendor()));
            return Optional.empty();
        }
        ObjectNode body = mapping.whole(bill, vendor.get());
        var number = new KnownBills.Number(vendor.get(), bill.number().strip());
        known.claim(number, bill.key()).ifPresent(other -> {
            throw duplicate(number, "by " + other);
        });
        return Optional.of(new Draft(at, bill, vendor.get(), body, number));
    }

    private static void requireApproved(Bill bill) {
        switch (bill.approval()) {
            case APPROVED -> {}
            case PENDING ->
                throw new RejectedException("it is not approved; it is sent once its system shows it as approved");
            case REJECTED, VOIDED ->
                throw new RejectedException("it is " + bill.approval() + " at its system, so BILL must not pay it");
        }
    }

    private static Optional<String> vendor(Bill bill, References references) {
        return references.resolve(bill.vendor()).map(TargetRef::id);
    }

    private static RejectedException duplicate(KnownBills.Number number, String where) {
        return new RejectedException("the vendor " + number.vendor() + " already has a bill of the number "
                + number.number() + ", " + where + "; BILL would pay both");
    }

    private List<Bulk.Item> items(Map<Integer, Draft> drafts, Outcomes<Bill> outcomes) {
        var ids = new LinkedHashSet<String>();
        drafts.values().forEach(draft -> ids.add(draft.vendor()));
        if (ids.isEmpty()) {
            return List.of();
        }
        PayableVendors.Batch payable = vendors.of(ids);
        known.load(ids);
        var items = new ArrayList<Bulk.Item>();
        for (Draft draft : drafts.values()) {
            outcomes.prepare(draft.at(), () -> {
                Optional<KnownBills.Entry> there = existing(draft);
                if (there.isPresent()) {
                    outcomes.put(draft.at(), adopted(there.get(), draft));
                } else {
                    payable.require(draft.vendor(), draft.bill());
                    items.add(item(draft, outcomes));
                }
            });
        }
        return items;
    }

    /** Returns the bill that an earlier life of the ledger has sent, or that somebody has entered with the same amount. */
    private Optional<KnownBills.Entry> existing(Draft draft) {
        Set<KnownBills.Entry> same = known.of(draft.number());
        if (same.isEmpty()) {
            return Optional.empty();
        }
        List<KnownBills.Entry> ours =
                same.stream().filter(entry -> entry.isOf(draft.key())).toList();
        List<KnownBills.Entry> entered = same.stream()
                .filter(entry -> !entry.isOurs()
                        && entry.amount().compareTo(draft.bill().total().amount()) == 0)
                .toList();
        List<KnownBills.Entry> best = ours.isEmpty() && same.size() == 1 ? entered : ours;
        if (best.size() != 1) {
            throw duplicate(
                    draft.number(),
                    "which is "
                            + same.stream().map(KnownBills.Entry::id).sorted().toList());
        }
        return Optional.of(best.get(0));
    }

    /** What somebody has entered stays as it is; what an earlier life of the ledger has sent is brought up to date. */
    private WriteOutcome adopted(KnownBills.Entry there, Draft draft) {
        Optional<JsonNode> now = there.isOurs() ? api.find(BillConnector.BILLS, there.id()) : Optional.empty();
        if (now.isEmpty() || Json.holds(now.get(), draft.body())) {
            return new WriteOutcome.Applied(now.map(Outcomes::reference).orElse(TargetRef.of(there.id())), null);
        }
        JsonNode before = changeable(there.id());
        return Outcomes.applied(api.write(
                "PUT", PATH + "/" + there.id(), Json.bytes(replacing(draft.body(), before)), "replace bills"));
    }

    private Bulk.Item item(Draft draft, Outcomes<Bill> outcomes) {
        return outcomes.item(
                draft.at(),
                draft.body(),
                created -> draft.vendor().equals(created.path("vendorId").asText())
                        && draft.number().number().equals(KnownBills.number(created)),
                created -> known.add(draft.number(), created));
    }

    private void change(int at, Write<Bill> write, Outcomes<Bill> outcomes) {
        outcomes.settle(
                at,
                () -> write.match(new Write.Cases<Bill, WriteOutcome>() {
                    @Override
                    public WriteOutcome create(Write.Create<Bill> create) {
                        throw new IllegalStateException("every bill to create has been sent: " + create.key());
                    }

                    @Override
                    public WriteOutcome update(Write.Update<Bill> update) {
                        return updated(update);
                    }

                    @Override
                    public WriteOutcome remove(Write.Remove<Bill> remove) {
                        return removed(remove.target().id());
                    }
                }));
    }

    private WriteOutcome updated(Write.Update<Bill> update) {
        Bill bill = update.record();
        Set<String> changed = new LinkedHashSet<>(update.changedFields());
        boolean withdrawn = bill.approval() == Bill.Approval.VOIDED || bill.approval() == Bill.Approval.REJECTED;
        if (withdrawn && changed.contains("approval")) {
            return removed(update.target().id());
        }
        changed.removeAll(WITHOUT_PLACE);
        if (changed.isEmpty()) {
            return new WriteOutcome.Applied(update.target(), null);
        }
        Optional<String> vendor = vendor(bill, update.references());
        if (vendor.isEmpty()) {
            return new WriteOutcome.Deferred(bill.vendor());
        }
        ObjectNode body = mapping.whole(bill, vendor.get());
        String id = update.target().id();
        JsonNode there = changeable(id);
        vendors.of(Set.of(vendor.get())).require(vendor.get(), bill);
        if (HEADER.containsAll(changed)) {
            body.remove(List.of(BillMapping.LINES, "vendorId"));
            return Outcomes.applied(api.write("PATCH", PATH + "/" + id, Json.bytes(body), "change bills"));
        }
        return Outcomes.applied(api.write("PUT", PATH + "/" + id, Json.bytes(replacing(body, there)), "replace bills"));
    }

    /** A replacement keeps the ids of lines, and what of the bill is BILL's own. */
    private static ObjectNode replacing(ObjectNode body, JsonNode there) {
        for (String own : List.of("payFromChartOfAccountId", "classifications", "vendorCredits")) {
            if (there.hasNonNull(own)) {
                body.set(own, there.get(own));
            }
        }
        ArrayNode lines = (ArrayNode) body.path(BillMapping.LINES);
        for (int i = 0; i < lines.size(); i++) {
            JsonNode line = there.path(BillMapping.LINES).path(i).path("id");
            if (line.isTextual()) {
                ((ObjectNode) lines.get(i)).set("id", line);
            }
        }
        return body;
    }

    private JsonNode changeable(String id) {
        JsonNode there = api.find(BillConnector.BILLS, id)
                .orElseThrow(() -> new RejectedException("the bill " + id
                        + " is not in BILL any more, so the link to it is stale: remove the link to create it anew"));
        String status = there.path("paymentStatus").asText();
        if (!status.equals("UNPAID")) {
            throw new RejectedException("the bill " + id + " is " + status
                    + " in BILL and stays as it was paid; what has changed since is entered there by hand");
        }
        if (there.path("archived").asBoolean(false)) {
            throw new RejectedException("the bill " + id + " is archived in BILL; restore it to change it");
        }
        return there;
    }

    private WriteOutcome removed(String id) {
        Optional<JsonNode> there = api.find(BillConnector.BILLS, id);
        if (there.isEmpty() || there.get().path("archived").asBoolean(false)) {
            return new WriteOutcome.Applied(TargetRef.of(id), null);
        }
        changeable(id);
        return Outcomes.applied(api.write("POST", PATH + "/" + id + "/archive", null, "archive bills"));
    }

    @Override
    public Lookup find(Write<Bill> write) {
        return api.reading(() -> write.match(new Write.Cases<Bill, Lookup>() {
            @Override
            public Lookup create(Write.Create<Bill> create) {
                return vendor(create.record(), create.references())
                        .map(vendor -> finder.find(create, vendor))
                        .orElse(Lookup.ABSENT); // without a vendor it was never sent
            }

            @Override
            public Lookup update(Write.Update<Bill> update) {
                return reached(update);
            }

            @Override
            public Lookup remove(Write.Remove<Bill> remove) {
                return isGone(remove.target().id()) ? new Lookup.Found(remove.target()) : Lookup.ABSENT;
            }
        }));
    }

    private boolean isGone(String id) {
        return api.find(BillConnector.BILLS, id)
                .map(there -> there.path("archived").asBoolean(false))
                .orElse(true);
    }

    private Lookup reached(Write.Update<Bill> update) {
        Bill bill = update.record();
        String id = update.target().id();
        if (bill.approval() == Bill.Approval.VOIDED || bill.approval() == Bill.Approval.REJECTED) {
            return isGone(id) ? new Lookup.Found(update.target()) : Lookup.ABSENT;
        }
        @Nullable ObjectNode body;
        try {
            body = vendor(bill, update.references())
                    .map(vendor -> mapping.whole(bill, vendor))
                    .orElse(null);
        } catch (MappingException e) {
            return new Lookup.CannotTell(String.valueOf(e.getMessage()));
        }
        Optional<JsonNode> there = api.find(BillConnector.BILLS, id);
        return body != null && there.isPresent() && Json.holds(there.get(), body)
                ? new Lookup.Found(Outcomes.reference(there.get()))
                : Lookup.ABSENT;
    }
}
