package io.mlconnector.ifs;

import io.mlconnector.http.OutcomeUnknownException;
import io.mlconnector.ifs.WritableSet.Stored;
import io.mlconnector.model.Bill;
import io.mlconnector.spi.AuthenticationException;
import io.mlconnector.spi.ConfigurationException;
import io.mlconnector.spi.Lineage;
import io.mlconnector.spi.Lookup;
import io.mlconnector.spi.MappingException;
import io.mlconnector.spi.MlConnectorException.Details;
import io.mlconnector.spi.Sink;
import io.mlconnector.spi.TargetRef;
import io.mlconnector.spi.UnavailableException;
import io.mlconnector.spi.Write;
import io.mlconnector.spi.WriteOutcome;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Posts approved bills as supplier invoices with their lines, a posting proposal where wanted, and a voucher. Each row of that
 * can be found again, so a bill that was posted in part is completed and never posted twice.
 */
final class BillSink implements Sink<Bill> {

    private static final int LOCKS = 64;

    private final BillSettings settings;
    private final BillPlanner planner;
    private final BillDocuments documents;
    private final BillCorrection correction;
    private final Lock[] locks = new Lock[LOCKS];

    BillSink(BillSettings settings, BillPlanner planner, BillDocuments documents, BillCorrection correction) {
        this.settings = settings;
        this.planner = planner;
        this.documents = documents;
        this.correction = correction;
        for (int at = 0; at < LOCKS; at++) {
            locks[at] = new ReentrantLock();
        }
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
        return documents.lineage();
    }

    @Override
    public List<WriteOutcome> write(List<Write<Bill>> batch) {
        return batch.stream().map(this::write).toList();
    }

    private WriteOutcome write(Write<Bill> write) {
        var progress = new Progress();
        try {
            return write.match(new Write.Cases<Bill, WriteOutcome>() {
                @Override
                public WriteOutcome create(Write.Create<Bill> create) {
                    return post(create, progress);
                }

                @Override
                public WriteOutcome update(Write.Update<Bill> update) {
                    return correction.update(update, progress);
                }

                @Override
                public WriteOutcome remove(Write.Remove<Bill> remove) {
                    return new WriteOutcome.Rejected(
                            remove.key() + " is gone at its source, and its supplier invoice "
                                    + remove.target().id() + " is posted: cancel it in IFS",
                            null);
                }
            });
        } catch (EndedException e) {
            return ended(write, e.outcome(), progress);
        } catch (MappingException e) {
            return ended(write, new WriteOutcome.Rejected(write.key() + ": " + e.getMessage(), null), progress);
        } catch (OutcomeUnknownException e) {
            return new WriteOutcome.Ambiguous(progress.told() + e.evidence());
        } catch (ConfigurationException e) {
            UnavailableException stop = stopping(e);
            if (!progress.begun()) {
                throw stop;
            }
            return new WriteOutcome.Ambiguous(progress.told() + stop.getMessage());
        } catch (UnavailableException | AuthenticationException e) {
            if (!progress.begun()) {
                throw e;
            }
            return new WriteOutcome.Ambiguous(progress.told() + e.getMessage());
        }
    }

    /** A refusal after a part was written: a replay goes on from there. Anything that passes is looked up at once. */
    private static WriteOutcome ended(Write<Bill> write, WriteOutcome outcome, Progress progress) {
        if (!progress.begun()) {
            return outcome;
        }
        if (outcome instanceof WriteOutcome.Rejected rejected) {
            return new WriteOutcome.Rejected(
                    rejected.reason() + "; " + progress.told() + "a replay of " + write.key() + " completes it",
                    rejected.requestId());
        }
        return new WriteOutcome.Ambiguous(progress.told() + outcome);
    }

    private WriteOutcome post(Write.Create<Bill> create, Progress progress) {
        BillIdentity identity = planner.identify(create.record(), create.references());
        if (identity.supplier() == null) {
            planner.plan(identity); // says what is wrong, or what it waits for
        }
        Lock lock = locks[
                Math.floorMod(
                        (identity.company() + "|" + identity.supplier() + "|"
                                        + identity.bill().number())
                                .hashCode(),
                        LOCKS)];
        lock.lock();
        try {
            Stored invoice = documents.invoice(identity);
            if (invoice != null && documents.isAdopted(invoice)) {
                return new WriteOutcome.Applied(new TargetRef(invoice.id(), invoice.version()), null);
            }
            if (invoice != null && documents.missing(identity, invoice).isEmpty()) {
                return new WriteOutcome.Applied(new TargetRef(invoice.id(), invoice.version()), null);
            }
            if (invoice != null) {
                progress.note("the supplier invoice " + invoice.id() + " is there, but not all of it");
            }
            Stored posted = documents.post(planner.plan(identity), invoice, progress);
            return new WriteOutcome.Applied(new TargetRef(posted.id(), posted.version()), posted.requestId());
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Lookup find(Write<Bill> write) {
        try {
            return write.match(new Write.Cases<Bill, Lookup>() {
                @Override
                public Lookup create(Write.Create<Bill> create) {
                    return find(planner.identify(create.record(), create.references()));
                }

                @Override
                public Lookup update(Write.Update<Bill> update) {
                    return correction.find(update);
                }

                @Override
                public Lookup remove(Write.Remove<Bill> remove) {
                    return Lookup.ABSENT;
                }
            });
        } catch (EndedException | MappingException e) {
            return new Lookup.CannotTell(write.key() + ": " + e.getMessage());
        } catch (ConfigurationException e) {
            throw stopping(e);
        }
    }

    private Lookup find(BillIdentity identity) {
        if (identity.supplier() == null) {
            return Lookup.ABSENT; // without a supplier nothing is written
        }
        Stored invoice;
        try {
            invoice = documents.invoice(identity);
        } catch (EndedException e) {
            return Lookup.ABSENT; // the number is taken by something else
        }
        if (invoice == null) {
            return Lookup.ABSENT;
        }
        var target = new TargetRef(invoice.id(), invoice.version());
        String missing = documents.isAdopted(invoice) ? "" : documents.missing(identity, invoice);
        return missing.isEmpty()
                ? new Lookup.Found(target)
                : new Lookup.Partial(target, "the supplier invoice " + invoice.id() + " is there, " + missing);
    }

    /** A set that is not there or not granted stops the flow: no other record would fare better. */
    private static UnavailableException stopping(ConfigurationException fault) {
        return new UnavailableException(String.valueOf(fault.getMessage()), Details.NONE, fault);
    }

    /** How far one posting has come. For one thread. */
    static final class Progress {

        private @Nullable String last;

        void note(String done) {
            last = done;
        }

        boolean begun() {
            return last != null;
        }

        String told() {
            return last == null ? "" : last + "; ";
        }
    }
}
