package io.mlconnector.ifs;

import io.mlconnector.http.OutcomeUnknownException;
import io.mlconnector.ifs.WritableSet.Stored;
import io.mlconnector.model.Bill;
import io.mlconnector.spi.ConfigurationException;
import io.mlconnector.spi.Lineage;
import io.mlconnector.spi.Lookup;
import io.mlconnector.spi.MlConnectorException.Details;
import io.mlconnector.spi.References;
import io.mlconnector.spi.Sink;
import io.mlconnector.spi.TargetRef;
import io.mlconnector.spi.UnavailableException;
import io.mlconnector.spi.Write;
import io.mlconnector.spi.WriteOutcome;
import io.mlconnector.spi.WriteOutcome.Deferred;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Marks supplier invoices as sent to the system that pays them, and with how they stand there. Writes only what differs, under
 * the version of the row.
 */
final class BillStatusSink implements Sink<Bill> {

    private static final int ROUNDS = 3;
    private static final String STATE = "Objstate";
    private static final String CANCELLED = "Cancelled";

    private final BillStatusSettings settings;
    private final BillColumns names;
    private final WritableSet invoices;
    private final RowChanger changer;
    private final String company;

    BillStatusSink(
            BillStatusSettings settings, BillColumns names, WritableSet invoices, RowChanger changer, String company) {
        this.settings = settings;
        this.names = names;
        this.invoices = invoices;
        this.changer = changer;
        this.company = company;
    }

    static List<String> readOfInvoices(BillStatusSettings settings) {
        var read = new java.util.ArrayList<>(settings.columns().names().values());
        read.add(STATE);
        return read;
    }

    @Override
    public Class<Bill> type() {
        return Bill.class;
    }

    @Override
    public Duration settleTime() {
        return settings.settleTime();
    }

    @Override
    public Lineage lineage() {
        var rules = new LinkedHashMap<String, String>();
        settings.columns().names().forEach((part, column) -> rules.put(column, column + " <- " + part));
        return new Lineage("ifs.bill-status", rules);
    }

    @Override
    public List<WriteOutcome> write(List<Write<Bill>> batch) {
        return batch.stream().map(this::write).toList();
    }

    private WriteOutcome write(Write<Bill> write) {
        try {
            return write.match(new Write.Cases<Bill, WriteOutcome>() {
                @Override
                public WriteOutcome create(Write.Create<Bill> create) {
                    return mark(create.record(), invoice(create.record(), create.references()));
                }

                @Override
                public WriteOutcome update(Write.Update<Bill> update) {
                    return mark(update.record(), update.target().id());
                }

                @Override
                public WriteOutcome remove(Write.Remove<Bill> remove) {
                    return marked(remove.key().toString(), remove.target().id(), cleared());
                }
            });
        } catch (EndedException e) {
            return e.outcome();
        } catch (OutcomeUnknownException e) {
            return new WriteOutcome.Ambiguous(e.evidence());
        } catch (ConfigurationException e) {
            throw stopping(e);
        }
    }

    private WriteOutcome mark(Bill bill, String id) {
        return marked(bill.key().toString(), id, marks(bill));
    }

    /** Nobody else writes these columns, so a row that was changed meanwhile is just read again. */
    private WriteOutcome marked(String record, String id, Map<String, @Nullable Object> marks) {
        WriteOutcome outcome = changer.change(company, id, record, row -> marks);
        for (int round = 1; round < ROUNDS && outcome instanceof WriteOutcome.Conflicted; round++) {
            outcome = changer.change(company, id, record, row -> marks);
        }
        return outcome;
    }

    private Map<String, @Nullable Object> marks(Bill bill) {
        var marks = new LinkedHashMap<String, @Nullable Object>();
        put(marks, "sent", true);
        put(marks, "id", bill.key().id());
        put(marks, "status", bill.paymentStatus().name());
        put(marks, "paidOn", bill.paidOn() == null ? null : String.valueOf(bill.paidOn()));
        return marks;
    }

    /** The bill is no longer there: the invoice was not sent after all. */
    private Map<String, @Nullable Object> cleared() {
        var marks = new LinkedHashMap<String, @Nullable Object>();
        put(marks, "sent", false);
        put(marks, "id", null);
        put(marks, "status", null);
        put(marks, "paidOn", null);
        return marks;
    }

    private void put(Map<String, @Nullable Object> marks, String part, @Nullable Object value) {
        settings.columns().of(part).ifPresent(column -> marks.put(column, invoices.valueOf(column, value)));
    }

    /** The invoice with the number of the bill, of the supplier that its vendor is linked to. */
    private String invoice(Bill bill, References references) {
        String supplier = references.resolve(bill.vendor()).map(TargetRef::id).orElse(null);
        if (supplier == null) {
            throw EndedException.with(Deferred.unmatched(
                    bill.vendor(), "unmatched: the vendor of " + bill.key() + ", " + bill.vendor() + ", has no link"));
        }
        List<Stored> found =
                invoices
                        .alike(company, Map.of(names.of("supplier"), supplier, names.of("number"), bill.number()))
                        .stream()
                        .filter(row -> !CANCELLED.equals(row.text(STATE)))
                        .toList();
        if (found.size() > 1) {
            throw EndedException.rejected(bill.key() + " fits more than one supplier invoice with the number '"
                    + bill.number() + "' of supplier " + supplier + ": "
                    + String.join(", ", found.stream().map(Stored::id).toList()));
        }
        return found.stream()
                .findFirst()
                .map(Stored::id)
                .orElseThrow(() -> EndedException.with(Deferred.unmatched(
                        bill.vendor(),
                        "unmatched: supplier " + supplier + " has no invoice with the number '" + bill.number()
                                + "' of " + bill.key())));
    }

    @Override
    public Lookup find(Write<Bill> write) {
        try {
            return write.match(new Write.Cases<Bill, Lookup>() {
                @Override
                public Lookup create(Write.Create<Bill> create) {
                    return found(invoice(create.record(), create.references()), marks(create.record()));
                }

                @Override
                public Lookup update(Write.Update<Bill> update) {
                    return found(update.target().id(), marks(update.record()));
                }

                @Override
                public Lookup remove(Write.Remove<Bill> remove) {
                    return found(remove.target().id(), cleared());
                }
            });
        } catch (EndedException e) {
            return Lookup.ABSENT; // what does not match is not written either
        } catch (ConfigurationException e) {
            throw stopping(e);
        }
    }

    private Lookup found(String id, Map<String, @Nullable Object> marks) {
        return changer.holds(company, id, row -> marks) ? new Lookup.Found(TargetRef.of(id)) : Lookup.ABSENT;
    }

    private static UnavailableException stopping(ConfigurationException fault) {
        return new UnavailableException(String.valueOf(fault.getMessage()), Details.NONE, fault);
    }
}
