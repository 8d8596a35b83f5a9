package io.mlconnector.bill;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mlconnector.http.OutcomeUnknownException;
import io.mlconnector.model.Vendor;
import io.mlconnector.spi.Lineage;
import io.mlconnector.spi.Lookup;
import io.mlconnector.spi.MappingException;
import io.mlconnector.spi.MlConnectorException;
import io.mlconnector.spi.Sink;
import io.mlconnector.spi.TargetRef;
import io.mlconnector.spi.Write;
import io.mlconnector.spi.WriteOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Writes vendors. */
final class VendorSink implements Sink<Vendor> {

    /** What BILL takes in one call. */
    private static final int BULK = 20;

    private static final String PATH = "/v3/" + BillConnector.VENDORS;

    private final BillApi api;
    private final VendorMapping mapping;
    private final VendorDirectory directory;
    private final Bulk bulk;
    private final Duration settleTime;

    VendorSink(BillApi api, VendorMapping mapping, VendorDirectory directory, Duration settleTime) {
        this.api = api;
        this.mapping = mapping;
        this.directory = directory;
        this.bulk = new Bulk(api, BillConnector.VENDORS, BillConnector.VENDORS);
        this.settleTime = settleTime;
    }

    @Override
    public Class<Vendor> type() {
        return Vendor.class;
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

    @Override
    public List<WriteOutcome> write(List<Write<Vendor>> batch) {
        var outcomes = new Outcomes<>(batch);
        var creates = new TreeMap<Integer, Write.Create<Vendor>>();
        for (int at = 0; at < batch.size(); at++) {
            if (batch.get(at) instanceof Write.Create<Vendor> create) {
                creates.put(at, create);
            }
        }
        VendorDirectory.Batch there =
                directory.of(creates.values().stream().map(Write.Create::record).toList());
        var known = new HashMap<Integer, VendorDirectory.Entry>();
        var items = new ArrayList<Bulk.Item>();
        creates.forEach((at, create) -> outcomes.prepare(at, () -> {
            Optional<VendorDirectory.Entry> entry = there.find(create.record());
            if (entry.isPresent()) {
                known.put(at, entry.get());
            } else if (create.record().active()) {
                items.add(item(at, create, outcomes));
            }
        }));
        outcomes.sending(() -> {
            bulk.create(items);
            for (int at = 0; at < batch.size(); at++) {
                if (outcomes.isOpen(at)) {
                    send(at, batch.get(at), known.get(at), outcomes);
                }
            }
        });
        return outcomes.all();
    }

    private Bulk.Item item(int at, Write.Create<Vendor> create, Outcomes<Vendor> outcomes) {
        ObjectNode body = mapping.whole(create.record());
        String name = body.path("name").asText();
        String number = body.path(VendorMapping.NUMBER).asText();
        return outcomes.item(
                at,
                body,
                created -> name.equals(created.path("name").asText())
                        && number.equals(created.path(VendorMapping.NUMBER).asText()),
                directory::add);
    }

    private void send(int at, Write<Vendor> write, VendorDirectory.@Nullable Entry known, Outcomes<Vendor> outcomes) {
        outcomes.settle(
                at,
                () -> write.match(new Write.Cases<Vendor, WriteOutcome>() {
                    @Override
                    public WriteOutcome create(Write.Create<Vendor> create) {
                        return known == null ? closed(create.record()) : adopted(known, create.record());
                    }

                    @Override
                    public WriteOutcome update(Write.Update<Vendor> update) {
                        return updated(update);
                    }

                    @Override
                    public WriteOutcome remove(Write.Remove<Vendor> remove) {
                        return archived(remove.target().id());
                    }
                }));
    }

    /** A vendor that is closed from the start. Found again by its name, should the second call not come to pass. */
    private WriteOutcome closed(Vendor vendor) {
        BillApi.Written created =
                api.write("POST", PATH, Json.bytes(mapping.whole(vendor)), "create " + BillConnector.VENDORS);
        directory.add(created.body());
        return secondStep("created", () -> archived(created.body().path("id").asText()));
    }

    /** A vendor that somebody, or an earlier life of the ledger, has already entered. */
    private WriteOutcome adopted(VendorDirectory.Entry known, Vendor vendor) {
        ObjectNode content = mapping.whole(vendor);
        content.remove("billCurrency");
        BillApi.Written written = patched(known.id(), content);
        return known.archived() == !vendor.active()
                ? Outcomes.applied(written)
                : secondStep("changed", () -> vendor.active() ? restored(known.id()) : archived(known.id()));
    }

    private WriteOutcome updated(Write.Update<Vendor> update) {
        Vendor vendor = update.record();
        String id = update.target().id();
        if (update.changedFields().contains("currency")) {
            requireSameCurrency(id, vendor);
        }
        ObjectNode changes = mapping.changes(vendor, update.changedFields());
        boolean activity = update.changedFields().contains("active");
        if (changes.isEmpty() && !activity) {
            return new WriteOutcome.Applied(update.target(), null); // nothing of it has a place in BILL
        }
        WriteOutcome patched = changes.isEmpty() ? null : Outcomes.applied(patched(id, changes));
        if (!activity) {
            return requireNonNull(patched);
        }
        Supplier<WriteOutcome> step = () -> vendor.active() ? restored(id) : archived(id);
        return patched == null ? step.get() : secondStep("changed", step);
    }

    private void requireSameCurrency(String id, Vendor vendor) {
        String fixed = api.find(BillConnector.VENDORS, id)
                .map(there -> there.path("billCurrency").asText("USD"))
                .orElseThrow(() -> new RejectedException(stale(id)));
        if (vendor.currency() != null && !vendor.currency().equals(fixed)) {
            throw new RejectedException("currency of vendor " + vendor.number() + " is " + vendor.currency()
                    + " now, but BILL has fixed that of " + id + " at " + fixed
                    + "; a supplier with two currencies needs two vendors");
        }
    }

    /** After the first call of two, what goes wrong leaves the write to be looked up. */
    private static WriteOutcome secondStep(String done, Supplier<WriteOutcome> step) {
        try {
            return step.get();
        } catch (OutcomeUnknownException e) {
            return new WriteOutcome.Ambiguous(done + ", then " + e.evidence());
        } catch (BillRefusedException | MlConnectorException e) {
            return new WriteOutcome.Ambiguous(done + ", then " + e.getMessage());
        }
    }

    private BillApi.Written patched(String id, ObjectNode content) {
        try {
            return api.write("PATCH", PATH + "/" + id, Json.bytes(content), "change " + BillConnector.VENDORS);
        } catch (BillRefusedException e) {
            throw e.error().status() == 404 ? new RejectedException(stale(id)) : e;
        }
    }

    private WriteOutcome archived(String id) {
        return Outcomes.applied(api.write("POST", PATH + "/" + id + "/archive", null, "archive vendors"));
    }

    private WriteOutcome restored(String id) {
        return Outcomes.applied(api.write("POST", PATH + "/" + id + "/restore", null, "restore vendors"));
    }

    private static String stale(String id) {
        return "the vendor " + id
                + " is not in BILL any more, so the link to it is stale: remove the link to create the"
                + " vendor anew";
    }

    @Override
    public Lookup find(Write<Vendor> write) {
        return api.reading(() -> write.match(new Write.Cases<Vendor, Lookup>() {
            @Override
            public Lookup create(Write.Create<Vendor> create) {
                return created(create.record());
            }

            @Override
            public Lookup update(Write.Update<Vendor> update) {
                return reached(update);
            }

            @Override
            public Lookup remove(Write.Remove<Vendor> remove) {
                return api.find(BillConnector.VENDORS, remove.target().id())
                        .filter(there -> !there.path("archived").asBoolean())
                        .map(there -> Lookup.ABSENT)
                        .orElseGet(() -> new Lookup.Found(remove.target()));
            }
        }));
    }

    private Lookup created(Vendor vendor) {
        Optional<VendorDirectory.Entry> entry;
        try {
            entry = directory.find(vendor);
        } catch (MappingException e) {
            return new Lookup.CannotTell(String.valueOf(e.getMessage()));
        }
        Optional<JsonNode> there = entry.flatMap(found -> api.find(BillConnector.VENDORS, found.id()));
        if (there.isEmpty()) {
            return Lookup.ABSENT;
        }
        TargetRef target = Outcomes.reference(there.get());
        // a write that only adopts, archives or restores is harmless to repeat
        return Json.holds(there.get(), mapping.whole(vendor))
                        && there.get().path("archived").asBoolean() == !vendor.active()
                ? new Lookup.Found(target)
                : new Lookup.Partial(target, "the vendor is there, but not yet as it was written");
    }

    private Lookup reached(Write.Update<Vendor> update) {
        Optional<JsonNode> there =
                api.find(BillConnector.VENDORS, update.target().id());
        boolean reached = there.isPresent()
                && Json.holds(there.get(), mapping.changes(update.record(), update.changedFields()))
                && (!update.changedFields().contains("active")
                        || there.get().path("archived").asBoolean()
                                == !update.record().active());
        return reached ? new Lookup.Found(Outcomes.reference(there.get())) : Lookup.ABSENT;
    }
}
