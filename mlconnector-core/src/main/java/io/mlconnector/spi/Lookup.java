package io.mlconnector.spi;

import static java.util.Objects.requireNonNull;

/** What a sink finds when it looks for the effect of an earlier write. */
public sealed interface Lookup {

    /** Nothing of the write is there, and nothing of it can still appear. */
    Lookup ABSENT = new Absent();

    /**
     * The whole effect is there.
     *
     * @param target the record over there
     */
    record Found(TargetRef target) implements Lookup {

        /** Refuses null. */
        public Found {
            requireNonNull(target, "target");
        }
    }

    /**
     * A part of the effect is there; a new {@code write} can go on from it.
     *
     * @param target the record over there
     * @param progress how far it came, for a person
     */
    record Partial(TargetRef target, String progress) implements Lookup {

        /** Refuses nulls. */
        public Partial {
            requireNonNull(target, "target");
            requireNonNull(progress, "progress");
        }
    }

    /** Nothing of the write is there. */
    record Absent() implements Lookup {}

    /**
     * The target gives no certain answer: a person must look.
     *
     * @param why what stands in the way
     */
    record CannotTell(String why) implements Lookup {

        /** Refuses null. */
        public CannotTell {
            requireNonNull(why, "why");
        }
    }
}
