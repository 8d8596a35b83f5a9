package io.mlconnector.syspro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlconnector.model.Payment;
import io.mlconnector.spi.AuthenticationException;
import io.mlconnector.spi.Lookup;
import io.mlconnector.spi.Sink;
import io.mlconnector.spi.TargetRef;
import io.mlconnector.spi.UnavailableException;
import io.mlconnector.spi.Write;
import io.mlconnector.spi.WriteOutcome;
import io.mlconnector.spi.WriteOutcome.Ambiguous;
import io.mlconnector.spi.WriteOutcome.Applied;
import io.mlconnector.spi.WriteOutcome.Rejected;
import io.mlconnector.testkit.syspro.SysproFault;
import io.mlconnector.testkit.syspro.SysproRequest.Kind;
import io.mlconnector.testkit.syspro.SysproSandbox;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever breaks while a payment is posted, SYSPRO has it once in the end. By both transports. */
class PostingFaultTest {

    private static final String NOT_LOGGED_ON = "ERROR: The operator is not logged on";

    private Fixture fixture = new Fixture();

    private Sink<Payment> sink(String transport) {
        fixture.close();
        SysproSandbox.Builder builder = SysproSandbox.builder();
        fixture = new Fixture(transport.equals("rest") ? builder.withoutSoap() : builder);
        fixture.invoice(1, "1250.00");
        return fixture.sink("payments");
    }

    private Write<Payment> payment() {
        return fixture.create(Fixture.payment(1, "1250.00").build());
    }

