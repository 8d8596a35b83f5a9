package io.mlconnector.engine.simulation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mlconnector.engine.PassingLedger;
import io.mlconnector.http.FrontierCursor;
import io.mlconnector.http.FrontierSet;
import io.mlconnector.http.FrontierWindow;
import io.mlconnector.model.BusinessRecord;
import io.mlconnector.spi.Lease;
import io.mlconnector.spi.Ledger;
import io.mlconnector.spi.LedgerException;
import io.mlconnector.spi.LedgerTransaction;
import io.mlconnector.spi.Page;
import io.mlconnector.spi.Position;
import io.mlconnector.spi.Sink;
import io.mlconnector.spi.Source;
import io.mlconnector.spi.Write;
import io.mlconnector.spi.WriteOutcome;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Defects that engines and adapters of this kind have had. */
final class Plants {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Plants() {}

    /** The position is saved as soon as a page has arrived. */
    static final class PositionBeforeSettle implements Plant {

        private final Map<String, Lease> leases = new HashMap<>();
        private @Nullable Ledger ledger;

        @Override
        public Ledger ledger(Ledger honest) {
            ledger = honest;
            return new PassingLedger(honest) {
                @Override
                public Lease acquire(String flow) {
                    Lease lease = super.acquire(flow);
                    leases.put(flow, lease);
                    return lease;
                }
            };
        }

        @Override
        public <T extends BusinessRecord> Source<T> source(String flow, Source<T> honest, InstantSource clock) {
            return new PassingSource<>(honest) {
                @Override
                public Page<T> poll(Position from) {
                    Page<T> page = super.poll(from);
                    Lease lease = leases.get(flow);
                    if (lease != null && ledger != null) {
                        ledger.inTransaction(lease, tx -> {
                            tx.positions().save(flow, page.next());
                            return page;
                        });
                    }
                    return page;
                }
            };
        }
    }

    /** The time filter says "later than" where it should say "not earlier than". */
    static final class StrictTimeFilter implements Plant {

        @Override
        public <R> FrontierSet<R, Instant> set(FrontierSet<R, Instant> honest) {
            return new PassingSet<>(honest) {
                @Override
                public List<R> pageByStamp(
                        FrontierWindow<Instant> window, @Nullable FrontierCursor<Instant> after, int size) {
                    Instant from = after == null ? window.from() : after.stamp();
                    return super.pageByStamp(new FrontierWindow<>(from, false, window.to()), null, size);
                }
            };
        }
    }

    /** Nothing is read twice, as if every change were visible at once. */
    static final class NoOverlap implements Plant {

        @Override
        public Duration overlap(Duration honest) {
            return Duration.ZERO;
        }
    }

    /** The watermark after an empty page is the time here. */
    static final class NowAsWatermark implements Plant {

        @Override
        public <T extends BusinessRecord> Source<T> source(String flow, Source<T> honest, InstantSource clock) {
            return new PassingSource<>(honest) {
                @Override
                public Page<T> poll(Position from) {
                    Page<T> page = super.poll(from);
                    return page.last() && page.size() == 0 && !page.next().isStart()
                            ? Page.of(page.changes(), atNow(page.next(), clock), true)
                            : page;
                }
            };
        }

        private static Position atNow(Position position, InstantSource clock) {
            try {
                ObjectNode json = (ObjectNode) JSON.readTree(position.value());
                return new Position(
                        json.put("watermark", clock.instant().toString()).toString());
            } catch (JsonProcessingException e) {
                throw new IllegalArgumentException(e);
            }
        }
    }

    /** A write without an answer is sent again at once. */
    static final class BlindRetry implements Plant {

        @Override
        public <T extends BusinessRecord> Sink<T> sink(Sink<T> honest) {
            return new PassingSink<>(honest) {
                @Override
                public List<WriteOutcome> write(List<Write<T>> batch) {
                    var outcomes = new ArrayList<WriteOutcome>(super.write(batch));
                    for (int i = 0; i < outcomes.size(); i++) {
                        if (outcomes.get(i) instanceof WriteOutcome.Ambiguous) {
                            outcomes.set(i, super.write(List.of(batch.get(i))).get(0));
                        }
                    }
                    return outcomes;
                }
            };
        }
    }

    /** A write without an answer is looked up at once. */
    static final class EarlyLookUp implements Plant {

        @Override
        public <T extends BusinessRecord> Sink<T> sink(Sink<T> honest) {
            return new PassingSink<>(honest) {
                @Override
                public Duration settleTime() {
                    return Duration.ZERO;
                }
            };
        }
    }

    /** The store takes writes under a lease that is not the newest. */
    static final class StaleEpochAccepted implements Plant {

        private final Map<String, Lease> newest = new HashMap<>();

        @Override
        public Ledger store(Ledger honest) {
            return new PassingLedger(honest) {
                @Override
                public Lease acquire(String flow) {
                    Lease lease = super.acquire(flow);
                    newest.put(flow, lease);
                    return lease;
                }

                @Override
                public void check(Lease lease) {
                    super.check(newest.getOrDefault(lease.flow(), lease));
                }

                @Override
                public <R> R inTransaction(Lease lease, Function<LedgerTransaction, R> work) {
                    return super.inTransaction(newest.getOrDefault(lease.flow(), lease), work);
                }
            };
        }
    }

    /** A transaction that was rolled back counts like one that was committed. */
    static final class RollbackIgnored implements Plant {

        @Override
        public Ledger ledger(Ledger honest) {
            return new PassingLedger(honest) {
                @Override
                public <R> R inTransaction(Lease lease, Function<LedgerTransaction, R> work) {
                    var worked = new ArrayList<R>(1);
                    try {
                        return super.inTransaction(lease, tx -> {
                            R result = work.apply(tx);
                            worked.add(result);
                            return result;
                        });
                    } catch (LedgerException e) {
                        if (worked.isEmpty()) {
                            throw e;
                        }
                        return worked.get(0);
                    }
                }
            };
        }
    }
}
