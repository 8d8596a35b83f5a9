package io.mlconnector.syspro;

import io.mlconnector.spi.AuthenticationException;
import io.mlconnector.spi.MlConnectorException;
import io.mlconnector.spi.MlConnectorException.Details;
import io.mlconnector.spi.TargetRef;
import io.mlconnector.spi.UnavailableException;
import io.mlconnector.spi.WriteOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Posts movements, several writes in one document. A document is all or nothing, so that one bad item stops the others: they
 * are sent again without it, because what was refused was surely not posted. What has no answer is never sent again here.
 */
final class Poster {

    private static final Pattern PERIOD = Pattern.compile("(?i)period.*(closed|not open)");
    private static final Duration SOON = Duration.ofSeconds(5);

    private final EnetClient client;
    private final PostedRows posted;
    private final Form form;
    private final int itemsPerDocument;

    Poster(EnetClient client, PostedRows posted, Form form, int itemsPerDocument) {
        this.client = client;
        this.posted = posted;
        this.form = form;
        this.itemsPerDocument = itemsPerDocument;
    }

    /** One write, and what becomes of it. */
    static final class Job {

        private final TargetRef target;
        private final List<Movement> movements;
        private @Nullable WriteOutcome outcome;

        Job(TargetRef target, List<Movement> movements) {
            this.target = target;
            this.movements = List.copyOf(movements);
        }

        WriteOutcome outcome() {
            WriteOutcome ended = outcome;
            return ended == null ? new WriteOutcome.Throttled(SOON) : ended; // not sent
        }

        private boolean open() {
            return outcome == null;
        }

        private void applied(@Nullable String requestId) {
            outcome = new WriteOutcome.Applied(target, requestId);
        }

        private void rejected(String reason) {
            outcome = new WriteOutcome.Rejected(reason, null);
        }
    }

    /**
     * Gives each job its outcome.
     *
     * @throws UnavailableException if surely none of them was posted
     * @throws AuthenticationException if the operator is refused, and none of them was posted
     */
    void post(List<Job> jobs) {
        int from = 0;
        while (from < jobs.size()) {
            List<Job> document = fitting(jobs.subList(from, jobs.size()));
            try {
                if (!send(document)) {
                    return; // the others stay unsent: the server is not well
                }
            } catch (UnavailableException | AuthenticationException e) {
                if (jobs.stream().allMatch(Job::open)) {
                    throw e;
                }
                jobs.stream()
                        .filter(Job::open)
                        .forEach(job -> job.outcome = WriteOutcome.Deferred.later(String.valueOf(e.getMessage())));
                return;
            }
            from += document.size();
        }
    }

    /** As many jobs as one document may hold; one that is too long for itself is refused. */
    private List<Job> fitting(List<Job> jobs) {
        int count = Math.min(jobs.size(), itemsPerDocument);
        while (count > 1 && room(jobs.subList(0, count)) < 0) {
            int alone = Math.max(1, length(jobs.subList(0, 1)));
            int over = -room(jobs.subList(0, count));
            count = Math.max(1, count - Math.max(1, over / alone));
        }
        if (count == 1 && room(jobs.subList(0, 1)) < 0) {
            jobs.get(0)
                    .rejected("the document must fit into the address of one call, and is "
                            + -room(jobs.subList(0, 1)) + " characters too long for "
                            + jobs.get(0).target.id() + "; SOAP has no such limit");
        }
        return jobs.subList(0, count);
    }

    private int length(List<Job> jobs) {
        return room(List.of()) - room(jobs);
    }

    private int room(List<Job> jobs) {
        return client.room(form.posting(movements(jobs), false));
    }

    private static List<Movement> movements(List<Job> jobs) {
        return jobs.stream().flatMap(job -> job.movements.stream()).toList();
    }

