package io.mlconnector.stampli;

import io.mlconnector.mapping.Row;
import io.mlconnector.model.Bill;
import io.mlconnector.model.BusinessRecord;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * All that reads the files of one entity, put together. Safe for threads.
 *
 * @param <T> the kind of record
 * @param client opens sessions
 * @param rules where the files are
 * @param contract what they hold
 * @param format how they are opened
 * @param inbox takes them out
 * @param filing puts them away
 * @param orders the purchase orders that bills are compared with
 * @param corrections what happens to bills that come again
 * @param settings of the connection
 * @param style a text that differs where files would be read in another way
 * @param pageSize how many documents a page holds at most
 * @param clock tells the time
 */
record FileDesk<T extends BusinessRecord>(
        SftpClient client,
        FileRules rules,
        FileContract<T> contract,
        FileFormat format,
        Inbox inbox,
        Filing filing,
        OrderFiles orders,
        Corrections corrections,
        StampliSettings settings,
        String style,
        int pageSize,
        InstantSource clock) {

    @SuppressWarnings("unchecked") // bills alone have a contract of bills
    Acceptance<T> acceptance(Function<RecordNote.Place, Optional<T>> earlier) {
        if (contract.type() != Bill.class) {
            return Acceptance.newest();
        }
        Function<RecordNote.Place, Optional<Bill>> bills =
                place -> earlier.apply(place).map(Bill.class::cast);
        return (Acceptance<T>) new BillAcceptance(corrections, orders.known(), bills);
    }

    void beginPass() {
        if (contract.type() == Bill.class) {
            orders.refresh(client);
        }
    }

    FileFormat.Verdict look(String name, Spool spool, int rowsExpected) throws IOException, IncompleteFileException {
        return format.look(name, spool, rules.completeness() == Completeness.TRAILER, rowsExpected);
    }

    DocumentReader open(String name, Spool spool, FileFormat.Verdict verdict) throws IOException {
        return format.open(name, spool, verdict.charset());
    }

    FileNote note(FileNote.State state, Delivery delivery) {
        return new FileNote(
                state,
                delivery.file().size(),
                delivery.file().modified(),
                delivery.sha256(),
                style,
                clock.instant().toEpochMilli());
    }

    /** Remembers under which key an invoice of Stampli's was delivered. */
    void delivered(T record, FileMemory memory) {
        if (record instanceof Bill bill && !BillAcceptance.stampliId(bill).isEmpty()) {
            memory.noteInvoice(
                    BillAcceptance.company(bill),
                    BillAcceptance.stampliId(bill),
                    bill.key().id());
        }
    }

    @Nullable AckRows acks(String name) {
        return rules.acks() == null ? null : new AckRows(name, settings.spoolDirectory(), clock);
    }

    void acknowledge(AckRows acks, Document document, AckRows.Result result, List<String> faults) {
        acks.add(
                text(document.row(), "invoice_id"),
                text(document.row(), contract.keys().get(contract.keys().size() - 1)),
                result,
                String.join("; ", faults));
    }

    private @Nullable String text(Row row, String column) {
        return contract.layout().paths().contains(column)
                ? row.text(contract.layout().slot(column))
                : null;
    }
}
