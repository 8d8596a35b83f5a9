package io.mlconnector.bill;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlconnector.model.Bill;
import io.mlconnector.spi.Lookup;
import io.mlconnector.spi.Write;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;

/** Looks for a bill by vendor, due date and number, and then more widely, because somebody may have moved the due date. */
final class BillFinder {

    private static final Duration TOLERANCE = Duration.ofHours(1);

    private final BillApi api;
    private final InstantSource clock;

    BillFinder(BillApi api, InstantSource clock) {
        this.api = api;
        this.clock = clock;
    }

    Lookup find(Write.Create<Bill> create, String vendor) {
        Bill bill = create.record();
        LocalDate due = bill.dueOn();
        if (due != null) {
            String day = due.toString();
            Lookup narrow = among(
                    bill,
                    ListQuery.all()
                            .is("vendorId", vendor)
                            .with("dueDate", "gte", day)
                            .with("dueDate", "lte", day));
            if (!(narrow instanceof Lookup.Absent)) {
                return narrow;
            }
        }
        // how long ago it was intended, by our clock, told by theirs
        Duration ago = Duration.between(create.intendedAt(), clock.instant());
        Instant since = api.serverNow().minus(ago).minus(TOLERANCE);
        return among(bill, ListQuery.all().is("vendorId", vendor).from("createdTime", since));
    }

    private Lookup among(Bill bill, ListQuery query) {
        List<JsonNode> numbered = api.all(BillConnector.BILLS, query.is("archived", "false")).stream()
                .filter(there -> KnownBills.number(there).equals(bill.number().strip()))
                .toList();
        List<JsonNode> ours = numbered.stream()
                .filter(there -> KnownBills.Entry.of(there).isOf(bill.key()))
                .toList();
        List<JsonNode> others = numbered.stream()
                .filter(there -> !KnownBills.Entry.of(there).isOurs()
                        && there.path("amount")
                                        .decimalValue()
                                        .compareTo(bill.total().amount())
                                == 0)
                .toList();
        List<JsonNode> best = ours.isEmpty() ? others : ours;
        if (best.size() > 1) {
            List<String> ids = best.stream()
                    .map(there -> there.path("id").asText())
                    .sorted()
                    .toList();
            return new Lookup.CannotTell(
                    "BILL has " + best.size() + " bills " + bill.number() + " of the vendor: " + ids);
        }
        return best.isEmpty() ? Lookup.ABSENT : new Lookup.Found(Outcomes.reference(best.get(0)));
    }
}
