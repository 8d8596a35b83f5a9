package io.mlconnector.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlconnector.spi.ConfigurationException;
import io.mlconnector.spi.Secret;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MasterKeysTest {

    @TempDir
    private Path folder = Path.of("");

    @Test
    void readsTheCurrentKeyFirstAndOlderOnesAfterIt() throws Exception {
        MasterKey current = MasterKey.generate();
        MasterKey older = MasterKey.generate();
        Path file = folder.resolve("keys");
        Files.writeString(file, current.toBase64() + "\n" + older.toBase64() + "\n");

        assertThat(MasterKeys.ofFile(file)).isEqualTo(new MasterKeys(current, List.of(older)));
        assertThat(MasterKeys.of(older).renewed(current)).isEqualTo(new MasterKeys(current, List.of(older)));
    }

    @Test
    void readsKeysOfAKeyStore() throws Exception {
        MasterKey key = MasterKey.generate();
        char[] password = "changeit".toCharArray();
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, password);
        store.setKeyEntry(
                "mlconnector", new SecretKeySpec(Base64.getDecoder().decode(key.toBase64()), "AES"), password, null);
        Path file = folder.resolve("keys.p12");
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, password);
        }

        assertThat(MasterKeys.ofKeyStore(file, Secret.of("changeit"), List.of("mlconnector")))
                .isEqualTo(MasterKeys.of(key));
        assertThatThrownBy(() -> MasterKeys.ofKeyStore(file, Secret.of("changeit"), List.of("other")))
                .hasMessageContaining("has no AES key 'other'");
        assertThatThrownBy(() -> MasterKeys.ofKeyStore(file, Secret.of("wrong"), List.of("mlconnector")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("cannot open the key store");
    }

    @Test
    void saysWhatAMasterKeyIsWithoutRepeatingWhatWasGiven() {
        for (String wrong : List.of("", "   ", "hunter2hunter2", "not base64!", "AAAA")) {
            assertThatThrownBy(() -> MasterKeys.parse(wrong))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("32 bytes")
                    .hasMessageNotContaining("hunter2");
        }
    }

    @Test
    void printsNothingButItsId() {
        MasterKey key = MasterKey.generate();

        assertThat(key).hasToString("master key " + key.id());
        assertThat(key.toBase64()).doesNotContain(key.id());
        assertThat(MasterKey.ofBase64(key.toBase64()).id()).isEqualTo(key.id());
    }
}
