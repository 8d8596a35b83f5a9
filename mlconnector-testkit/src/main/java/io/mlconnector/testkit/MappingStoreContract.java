package io.mlconnector.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlconnector.model.RecordKey;
import io.mlconnector.spi.Echo;
import io.mlconnector.spi.Endpoint;
import io.mlconnector.spi.Fingerprint;
import io.mlconnector.spi.Intent;
import io.mlconnector.spi.Known;
import io.mlconnector.spi.Known.Held;
import io.mlconnector.spi.Lease;
import io.mlconnector.spi.Link;
import io.mlconnector.spi.MappingStore;
import io.mlconnector.spi.TargetRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every {@link MappingStore} promises. */
abstract class MappingStoreContract extends PositionStoreContract {

    @Test
    final void findsALinkAsItWasStored() {
        Link link = link("1", "in_1");
        Link withoutVersion = new Link(source("2"), TARGET.key("in_2"), null, Fingerprint.none(), NOW);
        Link awaitingEcho = new Link(
                source("4"),
                TARGET.key("in_4"),
                null,
                Fingerprint.none(),
                NOW_KEPT,
                Echo.of(Set.of("name", "email"), "W/\"a b\""));
        Link echoWithoutVersion =
                new Link(source("5"), TARGET.key("in_5"), null, Fingerprint.none(), NOW_KEPT, Echo.of(Set.of(), null));
        write(tx -> tx.mappings().put(List.of(link, withoutVersion, awaitingEcho, echoWithoutVersion)));

        assertThat(find("1"))
                .contains(new Link(link.source(), link.target(), link.targetVersion(), link.fingerprint(), NOW_KEPT));
        assertThat(find("2")).contains(new Link(source("2"), TARGET.key("in_2"), null, Fingerprint.none(), NOW_KEPT));
        assertThat(find("3")).isEmpty();
        assertThat(find("4")).contains(awaitingEcho);
        assertThat(known("4")).containsEntry(source("4"), new Known(awaitingEcho, null, 0));
        assertThat(find("5")).contains(echoWithoutVersion);
    }

    @Test
    final void replacesTheLinkOfTheSameSourceAndTargetEndpoint() {
        Endpoint elsewhere = new Endpoint("stripe", "credits");
        Link other = new Link(source("1"), elsewhere.key("cn_1"), "7", fingerprint(7), NOW_KEPT);
        write(tx -> tx.mappings().put(List.of(link("1", "in_1"), other)));
        write(tx -> tx.mappings().put(List.of(link("1", "in_2"))));

        assertThat(find("1").map(Link::target)).contains(TARGET.key("in_2"));
        assertThat(this.<Optional<Link>>read(tx -> tx.mappings().find(source("1"), elsewhere)))
                .contains(other);
        assertThat(this.<Long>read(tx -> tx.mappings().count(TARGET))).isEqualTo(1);
        assertThat(this.<Map<RecordKey, TargetRef>>read(
                        tx -> tx.mappings().resolve("ifs", List.of(TARGET.key("in_1"), TARGET.key("in_2")))))
                .containsOnlyKeys(TARGET.key("in_2"));
    }

    @Test
    final void keepsTheLastOfTwoLinksThatAreStoredTogether() {
        write(tx -> tx.mappings().put(List.of(link("1", "in_9"), link("1", "in_2"))));

        assertThat(find("1").map(Link::target)).contains(TARGET.key("in_2"));
    }

    @Test
    final void removesLinks() {
        Endpoint elsewhere = new Endpoint("stripe", "credits");
        write(tx -> tx.mappings()
                .put(List.of(
                        link("1", "in_1"),
                        link("2", "in_2"),
                        new Link(source("1"), elsewhere.key("cn_1"), null, fingerprint(1), NOW))));
        write(tx -> tx.mappings().remove(TARGET, List.of(source("1"), source("unknown"))));

        assertThat(find("1")).isEmpty();
        assertThat(find("2")).isPresent();
        assertThat(this.<Long>read(tx -> tx.mappings().count(TARGET))).isEqualTo(1);
        assertThat(this.<Long>read(tx -> tx.mappings().count(elsewhere))).isEqualTo(1);
    }

    @Test
    final void countsTheLinksToATarget() {
        write(tx -> tx.mappings().put(List.of(link("1", "in_1"), link("2", "in_2"))));

        assertThat(this.<Long>read(tx -> tx.mappings().count(TARGET))).isEqualTo(2);
        assertThat(this.<Long>read(tx -> tx.mappings().count(SOURCE))).isZero();
    }

