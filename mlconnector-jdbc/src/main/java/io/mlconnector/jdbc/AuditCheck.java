package io.mlconnector.jdbc;

import io.mlconnector.spi.AuditChain;
import io.mlconnector.spi.AuditEntry;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Walks an audit log in its order, keeping one hash, and names the first fault. */
final class AuditCheck {

    private long last;
    private String lastHash = AuditChain.START;
    private @Nullable String fault;

    Optional<String> fault() {
        return Optional.ofNullable(fault);
    }

    void next(long sequence, String hash, AuditEntry entry) {
        if (missing(sequence)) {
            return;
        }
        if (!AuditChain.hash(lastHash, sequence, entry).equals(hash)) {
            fault = "audit entry " + sequence + " was altered or moved";
        }
        last = sequence;
        lastHash = hash;
    }

    void unreadable(long sequence) {
        if (!missing(sequence)) {
            fault = "audit entry " + sequence + " was altered: it cannot be read";
        }
    }

    private boolean missing(long sequence) {
        if (sequence == last + 1) {
            return false;
        }
        fault = sequence > last
                ? "audit entry " + (last + 1) + " was removed or moved"
                : "audit entry " + sequence + " was moved";
        return true;
    }

    Optional<String> end(long headSequence, String headHash) {
        if (fault == null && last < headSequence) {
            fault = "audit entry " + (last + 1) + " was removed: the log had " + headSequence + " entries";
        } else if (fault == null && last > headSequence) {
            fault = "audit entry " + (headSequence + 1) + " was added past the end of the log";
        } else if (fault == null && !lastHash.equals(headHash)) {
            fault = "audit entry " + last + " was altered: the head of the log has another hash";
        }
        return fault();
    }

    Optional<String> endWithoutHead() {
        if (fault == null) {
            fault = "the head of the audit log was removed, after entry " + last;
        }
        return fault();
    }
}
