package io.mlconnector.spi;

import java.util.List;

/** A row cannot become a record: each fault names the field, its value and the rule. Carries no stack trace. */
public class MappingException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // List.copyOf is serializable
    private final List<String> faults;

    /**
     * Creates the exception.
     *
     * @param faults the faults, at least one
     */
    public MappingException(List<String> faults) {
        super(String.join("; ", faults), null, false, false);
        this.faults = List.copyOf(faults);
    }

    /**
     * Creates the exception for one fault.
     *
     * @param fault names the field, its value and the rule
     */
    public MappingException(String fault) {
        this(List.of(fault));
    }

    /**
     * Returns the faults.
     *
     * @return at least one
     */
    public List<String> faults() {
        return faults;
    }
}
