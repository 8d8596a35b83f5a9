package io.mlconnector.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;

/** Where the library spends its time on the whole path, as the JDK's Flight Recorder samples it. */
final class Profile {

    private static final int MOST_METHODS = 15;

    private Profile() {}

    /**
     * A method.
     *
     * @param name class and method
     * @param share of the samples, from 0 to 1
     */
    record Share(String name, double share) {}

    static List<Share> ofWholePath(int rows, int warmUps, int rounds) throws IOException {
        byte[] page = InvoicePage.of(rows);
        var path = new WholePath(new RuleInvoices());
        long[] sum = {0};
        for (int i = 0; i < warmUps; i++) {
            path.run(page, (fingerprint, form) -> sum[0] += fingerprint + form.length);
        }
        Path file = Files.createTempFile("mlconnector-profile-", ".jfr");
        try (var recording = new Recording()) {
            recording.enable("jdk.ExecutionSample").withPeriod(Duration.ofMillis(10));
            recording.start();
            for (int i = 0; i < rounds; i++) {
                path.run(page, (fingerprint, form) -> sum[0] += fingerprint + form.length);
            }
            recording.stop();
            recording.dump(file);
            return shares(file);
        } finally {
            Files.delete(file);
        }
    }

    private static List<Share> shares(Path file) throws IOException {
        var counts = new TreeMap<String, Integer>();
        int samples = 0;
        for (RecordedEvent event : RecordingFile.readAllEvents(file)) {
            if (event.getEventType().getName().equals("jdk.ExecutionSample") && event.getStackTrace() != null) {
                samples++;
                counts.merge(name(event.getStackTrace().getFrames().get(0)), 1, Integer::sum);
            }
        }
        int all = samples;
        return counts.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                .limit(MOST_METHODS)
                .map(entry -> new Share(entry.getKey(), (double) entry.getValue() / all))
                .toList();
    }

    private static String name(RecordedFrame frame) {
        String type = frame.getMethod().getType().getName();
        return type.substring(type.lastIndexOf('.') + 1) + "."
                + frame.getMethod().getName();
    }
}
