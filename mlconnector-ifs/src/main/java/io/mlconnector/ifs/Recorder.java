package io.mlconnector.ifs;

import io.mlconnector.http.HttpAnswer;
import java.util.List;
import java.util.Map;

/** A form in which entries are kept at an invoice. Safe for threads. */
interface Recorder {

    /** The columns of the invoice that hold what is kept; read where the set has them. */
    List<String> columns();

    /** Whether a write goes by the version of the invoice's row. */
    boolean isVersioned();

    /** Where it writes. */
    SetPath path(Receivable invoice);

    /** Which column is made of what, for the audit. */
    Map<String, String> rules();

    /** Reads what is kept at an invoice. */
    Recording open(Receivable invoice);

    /** What is kept at one invoice. For one thread. */
    interface Recording {

        Entries entries();

        /** Asks for one more entry to be kept. The answer may be a refusal. */
        HttpAnswer add(Posting posting);
    }
}
