package io.mlconnector.engine.simulation;

import io.mlconnector.model.BusinessRecord;
import io.mlconnector.model.RecordKey;
import io.mlconnector.spi.Endpoint;

/** One kind of record, on both sides. Its flow has the same name. */
record Entity<T extends BusinessRecord>(String name, Class<T> type, ChangeLog<T> log, Documents<T> documents) {

    Endpoint target() {
        return new Endpoint("bank", name);
    }

    RecordKey key(String id) {
        return Records.key(name, id);
    }
}
