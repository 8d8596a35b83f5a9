package io.mlconnector.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StoredTextTest {

    @Test
    void leavesOrdinaryTextAlone() {
        String text = "Ünïcödé 日本 👩‍👩‍👧 'quotes' \t\n";

        assertThat(StoredText.encode(text)).isSameAs(text);
        assertThat(StoredText.decode(text)).isSameAs(text);
    }

    @Test
    void givesEveryTextBackThroughUtf8() {
        var random = new Random(20260301);
        String alphabet = "a0\u0000\u0010\ud83d\udc00\ud83d\udc00\u20ac";
        var stored = new HashSet<String>();
        var texts = new HashSet<String>();
        for (int i = 0; i < 20_000; i++) {
            var text = new StringBuilder();
            for (int length = random.nextInt(7); length > 0; length--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            String encoded = StoredText.encode(text.toString());
            String travelled = new String(encoded.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);

            assertThat(encoded).doesNotContain("\u0000").isEqualTo(travelled);
            assertThat(StoredText.decode(travelled)).isEqualTo(text.toString());
            texts.add(text.toString());
            stored.add(encoded);
        }
        assertThat(stored).hasSameSizeAs(texts);
    }

    @Test
    void refusesATextThatItCannotHaveWritten() {
        assertThatIllegalArgumentException().isThrownBy(() -> StoredText.decode("cut \u001000"));
        assertThatIllegalArgumentException().isThrownBy(() -> StoredText.decode("no digits \u0010zzzz"));
    }
}
