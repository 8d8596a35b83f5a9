package io.mlconnector.testkit.kill;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Runs a flow in one process after the other, on one ledger, and kills each with SIGKILL at another step, the last one aside.
 * Requests that were under way take effect while the next process waits. Documents are counted at the target. Several matrices may
 * share their processes, because most of what a process costs is its start. For one thread.
 */
public final class KillMatrix {

    private final Class<?> main;
    private final KillWire wire;
    private final Supplier<Map<String, Integer>> documents;
    private final Set<String> records;
    private final List<String> arguments;
    private final Map<String, Predicate<KillWire.Request>> calls;
    private final int batch;
    private final int callsOfABatch;
    private final List<KillReport.Kill> kills = new ArrayList<>();
    private int landed;
    private int doubled;
    private String end = "";

    private KillMatrix(Builder builder) {
        this.main = builder.main;
        this.wire = builder.wire;
        this.documents = builder.documents;
        this.records = Set.copyOf(builder.records);
        this.arguments = List.copyOf(builder.arguments);
        this.calls = new LinkedHashMap<>(builder.calls);
        this.batch = builder.batch;
        this.callsOfABatch = builder.callsOfABatch;
    }

    /**
     * Describes a matrix.
     *
     * @param main the class of the processes, whose {@code main} uses {@link KilledProcess}
     * @param wire where their requests pass
     * @param records what every document is called in the end
     * @param documents counts documents at the target, by what they are called
     * @return the builder
     */
    public static Builder of(
            Class<?> main, KillWire wire, Set<String> records, Supplier<Map<String, Integer>> documents) {
        return new Builder(main, wire, records, documents);
    }

    /** Describes a matrix. For one thread. */
    public static final class Builder {

        private final Class<?> main;
        private final KillWire wire;
        private final Set<String> records;
        private final Supplier<Map<String, Integer>> documents;
        private final Map<String, Predicate<KillWire.Request>> calls = new LinkedHashMap<>();
        private List<String> arguments = List.of();
        private int batch = 8;
        private int callsOfABatch = 1;

        private Builder(Class<?> main, KillWire wire, Set<String> records, Supplier<Map<String, Integer>> documents) {
            this.main = requireNonNull(main, "main");
            this.wire = requireNonNull(wire, "wire");
            this.records = requireNonNull(records, "records");
            this.documents = requireNonNull(documents, "documents");
        }

        /**
         * Sets what the processes are told, see {@link KilledProcess#argument(int)}.
         *
         * @param values the arguments
         * @return this builder
         */
        public Builder arguments(String... values) {
            arguments = List.of(values);
            return this;
        }

        /**
         * Adds a kind of request that writes. An effect that takes several calls has several; a process is killed at each.
         *
         * @param name what to call it
         * @param which tells it on the wire
         * @return this builder
         */
        public Builder call(String name, Predicate<KillWire.Request> which) {
            calls.put(name, requireNonNull(which, "which"));
            return this;
        }

        /**
         * Sets how the flow writes, so that a process is killed in the middle of a batch.
         *
         * @param size how many records a batch of the flow has; 8 unless set
         * @param sends about how many calls of the sink a batch takes; 1 unless set
         * @return this builder
         */
        public Builder batches(int size, int sends) {
            batch = size;
            callsOfABatch = sends;
            return this;
        }

        /**
         * Ends the description.
         *
         * @return the matrix
         */
        public KillMatrix build() {
            return new KillMatrix(this);
        }
    }

    /**
     * Kills a process at every step, each time another one that has settled what the one before it left and has written some batches,
     * and lets the last come to its end.
     *
     * @return what became of the records
     * @throws IOException if a process cannot be started
     * @throws InterruptedException if the thread is interrupted
     * @throws AssertionError if a process ends before it comes to its step: there are too few records
     */
    public KillReport run() throws IOException, InterruptedException {
        return runTogether(List.of(this)).get(0);
    }

    /**
     * Does what {@link #run} does for several matrices whose processes have the same class: their flows run in one process, which is
     * killed when each is at its step.
     *
     * @param matrices each with a ledger and a target of its own
     * @return what became of the records of each
     * @throws IOException if a process cannot be started
     * @throws InterruptedException if the thread is interrupted
     * @throws AssertionError if a process ends before it comes to its steps: there are too few records
     */
    public static List<KillReport> runTogether(List<KillMatrix> matrices) throws IOException, InterruptedException {
        var steps = new LinkedHashMap<KillMatrix, Iterator<Life>>();
        matrices.forEach(matrix -> steps.put(matrix, matrix.steps().iterator()));
        Duration longest = matrices.stream()
                .map(KillMatrix::longest)
                .max(Comparator.naturalOrder())
                .orElseThrow();
        while (!steps.isEmpty()) {
            Host.run(
                    matrices.get(0).main,
                    steps.values().stream().map(Iterator::next).toList(),
                    longest);
            steps.values().removeIf(left -> !left.hasNext());
        }
        return matrices.stream().map(KillMatrix::report).toList();
    }

