package io.mlconnector.spi;

/**
 * Opens ledgers of one kind. Found by name through {@link java.util.ServiceLoader}: a provider does nothing until a
 * configuration names it.
 */
public interface LedgerProvider {

    /**
     * Returns the name by which configurations pick this provider.
     *
     * @return lower case, such as {@code sqlite}
     */
    String name();

    /**
     * Opens a ledger.
     *
     * @param settings what the configuration says; every fault is reported to it
     * @return the ledger
     * @throws ConfigurationException naming every fault of the settings
     * @throws LedgerException if the store cannot be opened
     */
    Ledger open(Settings settings);
}
