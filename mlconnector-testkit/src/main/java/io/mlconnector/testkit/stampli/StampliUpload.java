package io.mlconnector.testkit.stampli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** A file that is on its way into a sandbox, part by part. Visible from its first part on. Not safe for threads. */
public final class StampliUpload {

    private final StampliSandbox sandbox;
    private final String working;
    private final String path;

    StampliUpload(StampliSandbox sandbox, String working, String path) {
        this.sandbox = sandbox;
        this.working = working;
        this.path = path;
        sandbox.put(working, new byte[0]);
    }

    /**
     * Appends a part. The time of the file moves on by a second.
     *
     * @param part the text, in UTF-8
     * @return this upload
     */
    public StampliUpload write(String part) {
        return write(part.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Appends a part. The time of the file moves on by a second.
     *
     * @param part the bytes
     * @return this upload
     */
    public StampliUpload write(byte[] part) {
        Path file = sandbox.local(working);
        try {
            Files.write(file, part, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        sandbox.stamp(file);
        return this;
    }

    /** Ends the upload: a temporary name becomes the final one. */
    public void finish() {
        if (working.equals(path)) {
            return;
        }
        try {
            Files.move(sandbox.local(working), sandbox.local(path), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
