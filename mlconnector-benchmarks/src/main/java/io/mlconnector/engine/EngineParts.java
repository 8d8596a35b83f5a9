package io.mlconnector.engine;

import io.mlconnector.model.BusinessRecord;
import io.mlconnector.spi.Change;
import io.mlconnector.spi.Fingerprint;
import io.mlconnector.spi.Ledger;
import io.mlconnector.spi.Page;
import io.mlconnector.spi.Position;
import io.mlconnector.spi.Source;
import java.util.List;
import java.util.function.Consumer;

/** The parts of the engine that are measured by themselves. */
public final class EngineParts {

    private EngineParts() {}

    /** Hashes records. For one thread. */
    public static final class Hasher {

        private final Fingerprinter fingerprinter = new Fingerprinter();

        /** Creates a hasher. */
        public Hasher() {}

        /** Returns the hash of the whole record, as the planner asks for it first. */
        public long whole(BusinessRecord record) {
            return fingerprinter.hash(record);
        }

        /** Returns the fingerprint with a hash for each field, as it is stored. */
        public Fingerprint fingerprint(BusinessRecord record) {
            return fingerprinter.of(record);
        }
    }

    /** Plans one page of a flow against a ledger, again and again. For one thread. */
    public static final class PagePlanner<T extends BusinessRecord> {

        private final Planner<T> planner;
        private final List<Candidate<T>> page;

        /** Creates a planner. */
        public PagePlanner(Flow<T> flow, Ledger ledger, List<Change<T>> page) {
            this.planner = new Planner<>(flow, ledger, null);
            this.page = page.stream().map(Candidate::read).toList();
        }

        /** Returns for how many changes of the page something is to be done. */
        public int plan() {
            return planner.plan(page).found().size();
        }
    }

    /** Hands over all pages of a source, the next one being on its way while one is worked on. */
    public static <T extends BusinessRecord> void pump(Source<T> source, Consumer<Page<T>> work) {
        try (PageAhead<T> pages = new PageAhead<>("benchmark", source, Position.START, Workers.DAEMONS)) {
            Page<T> page;
            do {
                page = pages.next();
                work.accept(page);
            } while (!page.last());
        }
    }
}
