package io.mlconnector.ifs;

import io.mlconnector.http.HttpAnswer;
import io.mlconnector.spi.ConfigurationException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The metadata of services, each read once. Safe for threads. */
final class MetadataCache {

    private final ODataClient client;
    private final String connection;
    private final Map<String, ServiceMetadata> known = new ConcurrentHashMap<>();

    MetadataCache(ODataClient client, String connection) {
        this.client = client;
        this.connection = connection;
    }

    ServiceMetadata of(SetPath set) {
        ServiceMetadata found = known.get(set.service());
        if (found == null) {
            HttpAnswer answer = client.metadata(set.service());
            if (!answer.success()) {
                throw IfsErrors.refusal(connection, set, "read the metadata of " + set.projection(), answer);
            }
            try {
                found = ServiceMetadata.read(answer.body());
            } catch (IllegalArgumentException e) {
                throw new ConfigurationException(
                        connection + ": " + set.projection() + ": " + e.getMessage() + ": " + set.service());
            }
            known.put(set.service(), found);
        }
        return found;
    }

    /** Forgets everything, so that a check sees what is there now. */
    void clear() {
        known.clear();
    }

    /** The type of a key column, as declared or else as the service says. */
    String typeOf(SetPath set, KeyPart key) {
        String declared = key.type();
        if (declared != null) {
            return declared;
        }
        String type = of(set).columns(set.set())
                .map(columns -> columns.get(key.name()))
                .orElse(null);
        if (type == null) {
            throw new ConfigurationException(connection + ": the metadata of " + set + " has no key column "
                    + key.name() + "; name its type in the setting keys, such as " + key.name() + ":Edm.String");
        }
        return type;
    }
}
