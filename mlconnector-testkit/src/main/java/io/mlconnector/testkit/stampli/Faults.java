package io.mlconnector.testkit.stampli;

import java.io.IOException;
import java.nio.channels.Channel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.CopyOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.sshd.server.session.ServerSession;
import org.apache.sshd.sftp.server.FileHandle;
import org.apache.sshd.sftp.server.SftpEventListener;
import org.apache.sshd.sftp.server.SftpFileSystemAccessor;
import org.apache.sshd.sftp.server.SftpSubsystemProxy;

/** What goes wrong on the server, as a test commands. Safe for threads. */
final class Faults implements SftpEventListener, SftpFileSystemAccessor {

    private final AtomicBoolean readOnly = new AtomicBoolean();
    private final AtomicLong dropAt = new AtomicLong(-1);
    private final AtomicInteger drops = new AtomicInteger();
    private final AtomicInteger opened = new AtomicInteger();

    void readOnly(boolean only) {
        readOnly.set(only);
    }

    void drop(int times, long offset) {
        dropAt.set(offset);
        drops.set(times);
    }

    int opened() {
        return opened.get();
    }

    @Override
    public void reading(
            ServerSession session,
            String remoteHandle,
            FileHandle handle,
            long offset,
            byte[] data,
            int dataOffset,
            int dataLength) {
        if (offset + dataLength > dropAt.get() && drops.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            session.close(true);
        }
    }

    @Override
    public SeekableByteChannel openFile(
            SftpSubsystemProxy subsystem,
            FileHandle fileHandle,
            Path file,
            String handle,
            Set<? extends OpenOption> options,
            FileAttribute<?>... attributes)
            throws IOException {
        if (options.contains(StandardOpenOption.WRITE)) {
            check(file);
        }
        opened.incrementAndGet();
        return SftpFileSystemAccessor.super.openFile(subsystem, fileHandle, file, handle, options, attributes);
    }

    @Override
    public void closeFile(
            SftpSubsystemProxy subsystem,
            FileHandle fileHandle,
            Path file,
            String handle,
            Channel channel,
            Set<? extends OpenOption> options)
            throws IOException {
        channel.close();
    }

    @Override
    public void createDirectory(SftpSubsystemProxy subsystem, Path path) throws IOException {
        check(path);
        SftpFileSystemAccessor.super.createDirectory(subsystem, path);
    }

    @Override
    public void renameFile(SftpSubsystemProxy subsystem, Path oldPath, Path newPath, Collection<CopyOption> options)
            throws IOException {
        check(oldPath);
        SftpFileSystemAccessor.super.renameFile(subsystem, oldPath, newPath, options);
    }

    @Override
    public void removeFile(SftpSubsystemProxy subsystem, Path path, boolean isDirectory) throws IOException {
        check(path);
        SftpFileSystemAccessor.super.removeFile(subsystem, path, isDirectory);
    }

    @Override
    public void modifyingAttributes(ServerSession session, Path path, Map<String, ?> attributes) throws IOException {
        check(path);
    }

    private void check(Path path) throws IOException {
        if (readOnly.get()) {
            throw new AccessDeniedException(path.toString());
        }
    }
}
