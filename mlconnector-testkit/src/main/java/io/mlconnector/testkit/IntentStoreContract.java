package io.mlconnector.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlconnector.spi.Action;
import io.mlconnector.spi.Fingerprint;
import io.mlconnector.spi.IdempotencyKey;
import io.mlconnector.spi.Intent;
import io.mlconnector.spi.IntentStore;
import io.mlconnector.spi.TargetRef;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every {@link IntentStore} promises. */
abstract class IntentStoreContract extends MappingStoreContract {

    @Test
    final void keepsIntentsWhole() {
        Intent open = intent("1");
        Intent bare = new Intent(
                FLOW,
                source("2"),
                TARGET,
                null,
                Action.REMOVE,
                new IdempotencyKey("k-2"),
                null,
                Fingerprint.none(),
                Set.of(),
                NOW_KEPT.plusSeconds(1),
                0,
                null);
        Intent unversioned = new Intent(
                FLOW,
                source("3"),
                TARGET,
                TargetRef.of("in_3"),
                Action.CREATE,
                new IdempotencyKey("k-3"),
                "",
                fingerprint(-1),
                Set.of("total"),
                NOW_KEPT.plusSeconds(2),
                7,
                null);
        write(tx -> tx.intents().put(List.of(unversioned, bare, open)));

        assertThat(this.<List<Intent>>read(tx -> tx.intents().open(FLOW))).containsExactly(open, bare, unversioned);
    }

    @Test
    final void tellsOpenIntentsFromThoseInDoubt() {
        Intent doubtful = intent("2").inDoubt("no answer within 30 s");
        write(tx -> tx.intents().put(List.of(intent("1"), doubtful)));

        assertThat(this.<List<Intent>>read(tx -> tx.intents().open(FLOW))).containsExactly(intent("1"));
        assertThat(this.<List<Intent>>read(tx -> tx.intents().inDoubt(FLOW))).containsExactly(doubtful);
        assertThat(this.<List<Intent>>read(tx -> tx.intents().open("payments"))).isEmpty();
    }

    @Test
    final void replacesTheIntentOfTheSameFlowAndRecord() {
        write(tx -> tx.intents().put(List.of(intent("1"))));
        write(tx -> tx.intents().put(List.of(intent("1").inDoubt("reset"))));

        assertThat(this.<List<Intent>>read(tx -> tx.intents().open(FLOW))).isEmpty();
        assertThat(this.<List<Intent>>read(tx -> tx.intents().inDoubt(FLOW)))
                .containsExactly(intent("1").inDoubt("reset"));
    }

    @Test
    final void closesIntents() {
        write(tx ->
                tx.intents().put(List.of(intent("1"), intent("2"), intent("3").inDoubt("reset"))));
        write(tx -> tx.intents().close(FLOW, List.of(source("1"), source("3"), source("unknown"))));

        assertThat(this.<List<Intent>>read(tx -> tx.intents().open(FLOW))).containsExactly(intent("2"));
        assertThat(this.<List<Intent>>read(tx -> tx.intents().inDoubt(FLOW))).isEmpty();
    }
}
