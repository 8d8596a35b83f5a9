package io.mlconnector.stripe;

import static io.mlconnector.stripe.Fixture.applied;
import static io.mlconnector.stripe.Fixture.invoice;
import static io.mlconnector.stripe.Fixture.line;
import static io.mlconnector.stripe.Fixture.lines;
import static io.mlconnector.stripe.Fixture.rejected;
import static io.mlconnector.stripe.Fixture.settle;
import static io.mlconnector.stripe.Fixture.write;
import static org.assertj.core.api.Assertions.assertThat;

import io.mlconnector.model.Invoice;
import io.mlconnector.spi.Lookup;
import io.mlconnector.spi.Write;
import io.mlconnector.spi.WriteOutcome;
import io.mlconnector.testkit.stripe.StripeFault;
import io.mlconnector.testkit.stripe.StripeRequest;
import io.mlconnector.testkit.stripe.StripeSandbox;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class InvoiceRecoveryTest {

    private static final String ADD_LINES = "/v1/invoices/{id}/add_lines";

    private final Fixture fixture = new Fixture();
    private final StripeSandbox stripe = fixture.stripe;

    @BeforeEach
    void writeTheCustomer() {
        fixture.linkedCustomer();
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/invoices", "add_lines", "finalize"})
    void repeatsACallWhoseAnswerWasLostUnderItsKey(String path) {
        fixture.configure(Map.of("mode", "finalize"));
        stripe.failNext(1, StripeFault.droppedAnswer(), (method, where) -> where.endsWith(path));

        applied(write(fixture.invoices(), create()));

        assertThat(stripe.invoices()).hasSize(1);
        assertThat(stripe.lines(id())).hasSize(1);
        assertThat(stripe.invoices().get(0).path("status").asText()).isEqualTo("open");
        assertThat(stripe.requests()).anyMatch(StripeRequest::replayed);
    }

    @Test
    void repeatsAWholeWriteAfterACrashUnderTheSameKeys() {
        Write.Create<Invoice> create = create();
        String first = applied(write(fixture.invoices(), create));
        fixture.configure(Map.of());

        String second = applied(write(fixture.invoices(), create));

        assertThat(second).isEqualTo(first);
        assertThat(stripe.invoices()).hasSize(1);
        assertThat(stripe.lines(first)).hasSize(1);
    }

    @Test
    void goesOnFromAPartialDraft() {
        fixture.configure(Map.of("maxRetries", 0));
        Write.Create<Invoice> create = fixture.create(invoice(1, lines(60)).build(), "k1");
        stripe.failNext(1, StripeFault.droppedBefore(), (method, path) -> secondBlock(path));

        assertThat(write(fixture.invoices(), create)).isInstanceOf(WriteOutcome.Ambiguous.class);
        assertThat(fixture.invoices().find(create))
                .isInstanceOfSatisfying(
                        Lookup.Partial.class,
                        partial -> assertThat(partial.progress()).contains("50 of 60"));
        applied(settle(fixture.invoices(), create));

        assertThat(stripe.invoices()).hasSize(1);
        assertThat(stripe.lines(id()))
                .hasSize(60)
                .extracting(it -> it.path("metadata").path("erp_line").asText())
                .doesNotHaveDuplicates();
        assertThat(fixture.invoices().find(create)).isInstanceOf(Lookup.Found.class);
    }

    @Test
    void goesOnFromAPartialDraftWhenTheKeysAreForgotten() {
        fixture.configure(Map.of("maxRetries", 0));
        Write.Create<Invoice> create = fixture.create(invoice(1, lines(60)).build(), "k1");
        stripe.failNext(1, StripeFault.droppedAnswer(), (method, path) -> path.endsWith("add_lines"));
        write(fixture.invoices(), create);
        stripe.advance(Duration.ofHours(25));
        fixture.passTime(Duration.ofHours(25));

        applied(settle(fixture.invoices(), create));

        assertThat(stripe.invoices()).hasSize(1);
        assertThat(stripe.lines(id())).hasSize(60);
    }

    @Test
    void findsAFinishedDraftAfterAServerErrorThatHadAnEffect() {
        Write.Create<Invoice> create = create();
        stripe.failNext(1, StripeFault.serverErrorAfterEffect(), (method, path) -> path.endsWith("add_lines"));

        WriteOutcome outcome = write(fixture.invoices(), create);

        assertThat(outcome).isInstanceOf(WriteOutcome.Ambiguous.class);
        assertThat(fixture.invoices().find(create)).isInstanceOf(Lookup.Found.class);
        assertThat(stripe.lines(id())).hasSize(1);
    }

    @Test
    void getsPastAStoredServerErrorOfItsLines() {
        Write.Create<Invoice> create = create();
        stripe.failNext(1, StripeFault.serverError(), (method, path) -> path.endsWith("add_lines"));
        write(fixture.invoices(), create);

        applied(settle(fixture.invoices(), create));

        assertThat(stripe.lines(id())).hasSize(1);
    }

    @Test
    void createsADraftAnewThatSomebodyDeleted() {
        Write.Create<Invoice> create = create();
        String first = applied(write(fixture.invoices(), create));
        stripe.dashboard().deleteDraft(first);

        String second = applied(write(fixture.invoices(), create));

        assertThat(second).isNotEqualTo(first);
        assertThat(stripe.lines(second)).hasSize(1);
    }

    @Test
    void deletesAPartialDraftWhoseTotalsCannotBeReached() {
        Write.Create<Invoice> create = create();
        String id = applied(write(fixture.invoices(), create));
        addLineByHand(id);

        String reason = rejected(write(fixture.invoices(), create));

        assertThat(reason).contains("119.00 EUR in the ERP", "119.01 EUR in Stripe", "lines 1", "2");
        assertThat(stripe.invoices()).isEmpty();
    }

    @Test
    void tellsThatADraftIsNotYetFinalized() {
        Write.Create<Invoice> create = create();
        write(fixture.invoices(), create);
        fixture.configure(Map.of("mode", "finalize"));

        assertThat(fixture.invoices().find(create)).isInstanceOf(Lookup.Partial.class);
        applied(settle(fixture.invoices(), create));

        assertThat(stripe.invoices().get(0).path("status").asText()).isEqualTo("open");
    }

    @Test
    void cannotTellWhichOfTwoInvoicesIsMeant() {
        Write.Create<Invoice> create = create();
        String one = applied(write(fixture.invoices(), create));
        String two = applied(write(
                fixture.invoices(),
                fixture.create(invoice(1, line("10", "100.00", "19.00")).build(), "k2")));

        assertThat(fixture.invoices().find(create))
                .isInstanceOfSatisfying(
                        Lookup.CannotTell.class,
                        lookup -> assertThat(lookup.why()).contains(one, two));
    }

    @ParameterizedTest
    @ValueSource(strings = {"rate", "lock", "conflict", "reset", "gateway", "empty"})
    void repeatsWhatWasNotDone(String kind) {
        StripeFault fault = switch (kind) {
            case "rate" -> StripeFault.rateLimited("global-rate");
            case "lock" -> StripeFault.lockTimeout();
            case "conflict" -> StripeFault.conflict();
            case "reset" -> StripeFault.droppedBefore();
            case "gateway" -> StripeFault.badGateway();
            default -> StripeFault.emptyBadGateway();
        };
        stripe.failNext(2, fault, (method, path) -> method.equals("POST"));

        applied(write(fixture.invoices(), create()));

        assertThat(stripe.invoices()).hasSize(1);
        assertThat(fixture.connector().stats().retries()).isEqualTo(2);
        assertThat(stripe.requests().stream()
                        .filter(request -> request.route().equals("/v1/invoices"))
                        .map(StripeRequest::idempotencyKey)
                        .distinct())
                .containsExactly("k1:invoice");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "{\"id\":7}", "<html/>", "{\"lines\":[]}"})
    void calls200WithAStrangeBodyAmbiguous(String body) throws IOException {
        try (Relay relay = new Relay(stripe.baseUrl())) {
            fixture.configure(Map.of("baseUrl", relay.baseUrl(), "maxRetries", 0));
            relay.answerNext(200, body);

            WriteOutcome outcome = write(fixture.invoices(), create());

            assertThat(outcome).isInstanceOf(WriteOutcome.Ambiguous.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"error\":[]}", "", "<html/>", "[]"})
    void calls502WithAStrangeBodyAmbiguous(String body) throws IOException {
        try (Relay relay = new Relay(stripe.baseUrl())) {
            fixture.configure(Map.of("baseUrl", relay.baseUrl(), "maxRetries", 0));
            relay.answerNext(502, body);

            WriteOutcome outcome = write(fixture.invoices(), create());

            assertThat(outcome).isInstanceOf(WriteOutcome.Ambiguous.class);
        }
    }

    private Write.Create<Invoice> create() {
        return fixture.create(invoice(1, line("10", "100.00", "19.00")).build(), "k1");
    }

    private String id() {
        return stripe.invoices().get(0).path("id").asText();
    }

    private boolean secondBlock(String path) {
        return path.endsWith("add_lines") && stripe.requestCount("POST", ADD_LINES) == 1;
    }

    private void addLineByHand(String id) {
        StripeApiForTests.post(
                stripe, "/v1/invoices/" + id + "/add_lines", "lines[0][amount]=1&lines[0][description]=x");
    }

    @Test
    void sendsNothingTwiceUnderDifferentKeysInOneRun() {
        applied(write(fixture.invoices(), create()));

        List<String> keys = stripe.requests().stream()
                .map(StripeRequest::idempotencyKey)
                .filter(key -> key != null && key.startsWith("k1"))
                .toList();
        assertThat(keys).hasSize(2).doesNotHaveDuplicates();
    }
}
