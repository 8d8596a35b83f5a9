package io.mlconnector.stampli;

import io.mlconnector.spi.MlConnectorException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts away files that were read, acknowledges them, and finds them again. What fails here is tried again by a later pass. */
final class Filing {

    private static final Logger LOG = LoggerFactory.getLogger(Filing.class);
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("uuuu/MM/dd").withZone(ZoneOffset.UTC);
    private static final int MOST_OF_ONE_NAME = 99;

    private final String connection;
    private final FileRules rules;
    private final Set<String> refused = ConcurrentHashMap.newKeySet();

    Filing(String connection, FileRules rules) {
        this.connection = connection;
        this.rules = rules;
    }

    /**
     * A file that is settled.
     *
     * @param name as Stampli gave it
     * @param file as it lies there
     * @param failed whether it could not be read
     * @param acks its acknowledgement; null if there is none
     */
    record Finished(
            String name,
            RemoteFile file,
            boolean failed,
            @Nullable AckRows acks) {}

    boolean does(Finished finished) {
        return finished.acks() != null || target(finished.failed()) != null;
    }

    void put(SftpClient client, List<Finished> files) {
        List<Finished> work = files.stream().filter(this::does).toList();
        if (work.isEmpty()) {
            return;
        }
        try (SftpSession session = client.open()) {
            work.forEach(file -> put(session, file));
        } catch (MlConnectorException e) {
            LOG.warn("{}: {} files are not put away yet: {}", connection, work.size(), e.getMessage());
        }
    }

    void put(SftpSession session, Finished finished) {
        acknowledge(session, finished);
        String target = target(finished.failed());
        if (target != null) {
            move(session, finished, target + "/" + day(finished.file().modified()));
        }
    }

    private @Nullable String target(boolean failed) {
        return failed ? rules.error() : rules.archive();
    }

    private static String day(long modified) {
        return DAY.format(Instant.ofEpochSecond(modified));
    }

    private void acknowledge(SftpSession session, Finished finished) {
        String directory = rules.acks();
        AckRows acks = finished.acks();
        if (directory == null || acks == null) {
            return;
        }
        String name = "ack_" + plain(finished.name()) + ".csv";
        try (acks;
                InputStream content = acks.content()) {
            session.makeDirectories(directory);
            session.write(directory, name, content);
        } catch (IOException e) {
            warn("acks", "the acknowledgement " + name + " cannot be written: " + SftpSession.reason(e));
        }
    }

    /** The name without the endings of its format. */
    private static String plain(String name) {
        String unpacked = FileText.packed(name) ? name.substring(0, name.length() - 3) : name;
        int dot = unpacked.lastIndexOf('.');
        return dot > 0 ? unpacked.substring(0, dot) : unpacked;
    }

    private void move(SftpSession session, Finished finished, String directory) {
        try {
            session.makeDirectories(directory);
            move(session, finished.file().path(), directory, finished.name());
        } catch (IOException e) {
            warn(
                    "move",
                    finished.file().path() + " cannot be moved to " + directory + " and stays, which does no harm: "
                            + SftpSession.reason(e));
            return;
        }
        if (rules.completeness() == Completeness.MARKER) {
            String marker = finished.name() + Inbox.MARKER;
            try {
                move(session, rules.directory() + "/" + marker, directory, marker);
            } catch (IOException e) {
                warn("marker", marker + " cannot be moved: " + SftpSession.reason(e));
            }
        }
    }

    private static void move(SftpSession session, String from, String directory, String name) throws IOException {
        IOException last = null;
        for (int number = 1; number <= MOST_OF_ONE_NAME; number++) {
            String target = numbered(name, number);
            if (session.find(directory, target).isPresent()) {
                continue;
            }
            try {
                session.rename(from, directory + "/" + target);
                return;
            } catch (IOException e) {
                last = e;
                if (session.find(directory, target).isEmpty()) {
                    throw e; // nobody took the name, so another one would fail too
                }
            }
        }
        throw last == null
                ? new IOException("all names up to " + numbered(name, MOST_OF_ONE_NAME) + " are taken")
                : last;
    }

    private static String numbered(String name, int number) {
        return number == 1 ? name : name + "~" + number;
    }

    /** An account that may not move files says so every time, so it is told once. */
    private void warn(String what, String message) {
        if (refused.add(what)) {
            LOG.warn("{}: {}", connection, message);
        } else {
            LOG.debug("{}: {}", connection, message);
        }
    }

    /** Finds a file by its name and content, wherever it was put. */
    Optional<Spool> find(SftpSession session, String name, FileNote note, String claimedName) throws IOException {
        for (RemoteFile candidate : candidates(session, name, note, claimedName)) {
            Spool spool = session.fetch(candidate);
            if (spool.sha256().startsWith(note.sha256())) {
                return Optional.of(spool);
            }
            spool.close();
        }
        return Optional.empty();
    }

    private List<RemoteFile> candidates(SftpSession session, String name, FileNote note, String claimedName) {
        var found = new ArrayList<RemoteFile>();
        session.find(rules.directory(), name).ifPresent(found::add);
        session.find(rules.directory(), claimedName).ifPresent(found::add);
        for (String moved : new String[] {rules.archive(), rules.error()}) {
            if (moved == null) {
                continue;
            }
            String directory = moved + "/" + day(note.modified());
            for (int number = 1; number <= MOST_OF_ONE_NAME; number++) {
                Optional<RemoteFile> file = session.find(directory, numbered(name, number));
                if (file.isEmpty()) {
                    break;
                }
                found.add(file.get());
            }
        }
        found.removeIf(file -> file.size() != note.size());
        return found;
    }
}