    private List<Life> steps() {
        var steps = new ArrayList<Life>();
        steps.add(new Life(KillStep.AFTER_INTENT, "", spared() + 1));
        steps.add(new Life(KillStep.RECOVERY_SENDS, "", middle(batch)));
        for (String call : calls.keySet()) {
            steps.add(new Life(KillStep.LOST, call, inABatch()));
            steps.add(new Life(KillStep.IN_FLIGHT, call, inABatch()));
            steps.add(new Life(KillStep.RECOVERY_LOOKS_UP, "", middle(batch)));
            steps.add(new Life(KillStep.AFTER_COMMIT, call, inABatch()));
            steps.add(new Life(KillStep.RECOVERY_LOOKS_UP, "", middle(batch)));
        }
        steps.add(new Life(KillStep.AFTER_ANSWER, "", inABatch()));
        steps.add(new Life(KillStep.RECOVERY_SETTLES, "", 1));
        steps.add(new Life(KillStep.IN_SETTLE, "", spared() + 1));
        steps.add(new Life(KillStep.BEFORE_POSITION, "", 1 + spared() / 3));
        steps.add(new Life(null, "", 0));
        return steps;
    }

    /** How long a process may take on a machine that has much else to do. */
    private Duration longest() {
        return Duration.ofMinutes(3).plusSeconds(records.size());
    }

    /** How many batches a process settles before it is killed, so that the records last for all of them. */
    private int spared() {
        int killsOnTheWay = 4 + 3 * calls.size();
        return Math.max(1, records.size() / batch * 2 / (3 * killsOnTheWay) - 1);
    }

    private int inABatch() {
        return spared() * callsOfABatch + middle(callsOfABatch);
    }

    private static int middle(int count) {
        return count / 2 + 1;
    }

    /**
     * Starts a process and kills it at a step.
     *
     * @param step the step
     * @param call the kind of request to hold; empty if the step is none on the wire
     * @param times when it comes to the step for which time, or which request is the first to be held
     * @throws IOException if the process cannot be started
     * @throws InterruptedException if the thread is interrupted
     * @throws AssertionError if the process ends before that
     */
    public void kill(KillStep step, String call, int times) throws IOException, InterruptedException {
        Host.run(main, List.of(new Life(step, call, times)), longest());
    }

    /**
     * Starts a process and lets it come to its end.
     *
     * @return what became of the records
     * @throws IOException if the process cannot be started
     * @throws InterruptedException if the thread is interrupted
     */
    public KillReport finish() throws IOException, InterruptedException {
        Host.run(main, List.of(new Life(null, "", 0)), longest());
        return report();
    }

    private KillReport report() {
        Map<String, Integer> found = documents.get();
        Set<String> lost = records.stream()
                .filter(record -> found.getOrDefault(record, 0) == 0)
                .collect(Collectors.toSet());
        return new KillReport(kills, records.size(), countDoubled(), lost, end);
    }

    /** Tells of the last kill what is known once the next process has ended. */
    private void tellOfTheLastKill() {
        int before = doubled;
        doubled = countDoubled();
        if (!kills.isEmpty()) {
            KillReport.Kill last = kills.remove(kills.size() - 1);
            kills.add(new KillReport.Kill(last.step(), last.call(), landed, doubled - before));
        }
        landed = 0;
    }

    private int countDoubled() {
        return documents.get().values().stream()
                .mapToInt(count -> Math.max(0, count - 1))
                .sum();
    }

    /** The flow in one process. */
    private final class Life implements Host.Guest {

        private final @Nullable KillStep step;
        private final String call;
        private final int times;
        private KillWire.@Nullable Snare snare;

        Life(@Nullable KillStep step, String call, int times) {
            this.step = step;
            this.call = call;
            this.times = times;
        }

        @Override
        public List<String> arguments() {
            var all = new ArrayList<String>();
            all.add(step == null ? Talk.TO_ITS_END : step.name());
            all.add(Integer.toString(times));
            all.addAll(arguments);
            return all;
        }

        @Override
        public void reads(Runnable atItsStep) {
            snare = wire.snare(requireNonNull(step, "step"), requireNonNull(calls.get(call), call), times, atItsStep);
        }

        @Override
        public void waits() {
            landed += wire.land();
        }

        @Override
        public void done(String word) {
            if (step != null) {
                throw new AssertionError("not " + this + ", but came to its end: " + word);
            }
            end = word;
        }

        @Override
        public void dead() {
            if (snare != null) {
                snare.close();
            }
            tellOfTheLastKill();
            if (step != null) {
                kills.add(new KillReport.Kill(step, call, 0, 0));
            }
        }

        @Override
        public String toString() {
            return step == null ? "its end" : "the kill " + step + " for time " + times + " " + call;
        }
    }
}
