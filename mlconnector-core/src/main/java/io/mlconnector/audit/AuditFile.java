package io.mlconnector.audit;

import io.mlconnector.spi.AuditCheck;
import io.mlconnector.spi.AuditMark;
import io.mlconnector.spi.AuditReceipt;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a walk through an exported file has found. Of the file it keeps one line at a time. */
final class AuditFile {

    private long lines;
    private @Nullable AuditMark start;
    private @Nullable AuditCheck check;
    private @Nullable String fault;

    private AuditFile() {}

    static AuditFile read(Reader reader) throws IOException {
        var file = new AuditFile();
        var lines = new BufferedReader(reader);
        String line = lines.readLine();
        while (line != null && file.fault == null) {
            file.next(line);
            line = lines.readLine();
        }
        return file;
    }

    private void next(String text) {
        lines++;
        AuditLine line;
        try {
            line = AuditLine.parse(text);
        } catch (IllegalArgumentException e) {
            fault = "line " + lines + " was altered: " + e.getMessage();
            return;
        }
        AuditCheck walk = check;
        if (walk == null) {
            start = new AuditMark(line.sealed().sequence() - 1, line.previous());
            walk = new AuditCheck(start);
            check = walk;
        }
        AuditMark last = walk.last();
        walk.next(line.sealed());
        walk.fault().ifPresent(reason -> fault = "line " + lines + ": " + reason);
        if (fault == null && !line.previous().equals(last.hash())) {
            fault = "line " + lines + " was altered: it names another predecessor";
        }
    }

    Optional<String> fault() {
        return Optional.ofNullable(fault);
    }

    Optional<String> faultAgainst(AuditReceipt exported) {
        if (fault != null) {
            return fault();
        }
        AuditMark from = start == null ? exported.from() : start;
        AuditMark to = check == null ? exported.from() : check.last();
        if (from.sequence() > exported.from().sequence()) {
            return Optional.of("line 1: audit entry " + (exported.from().sequence() + 1) + " was removed before it");
        }
        if (!from.equals(exported.from())) {
            return Optional.of("line 1: audit entry " + (from.sequence() + 1) + " was added, or follows another entry");
        }
        if (to.sequence() < exported.to().sequence()) {
            return Optional.of("line " + (lines + 1) + " is missing: audit entry " + (to.sequence() + 1)
                    + " was removed, the file ended with entry " + exported.to().sequence());
        }
        if (!to.equals(exported.to())) {
            return Optional.of("line " + lines + ": audit entry " + to.sequence() + " was added or is another one");
        }
        return Optional.empty();
    }

    AuditReceipt receipt() {
        if (fault != null) {
            throw new IllegalArgumentException(fault);
        }
        if (start == null || check == null) {
            throw new IllegalArgumentException("the file holds no audit entry");
        }
        return new AuditReceipt(start, check.last());
    }
}