    @Test
    final void resolvesARecordWhicheverSideItWasWrittenFrom() {
        Link there = link("1", "in_1");
        Link back = new Link(
                new RecordKey("stripe", "payments", "py_1"),
                new RecordKey("ifs", "vouchers", "V1"),
                "3",
                fingerprint(1),
                NOW);
        write(tx -> tx.mappings().put(List.of(there, back)));

        assertThat(resolve("stripe", source("1"), back.target(), source("unknown")))
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of(source("1"), new TargetRef("in_1", "v-in_1"), back.target(), TargetRef.of("py_1")));
        assertThat(resolve("ifs", there.target(), back.source()))
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of(there.target(), TargetRef.of("1"), back.source(), new TargetRef("V1", "3")));
        assertThat(resolve("bill", source("1"), there.target())).isEmpty();
        assertThat(resolve("stripe")).isEmpty();
    }

    @Test
    final void resolvesAtTheConnectionThatIsAskedFor() {
        Link stripe = link("1", "in_1");
        Link bill = new Link(source("1"), new RecordKey("bill", "bills", "b_1"), null, fingerprint(1), NOW);
        write(tx -> tx.mappings().put(List.of(stripe, bill)));

        assertThat(resolve("stripe", source("1"))).containsValue(new TargetRef("in_1", "v-in_1"));
        assertThat(resolve("bill", source("1"))).containsValue(TargetRef.of("b_1"));
    }

    @Test
    final void resolvesToTheNewestOfSeveralCounterparts() {
        Link older = new Link(source("1"), new RecordKey("stripe", "a", "old"), null, fingerprint(1), NOW);
        Link newer =
                new Link(source("1"), new RecordKey("stripe", "z", "new"), null, fingerprint(1), NOW.plusSeconds(1));
        write(tx -> tx.mappings().put(List.of(older, newer)));

        assertThat(resolve("stripe", source("1"))).containsValue(TargetRef.of("new"));
    }

    @Test
    final void listsTheLinksOfASourceToATargetPageByPage() {
        Lease lease = ledger.acquire(FLOW);
        List<RecordKey> sources =
                IntStream.range(10, 35).mapToObj(i -> source(i + "'%ü")).toList();
        write(
                lease,
                tx -> tx.mappings()
                        .put(sources.stream()
                                .map(key -> link(key.id(), "in_" + key.id()))
                                .toList()));

        var listed = new ArrayList<RecordKey>();
        List<RecordKey> page;
        do {
            String after = listed.isEmpty() ? "" : listed.get(listed.size() - 1).id();
            page = read(tx -> tx.mappings().linked(SOURCE, TARGET, after, 10));
            listed.addAll(page);
        } while (!page.isEmpty());

        assertThat(listed).containsExactlyInAnyOrderElementsOf(sources);
        assertThat(this.<List<RecordKey>>read(
                        tx -> tx.mappings().linked(new Endpoint("other", SOURCE.entity()), TARGET, "", 10)))
                .isEmpty();
        assertThat(this.<List<RecordKey>>read(
                        tx -> tx.mappings().linked(SOURCE, new Endpoint(TARGET.connection(), "other"), "", 10)))
                .isEmpty();
    }

    // What is known

    @Test
    final void knowsLinksLettersAndDoubts() {
        Link link = link("linked", "in_1");
        Intent doubtful = intent("doubtful").inDoubt("timeout");
        write(tx -> {
            tx.mappings().put(List.of(link, link("both", "in_2")));
            tx.deadLetters().put(List.of(dead("dead"), parked("parked"), dead("both"), dead("worse")));
            tx.intents().put(List.of(intent("open"), doubtful, intent("worse").inDoubt("reset")));
        });

        Map<RecordKey, Known> known =
                known("linked", "dead", "parked", "doubtful", "open", "both", "worse", "unknown", "linked");

        assertThat(known)
                .containsOnlyKeys(
                        source("linked"),
                        source("dead"),
                        source("parked"),
                        source("doubtful"),
                        source("both"),
                        source("worse"));
        assertThat(known)
                .containsEntry(source("linked"), new Known(kept(link), null, 0))
                .containsEntry(source("dead"), new Known(null, Held.DEAD, -5))
                .containsEntry(source("parked"), new Known(null, Held.PARKED, -5))
                .containsEntry(
                        source("doubtful"),
                        new Known(null, Held.IN_DOUBT, doubtful.fingerprint().whole()))
                .containsEntry(source("both"), new Known(kept(link("both", "in_2")), Held.DEAD, -5))
                .containsEntry(
                        source("worse"),
                        new Known(null, Held.IN_DOUBT, doubtful.fingerprint().whole()));
    }

    @Test
    final void knowsNothingOfOtherFlowsAndTargets() {
        Lease payments = ledger.acquire("payments");
        write(tx -> {
            tx.mappings().put(List.of(link("1", "in_1")));
            tx.deadLetters().put(List.of(dead("2")));
            tx.intents().put(List.of(intent("3").inDoubt("timeout")));
        });
        write(payments, tx -> {});
        List<RecordKey> sources = List.of(source("1"), source("2"), source("3"));

        assertThat(this.<Map<RecordKey, Known>>read(
                        tx -> tx.mappings().known("payments", new Endpoint("stripe", "credits"), sources)))
                .isEmpty();
        assertThat(known()).isEmpty();
    }

    @Test
    final void knowsFiveThousandRecordsAtOnce() {
        int count = 5000;
        List<Link> links = IntStream.range(0, count)
                .filter(i -> i % 2 == 0)
                .mapToObj(i -> link("" + i, "in_" + i))
                .toList();
        write(tx -> tx.mappings().put(links));
        List<RecordKey> sources =
                IntStream.range(0, count).mapToObj(i -> source("" + i)).toList();

        Map<RecordKey, Known> known = read(tx -> tx.mappings().known(FLOW, TARGET, sources));
        Map<RecordKey, TargetRef> resolved = read(tx -> tx.mappings().resolve("stripe", sources));

        assertThat(known).hasSize(count / 2);
        assertThat(known.get(source("4998"))).isEqualTo(new Known(kept(link("4998", "in_4998")), null, 0));
        assertThat(resolved).hasSize(count / 2).containsEntry(source("4998"), new TargetRef("in_4998", "v-in_4998"));
    }

    private Optional<Link> find(String id) {
        return read(tx -> tx.mappings().find(source(id), TARGET));
    }

    private Map<RecordKey, TargetRef> resolve(String connection, RecordKey... keys) {
        return read(tx -> tx.mappings().resolve(connection, List.of(keys)));
    }
}
