package io.mlconnector.config;

import io.mlconnector.spi.ConfigurationException;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.function.Function;

/** Finds providers by their names on the class path. */
final class Providers {

    private Providers() {}

    static <P> Map<String, P> byName(Class<P> type, Function<P, String> name) {
        var found = new TreeMap<String, P>();
        for (P provider : ServiceLoader.load(type)) {
            P other = found.putIfAbsent(name.apply(provider), provider);
            if (other != null && other.getClass() != provider.getClass()) {
                throw new ConfigurationException("two providers are called " + name.apply(provider) + ": "
                        + other.getClass().getName() + " and "
                        + provider.getClass().getName());
            }
        }
        return found;
    }

    static <P> P pick(Map<String, P> providers, String name, String setting) {
        P provider = providers.get(name);
        if (provider == null) {
            throw new ConfigurationException(setting + " names nothing on the class path: '" + name + "'; known: "
                    + String.join(", ", providers.keySet()));
        }
        return provider;
    }
}
