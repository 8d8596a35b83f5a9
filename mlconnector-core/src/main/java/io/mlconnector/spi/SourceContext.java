package io.mlconnector.spi;

import java.util.Optional;

/** What the engine hands to a source when a flow opens it. */
@FunctionalInterface
public interface SourceContext {

    /** A context that remembers nothing. */
    SourceContext EMPTY = name -> Optional.empty();

    /**
     * Returns a note as last committed.
     *
     * @param name the note's name
     * @return its text, if there is one
     */
    Optional<String> note(String name);
}