    private void postedOnce() {
        assertThat(fixture.postings(Fixture.paymentKey(1))).hasSize(1);
        assertThat(fixture.sandbox.row("ArInvoice", Fixture.CUSTOMER, Fixture.number(1), "I"))
                .hasValueSatisfying(row -> assertThat(row.get("InvoiceBal1")).hasToString("0.00"));
        assertThat(fixture.sandbox.droppedElements()).isEmpty();
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"rest", "soap"})
    void aDroppedConnectionEndsWithOnePosting(String transport) {
        Sink<Payment> sink = sink(transport);
        fixture.sandbox.failNextPosts(1, SysproFault.dropped());

        assertThat(fixture.settle(sink, payment())).isInstanceOf(Applied.class);

        assertThat(fixture.sandbox.count(Kind.POST)).isEqualTo(2);
        postedOnce();
    }

    @ParameterizedTest
    @ValueSource(strings = {"rest", "soap"})
    void aLostAnswerEndsWithOnePosting(String transport) {
        Sink<Payment> sink = sink(transport);
        fixture.sandbox.failNextPosts(1, SysproFault.answerLost());

        assertThat(fixture.settle(sink, payment())).isInstanceOf(Applied.class);

        assertThat(fixture.sandbox.count(Kind.POST)).isEqualTo(1);
        postedOnce();
    }

    @ParameterizedTest
    @ValueSource(strings = {"rest", "soap"})
    void anAnswerThatIsCutOrAWebPageOrNothingLeavesTheOutcomeOpen(String transport) {
        List<SysproFault> faults =
                List.of(SysproFault.answerCut(), SysproFault.page(503), SysproFault.page(200), SysproFault.answer(""));
        for (SysproFault fault : faults) {
            Sink<Payment> sink = sink(transport);
            fixture.sandbox.failNextPosts(1, fault);
            assertThat(fixture.write(sink, payment())).isInstanceOf(Ambiguous.class);

            assertThat(fixture.settle(sink, payment())).isInstanceOf(Applied.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"rest", "soap"})
    void anExpiredTokenEndsWithOnePostingAtOnce(String transport) {
        Sink<Payment> sink = sink(transport);
        fixture.sandbox.failNextPosts(1, SysproFault.error(NOT_LOGGED_ON));

        assertThat(fixture.write(sink, payment())).isInstanceOf(Applied.class);

        postedOnce();
    }

    @ParameterizedTest
    @ValueSource(strings = {"rest", "soap"})
    void anAnswer401EndsWithANewSessionAndOnePosting(String transport) {
        Sink<Payment> sink = sink(transport);
        fixture.sandbox.failNextPosts(1, SysproFault.page(401));

        assertThat(fixture.write(sink, payment())).isInstanceOf(Applied.class);

        assertThat(fixture.sandbox.logons()).isEqualTo(2);
        assertThat(fixture.sandbox.count(Kind.POST)).isEqualTo(2);
        postedOnce();
    }

    @ParameterizedTest
    @ValueSource(strings = {"rest", "soap"})
    void aSessionThatEndsAfterThePostingEndsWithOnePosting(String transport) {
        Sink<Payment> sink = sink(transport);
        fixture.sandbox.failNextPosts(1, SysproFault.errorAfterEffect(NOT_LOGGED_ON));

        assertThat(fixture.write(sink, payment())).isInstanceOf(Applied.class);

        assertThat(fixture.sandbox.count(Kind.POST)).isEqualTo(1);
        postedOnce();
    }

    @ParameterizedTest
    @ValueSource(strings = {"rest", "soap"})
    void aStolenSessionEndsWithOnePosting(String transport) {
        Sink<Payment> sink = sink(transport);
        fixture.invoice(2, "80.00");
        fixture.write(sink, fixture.create(Fixture.payment(2, "80.00").build()));
        fixture.sandbox.stealSession();

        assertThat(fixture.write(sink, payment())).isInstanceOf(Applied.class);

        assertThat(fixture.sandbox.logons()).isEqualTo(3); // ours, theirs, ours again
        postedOnce();
    }

    @ParameterizedTest
    @ValueSource(strings = {"rest", "soap"})
    void saysClearlyThatSomebodyElseUsesTheOperator(String transport) {
        Sink<Payment> sink = sink(transport);
        fixture.sandbox.failNext(9, request -> request.kind() == Kind.POST, SysproFault.error(NOT_LOGGED_ON));

        assertThatThrownBy(() -> fixture.write(sink, payment()))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("somebody else logs on as this operator")
                .hasMessageContaining("STRIPE");
        assertThat(fixture.sandbox.postings()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"rest", "soap"})
    void anUnknownErrorTextIsLookedUpBeforeItIsBelieved(String transport) {
        Sink<Payment> sink = sink(transport);
        fixture.sandbox.failNextPosts(1, SysproFault.errorAfterEffect("ERROR: Printer on fire"));
        assertThat(fixture.write(sink, payment())).isInstanceOf(Applied.class);
        postedOnce();

        fixture.invoice(2, "80.00");
        fixture.sandbox.failNextPosts(1, SysproFault.error("ERROR: Printer on fire"));
        assertThat(fixture.write(
                        sink, fixture.create(Fixture.payment(2, "80.00").build())))
                .isInstanceOfSatisfying(
                        Rejected.class,
                        rejected -> assertThat(rejected.reason()).contains("Printer on fire"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"rest", "soap"})
    void aMissingLicenceStopsTheFlowAndSaysSo(String transport) {
        Sink<Payment> sink = sink(transport);
        fixture.sandbox.unlicense("ARSTPY");

        assertThatThrownBy(() -> fixture.write(sink, payment()))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("post ARSTPY")
                .hasMessageContaining("100000")
                .hasMessageContaining("licence");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rest", "soap"})
    void aWrongPasswordIsNotTriedAgainSoThatTheOperatorIsNotLockedOut(String transport) {
        sink(transport);
        Sink<Payment> sink = fixture.with("operatorPassword", "wr0ng-s3cret").sink("payments");

        for (int flow = 0; flow < 5; flow++) {
            assertThatThrownBy(() -> fixture.write(sink, payment()))
                    .isInstanceOf(AuthenticationException.class)
                    .hasMessageContaining("STRIPE")
                    .hasMessageNotContaining("s3cret");
        }

        assertThat(fixture.sandbox.count(Kind.LOGON)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rest", "soap"})
    void oneBadItemOfADocumentDoesNotStopTheOthers(String transport) {
        Sink<Payment> sink = sink(transport);
        fixture.invoice(2, "80.00");
        fixture.invoice(3, "90.00");
        fixture.sandbox.remove("ArCustomer", Fixture.CUSTOMER);
        fixture.customer("000000000000013", "Other");
        fixture.row("000000000000013", "X1", "I", "40.00");
        fixture.links.put(Fixture.document(3), TargetRef.of("000000000000013|X1|I"));

        List<WriteOutcome> outcomes = sink.write(List.of(
                fixture.create(Fixture.payment(2, "80.00").build()),
                fixture.create(Fixture.payment(3, "40.00").build())));

        assertThat(outcomes.get(0))
                .isInstanceOfSatisfying(
                        Rejected.class,
                        rejected -> assertThat(rejected.reason()).contains("Customer '12' not found", "180001"));
        assertThat(outcomes.get(1)).isInstanceOf(Applied.class);
        assertThat(fixture.sandbox.postings()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rest", "soap"})
    void aClosedPeriodStopsTheFlowInsteadOfRefusingEveryPayment(String transport) {
        Sink<Payment> sink = sink(transport);
        fixture.sandbox.closePeriod("C");

        assertThatThrownBy(() -> fixture.write(sink, payment()))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("period is closed")
                .hasMessageContaining("receipts.postingPeriod");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rest", "soap"})
    void afterALostAnswerTheRestOfABatchIsStillSettledOnce(String transport) {
        Sink<Payment> sink = sink(transport);
        fixture.receipt("itemsPerDocument", 2);
        Sink<Payment> small = fixture.sink("payments");
        var writes = new ArrayList<Write<Payment>>();
        for (int number = 1; number <= 6; number++) {
            fixture.invoice(number, "10.00");
            writes.add(fixture.create(Fixture.payment(number, "10.00").build()));
        }
        fixture.sandbox.failNext(1, request -> request.kind() == Kind.POST, SysproFault.answerLost());

        List<WriteOutcome> outcomes = small.write(writes);
        for (int at = 0; at < writes.size(); at++) {
            if (!(outcomes.get(at) instanceof Applied)) {
                assertThat(small.find(writes.get(at)) instanceof Lookup.Found
                                || fixture.write(small, writes.get(at)) instanceof Applied)
                        .isTrue();
            }
        }

        assertThat(outcomes.subList(0, 2)).allMatch(Ambiguous.class::isInstance);
        assertThat(outcomes.subList(2, 6)).allMatch(WriteOutcome.Throttled.class::isInstance);
        assertThat(fixture.sandbox.postings()).hasSize(6);
        assertThat(sink.maxBatch()).isGreaterThan(1);
    }
}
