package io.mlconnector.secret;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.crypto.DirectDecrypter;
import io.mlconnector.spi.ConfigurationException;
import io.mlconnector.spi.Secret;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CredentialFileTest {

    private static final Instant START = Instant.parse("2026-11-26T08:00:00Z");
    private static final String NAME = "stripe-prod/apiKey";

    @TempDir
    private Path folder;

    private final List<CredentialAccess> accesses = new ArrayList<>();
    private final MasterKey firstKey = MasterKey.generate();
    private MasterKeys keys = MasterKeys.of(firstKey);
    private Instant now = START;
    private Path file = Path.of("");
    private CredentialFile credentials = open(Path.of("unset"));

    @BeforeEach
    void openAnEmptyFile() {
        file = folder.resolve("credentials.json");
        credentials = open(file);
    }

    private CredentialFile open(Path path) {
        return CredentialFile.open(path, () -> keys, () -> now, accesses::add);
    }

    @Test
    void keepsASecretForTheNextProcessAndShowsItToNobodyElse() throws Exception {
        credentials.keep(NAME, Secret.of("sk_live_planted"));

        assertThat(open(file).read(NAME)).hasValue(Secret.of("sk_live_planted"));
        assertThat(credentials.read("another")).isEmpty();
        assertThat(Files.readString(file))
                .doesNotContain("sk_live_planted")
                .doesNotContain(Base64.getEncoder().encodeToString("sk_live_planted".getBytes(UTF_8)));
        assertThat(credentials.versions()).extracting(Object::toString).noneMatch(text -> text.contains("planted"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void anyJoseLibraryOpensWhatIsSealed() throws Exception {
        credentials.keep(NAME, Secret.of("whsec_ümlaut"));

        JsonNode sealed = new JsonMapper().readTree(file.toFile());
        JWEObject jwe = JWEObject.parse(sealed.get(0).textValue());
        jwe.decrypt(new DirectDecrypter(Base64.getDecoder().decode(firstKey.toBase64())));

        assertThat(jwe.getPayload().toString()).isEqualTo("whsec_ümlaut");
        assertThat(jwe.getHeader().getKeyID()).isEqualTo(firstKey.id());
    }

    @Test
    void theNextVersionTakesOverAtItsTimeAndTheOldOneEndsAtItsEnd() {
        credentials.keep(NAME, Secret.of("old"));
        Instant from = START.plus(Duration.ofHours(1));
        Instant oldUntil = START.plus(Duration.ofHours(3));
        credentials.add(NAME, Secret.of("next"), from, oldUntil);

        assertThat(credentials.valid(NAME)).containsExactly(Secret.of("old"));
        now = from;
        assertThat(credentials.valid(NAME)).containsExactly(Secret.of("next"), Secret.of("old"));
        assertThat(credentials.read(NAME)).hasValue(Secret.of("next"));
        now = oldUntil;
        assertThat(credentials.valid(NAME)).containsExactly(Secret.of("next"));
    }

    @Test
    void forgetsVersionsThatHaveEnded() {
        credentials.keep(NAME, Secret.of("one"));
        now = now.plusSeconds(1);
        credentials.keep(NAME, Secret.of("two"));
        now = now.plusSeconds(1);
        credentials.keep(NAME, Secret.of("three"));

        assertThat(credentials.versions()).extracting(CredentialVersion::number).containsExactly(3);
    }

    @Test
    void aNewMasterKeySealsEverythingAnewWhileOthersRead() throws Exception {
        IntStream.range(0, 50).forEach(i -> credentials.keep("c" + i, Secret.of("value " + i)));
        MasterKey next = MasterKey.generate();
        keys = keys.renewed(next);
        ExecutorService readers = Executors.newFixedThreadPool(2);
        try {
            Future<Integer> reading = readers.submit(() -> {
                int read = 0;
                for (int i = 0; i < 500; i++) {
                    read += open(file).read("c" + i % 50).isPresent() ? 1 : 0;
                }
                return read;
            });

            assertThat(credentials.reseal()).isEqualTo(50);
            assertThat(reading.get()).isEqualTo(500);
        } finally {
            readers.shutdownNow();
        }
        keys = MasterKeys.of(next);
        assertThat(credentials.read("c7")).hasValue(Secret.of("value 7"));
        assertThat(credentials.reseal()).isZero();
    }

    @Test
    void namesTheMasterKeyThatIsMissing() {
        credentials.keep(NAME, Secret.of("one"));
        keys = MasterKeys.of(MasterKey.generate());

        assertThatThrownBy(() -> credentials.read(NAME))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("sealed under master key " + firstKey.id())
                .hasMessageContaining(keys.current().id())
                .hasMessageNotContaining(firstKey.toBase64());
    }

    @Test
    void refusesACredentialThatWasMovedToAnotherNameOrCutOrAltered() throws Exception {
        credentials.keep("a", Secret.of("of a"));
        credentials.keep("b", Secret.of("of b"));
        JsonNode both = new JsonMapper().readTree(file.toFile());
        String[] a = both.get(0).textValue().split("\\.", -1);
        String[] b = both.get(1).textValue().split("\\.", -1);

        for (String forged : List.of(
                String.join(".", a[0], a[1], b[2], b[3], b[4]),
                String.join(".", a[0], a[1], a[2], a[3], b[4]),
                String.join(".", a[0], a[1], a[2], "", a[4]))) {
            Files.writeString(file, "[\"" + forged + "\"]");
            assertThatThrownBy(() -> credentials.read("a"))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("the file was altered, or the key is another");
        }
        Files.writeString(file, "[\"a.b\"]");
        assertThatThrownBy(() -> credentials.read("a")).hasMessageContaining("2 parts and not 5");
        Files.writeString(file, "{\"no\": \"list\"}");
        assertThatThrownBy(() -> credentials.read("a")).hasMessageContaining("cannot read the credentials");
    }

    @Test
    void keepsTheFileAsItWasWhenAChangeFails() throws Exception {
        credentials.keep(NAME, Secret.of("one"));
        String before = Files.readString(file);
        keys = MasterKeys.of(MasterKey.generate());

        assertThatThrownBy(() -> credentials.add(NAME, Secret.of("two"), now, now))
                .isInstanceOf(ConfigurationException.class);
        assertThatThrownBy(credentials::reseal).isInstanceOf(ConfigurationException.class);

        assertThat(Files.readString(file)).isEqualTo(before);
        try (var files = Files.list(folder)) {
            assertThat(files.filter(path -> path.toString().endsWith(".tmp"))).isEmpty();
        }
    }

    @Test
    void tellsOfEveryAccess() {
        credentials.keep(NAME, Secret.of("one"));
        credentials.read(NAME);
        credentials.remove(NAME);
        credentials.remove(NAME);

        assertThat(accesses)
                .extracting(access -> access.kind() + " " + access.name() + " " + access.number())
                .containsExactly("ADDED " + NAME + " 1", "READ " + NAME + " 1", "REMOVED " + NAME + " 0");
    }

    @Test
    void refusesNamesThatCouldBeSomethingElse() {
        for (String name : List.of("", "a b", "../x", "a\nb", "-x")) {
            assertThatThrownBy(() -> credentials.keep(name, Secret.of("one")))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("a credential is named by");
        }
    }

    @Test
    void twoThreadsLoseNoneOfEachOthersChanges() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            List<Future<?>> done = new ArrayList<>();
            for (String who : List.of("x", "y")) {
                done.add(threads.submit(() -> {
                    CredentialFile mine = CredentialFile.open(file, () -> keys, () -> START, access -> {});
                    IntStream.range(0, 40).forEach(i -> mine.keep(who + i, Secret.of("v")));
                }));
            }
            for (Future<?> each : done) {
                each.get();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(credentials.versions()).hasSize(80);
    }
}
