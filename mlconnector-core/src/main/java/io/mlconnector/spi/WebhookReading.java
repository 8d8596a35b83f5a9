package io.mlconnector.spi;

import static java.util.Objects.requireNonNull;

import java.util.List;

/** What a {@link WebhookParser} made of a request. */
public sealed interface WebhookReading {

    /**
     * Genuine events, to be stored and processed later.
     *
     * @param events at least one
     */
    record Accepted(List<InboxEvent> events) implements WebhookReading {

        /** Copies the list and refuses an empty one. */
        public Accepted {
            events = List.copyOf(events);
            if (events.isEmpty()) {
                throw new IllegalArgumentException("accepted events must be at least one");
            }
        }
    }

    /**
     * Genuine, but of no interest here. Answered like an accepted one, so that it is not sent again.
     *
     * @param reason why
     */
    record Ignored(String reason) implements WebhookReading {

        /** Refuses a missing reason. */
        public Ignored {
            requireNonNull(reason, "reason");
        }
    }

    /**
     * Not genuine, or not readable.
     *
     * @param reason why, for our own log; the sender is not told
     */
    record Refused(String reason) implements WebhookReading {

        /** Refuses a missing reason. */
        public Refused {
            requireNonNull(reason, "reason");
        }
    }
}
