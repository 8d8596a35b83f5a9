package io.mlconnector.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlconnector.model.RecordKey;
import io.mlconnector.spi.Action;
import io.mlconnector.spi.AuditEntry;
import io.mlconnector.spi.AuditEntry.Outcome;
import io.mlconnector.spi.AuditQuery;
import io.mlconnector.spi.Endpoint;
import io.mlconnector.spi.IdempotencyKey;
import io.mlconnector.spi.InboxEvent;
import io.mlconnector.spi.InboxGroup;
import io.mlconnector.spi.Intent;
import io.mlconnector.spi.Known;
import io.mlconnector.spi.Known.Held;
import io.mlconnector.spi.Letter;
import io.mlconnector.spi.Link;
import io.mlconnector.spi.Position;
import io.mlconnector.spi.TargetRef;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every ledger does with texts. */
abstract class StoredTextContract extends WebhookInboxContract {

    /** Texts that stores are known to spoil. */
    private static final List<String> AWKWARD = List.of(
            "it's \"quoted\" `so`",
            "50% _ \\ / ? # & ; -- DROP TABLE",
            "línea\nnext\ttab\r\n",
            "日本語 Ελληνικά عربى",
            "👩‍👩‍👧 🏦",
            "nul \u0000 within",
            "escape \u0010 \u00100000 within",
            "half a pair \ud83d",
            "\udc00 other half",
            " leading and trailing ",
            "{\"json\": [1, null]}",
            "\ufeffbom",
            "null");

    @Test
    final void keepsEveryTextAsItWas() {
        for (String text : AWKWARD) {
            RecordKey source = new RecordKey("c" + text, "e" + text, "s" + text);
            Endpoint target = new Endpoint("tc" + text, "te" + text);
            var link = new Link(source, target.key("t" + text), text, fingerprint(1), NOW_KEPT);
            Intent intent = new Intent(
                    FLOW,
                    source,
                    target,
                    new TargetRef(text, text),
                    Action.UPDATE,
                    new IdempotencyKey("k"),
                    text,
                    fingerprint(2),
                    Set.of(text),
                    NOW_KEPT,
                    1,
                    text);
            Letter letter = new Letter(
                    FLOW,
                    source,
                    Letter.Kind.PARKED,
                    text,
                    link.target(),
                    text,
                    true,
                    3,
                    text,
                    1,
                    NOW_KEPT,
                    NOW_KEPT,
                    NOW_KEPT);
            AuditEntry entry = new AuditEntry(
                    text,
                    text,
                    source,
                    text,
                    link.target(),
                    Action.UPDATE,
                    Map.of(text, text),
                    text,
                    1,
                    Outcome.PARKED,
                    text,
                    text,
                    NOW_KEPT);
            InboxEvent event = new InboxEvent(
                    source.connection(),
                    "evt" + text,
                    text,
                    source,
                    NOW_KEPT,
                    null,
                    InboxEvent.State.PENDING,
                    0,
                    NOW_KEPT,
                    text);
            write(tx -> {
                tx.inbox().put(event, text);
                tx.audit().enlist(text);
                tx.mappings().put(List.of(link));
                tx.intents().put(List.of(intent));
                tx.deadLetters().put(List.of(letter));
                tx.audit().append(List.of(entry));
                tx.positions().save(FLOW, new Position(text));
                tx.positions().save(FLOW, notes(text, text));
            });

            read(tx -> {
                assertThat(tx.mappings().find(source, target)).contains(link);
                assertThat(tx.mappings().known(FLOW, target, List.of(source)))
                        .containsExactly(Map.entry(
                                source,
                                new Known(
                                        link,
                                        Held.IN_DOUBT,
                                        intent.fingerprint().whole())));
                assertThat(tx.mappings().resolve(target.connection(), List.of(source)))
                        .containsExactly(
                                Map.entry(source, new TargetRef(link.target().id(), text)));
                assertThat(tx.mappings().resolve(source.connection(), List.of(link.target())))
                        .containsExactly(Map.entry(link.target(), TargetRef.of(source.id())));
                assertThat(tx.intents().inDoubt(FLOW)).contains(intent);
                assertThat(tx.deadLetters().find(FLOW, source)).contains(letter);
                assertThat(tx.audit().query(AuditQuery.ofSource(source))).containsExactly(entry);
                assertThat(tx.inbox().find(event.connection(), event.id())).contains(event);
                assertThat(tx.inbox().payload(event.connection(), event.id())).contains(text);
                assertThat(tx.inbox().due(event.connection(), NOW_KEPT, 1))
                        .containsExactly(new InboxGroup(source, List.of(event)));
                assertThat(tx.audit().deliveries()).containsKey(text);
                assertThat(tx.positions().position(FLOW)).isEqualTo(new Position(text));
                assertThat(tx.positions().notes(FLOW)).containsEntry(text, text);
                return "";
            });
        }
        assertThat(this.<Optional<String>>read(tx -> tx.audit().verify())).isEmpty();
    }

    @Test
    final void tellsKeysApartThatLookAlike() {
        List<String> ids = List.of("a", "A", "a ", "á", "a\u0301", "a\u0000", "a\ud83d", "a?", "1", "01", "1.0");
        List<Link> links =
                ids.stream().map(id -> link(id, "in_" + ids.indexOf(id))).toList();
        write(tx -> tx.mappings().put(links));

        Map<RecordKey, Known> known = known(ids.toArray(String[]::new));

        assertThat(known).hasSameSizeAs(ids);
        assertThat(links)
                .allSatisfy(link -> assertThat(known).containsEntry(link.source(), new Known(kept(link), null, 0)));
    }

    @Test
    final void keepsAPayloadOfAMillionCharacters() {
        String payload = "{\"é\":\"" + "x\u20ac".repeat(500_000) + "\"}";
        Letter large = new Letter(
                FLOW,
                source("1"),
                Letter.Kind.DEAD,
                "too large",
                null,
                payload,
                true,
                1,
                null,
                1,
                NOW_KEPT,
                NOW_KEPT,
                null);
        write(tx -> tx.deadLetters().put(List.of(large)));

        assertThat(letter("1").map(Letter::payload).orElseThrow().equals(payload))
                .isTrue();
    }
}
