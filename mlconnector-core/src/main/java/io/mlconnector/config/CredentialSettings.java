package io.mlconnector.config;

import io.mlconnector.secret.CredentialAccess;
import io.mlconnector.secret.CredentialFile;
import io.mlconnector.secret.MasterKeys;
import io.mlconnector.spi.Secret;
import io.mlconnector.spi.Settings;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens the file of credentials that a configuration names. */
final class CredentialSettings {

    private static final Logger LOG = LoggerFactory.getLogger(Integration.class);
    private static final String KEY = "masterKey";
    private static final String KEY_FILE = "masterKeyFile";
    private static final String KEY_STORE = "keyStore";

    private CredentialSettings() {}

    static CredentialFile open(Settings settings, InstantSource clock, Consumer<CredentialAccess> accesses) {
        Path file = Path.of(settings.text("file"));
        Supplier<MasterKeys> keys = keys(settings);
        settings.check();
        MasterKeys unused = keys.get(); // a key that cannot be read shows here
        return CredentialFile.open(file, keys, clock, access -> {
            LOG.info("credential {} version {}: {}", access.name(), access.number(), access.kind());
            accesses.accept(access);
        });
    }

    private static Supplier<MasterKeys> keys(Settings settings) {
        Optional<Secret> key = settings.optionalSecret(KEY);
        Optional<Path> keyFile = settings.optionalText(KEY_FILE).map(Path::of);
        boolean keyStore = settings.has(KEY_STORE);
        Settings store = settings.section(KEY_STORE);
        if ((key.isPresent() ? 1 : 0) + (keyFile.isPresent() ? 1 : 0) + (keyStore ? 1 : 0) != 1) {
            settings.fault(KEY, "is needed, or else masterKeyFile, or else keyStore");
        }
        if (keyFile.isPresent()) {
            return () -> MasterKeys.ofFile(keyFile.get());
        }
        if (keyStore) {
            Path file = Path.of(store.text("file"));
            Secret password = store.secret("password");
            List<String> aliases = store.texts("aliases");
            return () -> MasterKeys.ofKeyStore(file, password, aliases);
        }
        return () -> MasterKeys.parse(key.map(Secret::reveal).orElse(""));
    }
}
