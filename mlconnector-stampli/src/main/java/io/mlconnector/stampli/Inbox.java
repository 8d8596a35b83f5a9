package io.mlconnector.stampli;

import io.mlconnector.spi.AuthenticationException;
import io.mlconnector.spi.MlConnectorException.Details;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The directory that Stampli writes to: tells which files are whole and new, and takes them out. For one thread. */
final class Inbox {

    static final String MARKER = ".done";

    private static final Logger LOG = LoggerFactory.getLogger(Inbox.class);
    private static final List<String> NEVER = List.of(".tmp", ".part", ".filepart", ".uploading", ".swp", "~", MARKER);
    private static final String PROCESSING = ".processing-";
    private static final int MOST_AT_ONCE = 16;
    private static final long MOST_BYTES_AT_ONCE = 64L << 20;
    private static final int LONGEST_MARKER = 65_536;

    private final String connection;
    private final FileRules rules;
    private final String style;
    private final String node;
    private final InstantSource clock;
    private final Set<String> warned = ConcurrentHashMap.newKeySet();

    Inbox(String connection, FileRules rules, String style, String node, InstantSource clock) {
        this.connection = connection;
        this.rules = rules;
        this.style = style;
        this.node = node;
        this.clock = clock;
    }

    /**
     * What a listing shows.
     *
     * @param ready files that are whole and new, in the order in which they are read
     * @param finished files that are done or failed and still lie there
     */
    record Listing(List<Found> ready, List<Found> finished, Map<String, RemoteFile> all) {}

    /**
     * A file of a listing.
     *
     * @param name as Stampli gave it
     * @param file as it lies there
     * @param failed whether it could not be read when it was tried
     */
    record Found(String name, RemoteFile file, boolean failed) {}

    Listing list(SftpSession session, FileMemory memory, @Nullable String behind) {
        var all = new LinkedHashMap<String, RemoteFile>();
        session.list(rules.directory()).forEach(file -> all.put(file.name(), file));
        var ready = new ArrayList<Found>();
        var finished = new ArrayList<Found>();
        FileOrder from = behind == null ? null : FileOrder.of(rules.pattern(), behind);
        for (RemoteFile listed : all.values()) {
            String name = original(listed.name());
            if (!eligible(name, listed)) {
                continue;
            }
            RemoteFile file = listed.kind() == RemoteFile.Kind.LINK ? session.followed(listed) : listed;
            if (file.kind() != RemoteFile.Kind.FILE || (file.size() == 0 && !rules.acceptEmpty())) {
                continue;
            }
            Optional<FileNote> note = memory.file(name).filter(known -> known.of(file));
            if (note.isPresent() && isFinished(note.get())) {
                finished.add(new Found(name, file, note.get().state() == FileNote.State.FAILED));
            } else if ((from == null || FileOrder.of(rules.pattern(), name).compareTo(from) > 0)
                    && isWhole(name, file, note.orElse(null), all, memory)) {
                ready.add(new Found(name, file, false));
            }
        }
        ready.sort(Comparator.comparing(found -> FileOrder.of(rules.pattern(), found.name())));
        return new Listing(ready, finished, all);
    }

    private boolean isFinished(FileNote note) {
        // a file that could not be read is tried again once it would be read in another way
        return note.state() == FileNote.State.DONE
                || (note.state() == FileNote.State.FAILED && note.style().equals(style));
    }

    /** Returns the name that a file had before this process claimed it. */
    private String original(String name) {
        String suffix = PROCESSING + node;
        return name.endsWith(suffix) ? name.substring(0, name.length() - suffix.length()) : name;
    }

    /** Returns the name that a file has while this process reads it. */
    String claimed(String name) {
        return name + PROCESSING + node;
    }

