package io.mlconnector.benchmarks;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.mlconnector.model.Invoice;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;

/** A way that ends as is usual: JSON of the record for SHA-256, a map and {@link java.net.URLEncoder} for the form. */
abstract class IdiomaticWay implements Way {

    private final MessageDigest digest = Sha256.digest();

    @Override
    public long fingerprint(Invoice invoice) {
        try {
            return ByteBuffer.wrap(digest.digest(RecordJson.of(invoice))).getLong();
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public byte[] form(Invoice invoice) {
        return IdiomaticForm.of(invoice);
    }
}
