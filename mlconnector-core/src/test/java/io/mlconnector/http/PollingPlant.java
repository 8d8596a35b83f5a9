package io.mlconnector.http;

import io.mlconnector.http.RemoteTable.Row;
import java.time.Instant;

/** A defect, planted around a frontier; each method may put something between it and the honest part. */
interface PollingPlant {

    /** No defect. */
    PollingPlant NONE = new PollingPlant() {};

    default FrontierSet<Row, Instant> set(FrontierSet<Row, Instant> honest) {
        return honest;
    }

    default StampKind<Instant> kind(StampKind<Instant> honest) {
        return honest;
    }

    /** What a poll returns; {@code table} tells what the server's clock says. */
    default FrontierPage<Row> page(FrontierPage<Row> honest, int size, RemoteTable table) {
        return honest;
    }

    /** Where the next poller goes on when one has died. */
    default String resumed(String saved, String polled) {
        return saved;
    }
}
