package io.mlconnector.jdbc;

import io.mlconnector.spi.LedgerException;
import io.mlconnector.spi.MlConnectorException.Details;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Locks of the operating system, each on one byte of a file beside the ledger. The byte's place is a hash of the flow's
 * name, far beyond the end of the file, which stays empty.
 */
final class SqliteLocks implements FlowLocks {

    /**
     * Files with a lock of this process. All its ledgers share them, because to close a file gives up every lock that the
     * process has on it, through whatever channel.
     */
    private static final Map<Path, LockFile> OPEN = new HashMap<>();

    private final Path path;

    SqliteLocks(Path path) {
        this.path = path;
    }

    @Override
    public @Nullable FlowLock tryLock(String flow) {
        synchronized (OPEN) {
            LockFile file = OPEN.get(path);
            try {
                if (file == null) {
                    SqliteFile.createForOwner(path);
                    file = new LockFile(path, FileChannel.open(path, StandardOpenOption.WRITE));
                    OPEN.put(path, file);
                }
                return file.tryLock(place(flow));
            } catch (IOException e) {
                throw new LedgerException(
                        "flow '" + flow + "': cannot lock a byte of " + path + ": " + e, Details.NONE, e);
            } finally {
                if (file != null) {
                    file.closeUnused();
                }
            }
        }
    }

    private static long place(String flow) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(flow.getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.wrap(hash).getLong() & (Long.MAX_VALUE >> 1);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Guarded by {@link #OPEN}. */
    private static final class LockFile {

        private final Path path;
        private final FileChannel channel;
        private int locks;

        LockFile(Path path, FileChannel channel) {
            this.path = path;
            this.channel = channel;
        }

        @Nullable FlowLock tryLock(long place) throws IOException {
            try {
                FileLock lock = channel.tryLock(place, 1, false);
                if (lock == null) {
                    return null;
                }
                locks++;
                return new ByteLock(this, lock);
            } catch (OverlappingFileLockException e) {
                return null; // another ledger of this process has it
            }
        }

        void closeUnused() {
            if (locks == 0) {
                OPEN.remove(path);
                try {
                    channel.close();
                } catch (IOException e) {
                    throw new LedgerException("cannot close " + path + ": " + e, Details.NONE, e);
                }
            }
        }
    }

    private record ByteLock(LockFile file, FileLock lock) implements FlowLock {

        @Override
        public long key() {
            return lock.position();
        }

        @Override
        public long session() {
            return 0;
        }

        @Override
        public boolean isHeld() {
            return lock.isValid();
        }

        @Override
        public void release() {
            synchronized (OPEN) {
                try {
                    lock.release();
                } catch (IOException e) {
                    throw new LedgerException("cannot release a lock of " + file.path + ": " + e, Details.NONE, e);
                } finally {
                    file.locks--;
                    file.closeUnused();
                }
            }
        }
    }
}
