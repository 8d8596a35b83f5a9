package io.mlconnector.spi;

import java.util.Set;

/**
 * Opens connections to one system. Found by name through {@link java.util.ServiceLoader}: a provider does nothing until
 * a connection names it.
 */
public interface ConnectorProvider {

    /**
     * Returns the name by which configurations pick this provider.
     *
     * @return lower case, such as {@code ifs}
     */
    String name();

    /**
     * Returns the settings whose values must never be shown.
     *
     * @return names as in {@link Settings}
     */
    Set<String> secretSettings();

    /**
     * Opens a connection. Reads and checks all settings and calls nothing remote.
     *
     * @param settings what the configuration says; every fault is reported to it
     * @param context time, waiting and chance
     * @return the connection
     * @throws ConfigurationException naming every fault of the settings
     */
    Connector open(Settings settings, ConnectorContext context);
}
