package io.mlconnector.stampli;

import io.mlconnector.spi.Finding;
import io.mlconnector.spi.MlConnectorException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Looks whether the server is the right one, lets the account in, and has the directories. Only reads. */
final class StampliCheck {

    private static final int MOST_NAMES = 5;

    private final SftpClient client;
    private final Map<String, FileDesk<?>> desks;

    StampliCheck(SftpClient client, Map<String, FileDesk<?>> desks) {
        this.client = client;
        this.desks = desks;
    }

    List<Finding> run(Set<String> entities) {
        var findings = new ArrayList<Finding>();
        try (SftpSession session = client.open()) {
            findings.add(Finding.ok("connection", client + " has the pinned host key and lets the account in"));
            desks.forEach((entity, desk) -> {
                if (entities.contains(entity)) {
                    look(session, entity, desk.rules(), findings);
                }
            });
        } catch (MlConnectorException e) {
            findings.add(Finding.failed("connection", String.valueOf(e.getMessage())));
        }
        return findings;
    }

    private static void look(SftpSession session, String entity, FileRules rules, List<Finding> findings) {
        List<RemoteFile> files;
        try {
            files = session.list(rules.directory());
        } catch (MlConnectorException e) {
            findings.add(Finding.failed(entity + ".directory", String.valueOf(e.getMessage())));
            return;
        }
        List<String> other = files.stream()
                .filter(file -> file.kind() == RemoteFile.Kind.FILE)
                .map(RemoteFile::name)
                .filter(name -> !rules.pattern().matcher(name).matches() && !name.endsWith(Inbox.MARKER))
                .toList();
        long matching = files.stream()
                .filter(file -> rules.pattern().matcher(file.name()).matches())
                .count();
        findings.add(Finding.ok(entity + ".directory", rules.directory() + " holds " + matching + " files to read"));
        if (!other.isEmpty()) {
            findings.add(Finding.warning(
                    entity + ".pattern",
                    other.size() + " files do not match the pattern and are not read, such as "
                            + String.join(", ", other.subList(0, Math.min(MOST_NAMES, other.size())))));
        }
        lookFor(session, entity + ".archive", rules.archive(), findings);
        lookFor(session, entity + ".error", rules.error(), findings);
        lookFor(session, entity + ".acks", rules.acks(), findings);
    }

    private static void lookFor(
            SftpSession session, String subject, @Nullable String directory, List<Finding> findings) {
        if (directory == null) {
            return;
        }
        try {
            session.list(directory);
            findings.add(Finding.ok(subject, directory + " is there"));
        } catch (MlConnectorException e) {
            findings.add(Finding.warning(
                    subject, directory + " cannot be listed; it is created if the account may: " + e.getMessage()));
        }
    }
}