    /** Returns whether more may be sent. */
    private boolean send(List<Job> document) {
        List<Job> left = document.stream().filter(Job::open).toList();
        boolean lostBefore = false;
        while (!left.isEmpty()) {
            EnetBody body = client.post(form.posting(movements(left), false));
            EnetElement xml = body.xml();
            if (body.kind() == EnetBody.Kind.DOCUMENT && xml != null) {
                if (!read(PostAnswer.of(xml, movements(left).size()), left)) {
                    if (!lookUp(left)) {
                        return false;
                    }
                    left.stream()
                            .filter(Job::open)
                            .forEach(job -> job.outcome = new WriteOutcome.Ambiguous(
                                    "SYSPRO says that it posted another number of items than was sent"));
                }
            } else if (body.kind() == EnetBody.Kind.TOKEN_LOST) {
                if (!lookUp(left)) { // the session may have been lost after the posting
                    return false;
                }
                if (lostBefore && left.stream().anyMatch(Job::open)) {
                    throw client.stolen("post " + form.businessObject());
                }
                lostBefore = true;
            } else if (body.kind() == EnetBody.Kind.ERROR) {
                if (!lookUp(left)) {
                    return false;
                }
                left.stream().filter(Job::open).forEach(job -> job.rejected(body.shortened()));
            } else {
                String evidence = "post " + form.businessObject() + ": " + body.shortened();
                left.forEach(job -> job.outcome = new WriteOutcome.Ambiguous(evidence));
                return false;
            }
            left = left.stream().filter(Job::open).toList();
        }
        return true;
    }

    /** Returns false if the answer leaves open what was posted. */
    private boolean read(PostAnswer answer, List<Job> jobs) {
        if (answer.complete()) {
            int item = 0;
            for (Job job : jobs) {
                job.applied(answer.journals().get(item));
                item += job.movements.size();
            }
            return true;
        }
        if (!answer.refused()) {
            return false;
        }
        String all = answer.general() + String.join("; ", answer.faults().values());
        if (PERIOD.matcher(all).find()) {
            throw new UnavailableException(
                    "post " + form.businessObject() + ": " + all
                            + "; the setting receipts.postingPeriod names another period",
                    Details.NONE);
        }
        int item = 0;
        for (Job job : jobs) {
            var wrong = new ArrayList<String>();
            for (int of = 0; of < job.movements.size(); of++, item++) {
                String fault = answer.faults().get(item);
                if (fault != null) {
                    wrong.add(fault);
                }
            }
            if (!wrong.isEmpty()) {
                job.rejected("SYSPRO refuses " + job.target.id() + ": " + String.join("; ", wrong));
            }
        }
        if (jobs.stream().allMatch(Job::open)) {
            refusedAsAWhole(jobs, answer);
        }
        return true;
    }

    /** Nothing says which item is wrong: each for itself. */
    private void refusedAsAWhole(List<Job> jobs, PostAnswer answer) {
        if (jobs.size() == 1) {
            jobs.get(0).rejected("SYSPRO refuses " + jobs.get(0).target.id() + ": " + answer.general());
            return;
        }
        for (Job job : jobs) {
            if (!send(List.of(job))) {
                return;
            }
        }
    }

    /** An answer came, so nothing is under way any more. Returns false if SYSPRO cannot be asked. */
    private boolean lookUp(List<Job> jobs) {
        try {
            for (Job job : jobs) {
                lookUp(job);
            }
            return true;
        } catch (MlConnectorException e) {
            jobs.stream()
                    .filter(Job::open)
                    .forEach(job -> job.outcome = new WriteOutcome.Ambiguous(String.valueOf(e.getMessage())));
            return false;
        }
    }

    private void lookUp(Job job) {
        long there = job.movements.stream()
                .filter(movement -> posted.holds(movement.customer(), movement.number(), movement.reference()))
                .count();
        if (there == job.movements.size()) {
            job.applied(null);
        } else if (there > 0) {
            job.outcome =
                    new WriteOutcome.Ambiguous(there + " of " + job.movements.size() + " of its postings are there");
        }
    }
}
