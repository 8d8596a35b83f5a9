package io.mlconnector.jdbc.kill;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.mlconnector.spi.AuditMark;
import io.mlconnector.spi.AuditSink;
import io.mlconnector.spi.SealedEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A second audit log in a file: a line with the number and the hash of each entry, doubles too. */
final class SecondLog implements AuditSink {

    private static final Pattern LINE = Pattern.compile("([0-9]+) ([0-9a-f]{64})");

    private final Path file;
    private final Runnable delivered;

    SecondLog(Path file, Runnable delivered) {
        this.file = file;
        this.delivered = delivered;
    }

    /** Every batch begins a line of its own, so that one which a kill cut off spoils none after it. */
    @Override
    public void accept(List<SealedEntry> entries) throws IOException {
        String lines = entries.stream()
                .map(entry -> entry.sequence() + " " + entry.hash())
                .collect(Collectors.joining("\n", "\n", "\n"));
        Files.writeString(file, lines, US_ASCII, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        delivered.run();
    }

    /** Returns the entries in the order in which they first arrived, and checks that none came again as another one. */
    static Map<Long, AuditMark> read(Path file) throws IOException {
        var entries = new LinkedHashMap<Long, AuditMark>();
        for (String line : Files.readAllLines(file, US_ASCII)) {
            Matcher matcher = LINE.matcher(line);
            if (matcher.matches()) {
                var mark = new AuditMark(Long.parseLong(matcher.group(1)), matcher.group(2));
                AuditMark before = entries.putIfAbsent(mark.sequence(), mark);
                if (before != null && !before.equals(mark)) {
                    throw new AssertionError("entry " + mark.sequence() + " came again as another one");
                }
            }
        }
        return entries;
    }

    /** Returns how many lines the file has beyond one for each entry. */
    static long doubles(Path file) throws IOException {
        long lines = Files.readAllLines(file, US_ASCII).stream()
                .filter(line -> LINE.matcher(line).matches())
                .count();
        return lines - read(file).size();
    }
}
