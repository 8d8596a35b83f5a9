package io.mlconnector.spi;

import java.util.List;

/** Settings are wrong. Thrown from a build or a start, never in the middle of a run, with all faults in one message. */
public class ConfigurationException extends MlConnectorException {

    private static final long serialVersionUID = 1L;

    /** All faults found, each naming the setting, its value and the rule. */
    @SuppressWarnings("serial") // List.copyOf is serializable
    private final List<String> faults;

    /**
     * Creates the exception.
     *
     * @param faults all faults found, each naming the setting, its value and the rule; at least one
     */
    public ConfigurationException(List<String> faults) {
        super(message(faults), Details.NONE, null);
        this.faults = List.copyOf(faults);
    }

    /**
     * Creates the exception for a single fault.
     *
     * @param fault names the setting, its value and the rule
     */
    public ConfigurationException(String fault) {
        this(List.of(fault));
    }

    /**
     * Returns all faults, in the order in which they were found.
     *
     * @return the faults
     */
    public List<String> faults() {
        return faults;
    }

    private static String message(List<String> faults) {
        return faults.size() == 1
                ? faults.get(0)
                : faults.size() + " faults in the configuration:\n  - " + String.join("\n  - ", faults);
    }
}