    private boolean eligible(String name, RemoteFile file) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (file.kind() == RemoteFile.Kind.DIRECTORY) {
            return false;
        }
        if (isDangerous(name)) {
            warnOnce(name, "its name leads out of the directory or holds control characters");
            return false;
        }
        if (lower.startsWith(".")
                || NEVER.stream().anyMatch(lower::endsWith)
                || lower.contains(PROCESSING)
                || !rules.pattern().matcher(name).matches()) {
            return false;
        }
        if (file.kind() == RemoteFile.Kind.LINK && !rules.followLinks()) {
            warnOnce(name, "it is a symbolic link, and followLinks is false");
            return false;
        }
        return true;
    }

    private static boolean isDangerous(String name) {
        return name.contains("/")
                || name.contains("\\")
                || name.chars().anyMatch(Character::isISOControl);
    }

    private boolean isWhole(
            String name, RemoteFile file, @Nullable FileNote note, Map<String, RemoteFile> all, FileMemory memory) {
        if (!file.name().equals(name)) {
            return true; // claimed by this process in an earlier pass
        }
        return switch (rules.completeness()) {
            case RENAME -> true;
            case MARKER -> all.containsKey(name + MARKER);
            case TRAILER -> note == null || note.state() != FileNote.State.SEEN;
            case STABLE -> isStable(name, file, note, memory);
        };
    }

    private boolean isStable(String name, RemoteFile file, @Nullable FileNote note, FileMemory memory) {
        if (rules.stableFor().isZero()) {
            return true;
        }
        long now = clock.instant().toEpochMilli();
        if (note == null || note.state() != FileNote.State.SEEN) {
            noteSeen(name, file, memory);
            return false;
        }
        return now - note.at() >= rules.stableFor().toMillis();
    }

    void noteSeen(String name, RemoteFile file, FileMemory memory) {
        memory.note(
                name,
                new FileNote(
                        FileNote.State.SEEN,
                        file.size(),
                        file.modified(),
                        "",
                        style,
                        clock.instant().toEpochMilli()));
    }

    /**
     * Files that were taken out.
     *
     * @param files in the order in which they are read
     * @param last the last file that was looked at; null if there was none
     * @param more whether others wait behind it
     */
    record Taken(List<Delivery> files, @Nullable String last, boolean more) {}

    /** Takes the next files out, as many as may lie in the spool at once. */
    Taken take(SftpSession session, Listing listing, FileMemory memory) {
        var taken = new ArrayList<Delivery>();
        long bytes = 0;
        String last = null;
        int looked = 0;
        for (Found found : listing.ready()) {
            if (taken.size() == MOST_AT_ONCE
                    || (bytes > 0 && bytes + found.file().size() > MOST_BYTES_AT_ONCE)) {
                break;
            }
            looked++;
            last = found.name();
            Delivery delivery = take(session, found, listing.all(), memory);
            if (delivery != null) {
                taken.add(delivery);
                bytes += found.file().size();
            }
        }
        return new Taken(taken, last, looked < listing.ready().size());
    }

    /** Takes one file out; null if it is not there, or not whole. */
    @Nullable Delivery takeOne(SftpSession session, Listing listing, String name, FileMemory memory) {
        for (Found found : listing.ready()) {
            if (found.name().equals(name)) {
                return take(session, found, listing.all(), memory);
            }
        }
        return null;
    }

    private @Nullable Delivery take(SftpSession session, Found found, Map<String, RemoteFile> all, FileMemory memory) {
        String name = found.name();
        if (found.file().size() > rules.mostBytes()) {
            return Delivery.refused(
                    name,
                    found.file(),
                    name + ": it has " + found.file().size() + " bytes, more than maxFileMiB allows ("
                            + rules.mostBytes() + ")");
        }
        RemoteFile marker = rules.completeness() == Completeness.MARKER ? all.get(name + MARKER) : null;
        Marker promise = Marker.NONE;
        if (marker != null) {
            if (marker.size() > LONGEST_MARKER) {
                return Delivery.refused(name, found.file(), marker.name() + ": a marker must be small");
            }
            promise = Marker.read(session.text(marker));
        }
        RemoteFile file = rules.claim() == Claim.RENAME ? claimed(session, found) : found.file();
        if (file == null) {
            return null;
        }
        Spool spool = session.fetch(file);
        boolean unchanged = session.find(file.directory(), file.name())
                .map(now -> now.kind() == RemoteFile.Kind.LINK ? session.followed(now) : now)
                .filter(now -> now.sameState(file) && spool.size() == file.size())
                .isPresent();
        if (!unchanged) {
            LOG.info("{}: {} changed while it was read, so it is left for a later pass", connection, file.path());
            close(spool);
            noteSeen(name, file, memory);
            return null;
        }
        String broken = promise.brokenBy(name, spool);
        return broken == null
                ? Delivery.of(name, file, spool, promise.rows())
                : new Delivery(name, file, spool, broken, null, -1);
    }

    private @Nullable RemoteFile claimed(SftpSession session, Found found) {
        RemoteFile file = found.file();
        if (!file.name().equals(found.name())) {
            return file;
        }
        String claimed = claimed(found.name());
        try {
            session.rename(file.path(), file.directory() + "/" + claimed);
            return new RemoteFile(file.directory(), claimed, file.size(), file.modified(), file.kind());
        } catch (IOException e) {
            if (SftpSession.denied(e)) {
                throw new AuthenticationException(
                        connection + ": the account may not rename files in " + file.directory()
                                + ", which claim=rename needs: " + SftpSession.reason(e),
                        Details.of(connection, "rename " + file.path()),
                        e);
            }
            // servers name this fault differently; whoever renamed the file first has it
            LOG.debug("{}: {} was claimed by another process: {}", connection, file.path(), SftpSession.reason(e));
            return null;
        }
    }

    void close(Spool spool) {
        try {
            spool.close();
        } catch (IOException e) {
            LOG.debug("{}: closing a spool: {}", connection, e.getMessage());
        }
    }

    private void warnOnce(String name, String why) {
        if (warned.add(name)) {
            LOG.warn("{}: {} in {} is never read: {}", connection, printable(name), rules.directory(), why);
        }
    }

    private static String printable(String name) {
        return name.replaceAll("\\p{Cntrl}", "?");
    }
}
