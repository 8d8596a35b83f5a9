package io.mlconnector.bill;

import static io.mlconnector.bill.Fixture.applied;
import static io.mlconnector.bill.Fixture.rejected;
import static io.mlconnector.bill.Fixture.write;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlconnector.model.Bill;
import io.mlconnector.model.Money;
import io.mlconnector.model.Vendor;
import io.mlconnector.spi.Lookup;
import io.mlconnector.spi.TargetRef;
import io.mlconnector.spi.Write;
import io.mlconnector.spi.WriteOutcome;
import io.mlconnector.testkit.bill.BillFault;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ChangesTest {

    private final Fixture fixture = new Fixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    private JsonNode bill(String id) {
        return fixture.bill.bills().stream()
                .filter(it -> it.path("id").asText().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private JsonNode vendor() {
        return fixture.bill.vendors().get(0);
    }

    @Test
    void aChangeOfAVendorSendsOnlyWhatHasChangedAndNothingOfItsBank() {
        Vendor vendor = Fixture.vendor(1).build();
        TargetRef target = applied(write(fixture.vendors(), fixture.create(vendor)));
        Vendor changed =
                Fixture.vendor(1).phone(null).name("Nordhaven Bearings Inc").build();

        applied(write(fixture.vendors(), fixture.update(changed, target, "phone", "name")));

        String body =
                fixture.bill.requests().get(fixture.bill.requests().size() - 1).body();
        assertThat(body)
                .contains("Nordhaven Bearings Inc")
                .doesNotContain("bank", "payment", "autoPay", "address", "email");
        assertThat(vendor().has("phone")).isFalse();
        assertThat(vendor().path("email").asText()).isEqualTo("ar1@nordhaven.example");
    }

    @Test
    void aVendorIsArchivedAndRestoredWithItsActivity() {
        Vendor vendor = Fixture.vendor(1).build();
        TargetRef target = applied(write(fixture.vendors(), fixture.create(vendor)));

        applied(write(
                fixture.vendors(),
                fixture.update(Fixture.vendor(1).active(false).build(), target, "active")));
        assertThat(vendor().path("archived").asBoolean()).isTrue();

        applied(write(fixture.vendors(), fixture.update(vendor, target, "active")));
        assertThat(vendor().path("archived").asBoolean()).isFalse();

        applied(write(fixture.vendors(), fixture.remove(vendor.key(), target)));
        assertThat(vendor().path("archived").asBoolean()).isTrue();
        assertThat(fixture.vendors().find(fixture.remove(vendor.key(), target))).isInstanceOf(Lookup.Found.class);
    }

    @Test
    void aVendorThatIsClosedFromTheStartIsArchivedEvenIfTheSecondCallGoesWrongAtFirst() {
        Vendor vendor = Fixture.vendor(1).active(false).build();
        var create = fixture.create(vendor);
        fixture.bill.failNext(1, BillFault.droppedBefore(), (method, path) -> path.endsWith("/archive"));

        assertThat(write(fixture.vendors(), create)).isInstanceOf(WriteOutcome.Ambiguous.class);
        assertThat(fixture.vendors().find(create)).isInstanceOf(Lookup.Partial.class);
        applied(write(fixture.vendors(), create));

        assertThat(fixture.bill.vendors()).hasSize(1);
        assertThat(vendor().path("archived").asBoolean()).isTrue();
    }

    @Test
    void theCurrencyOfAVendorDoesNotChange() {
        TargetRef target = applied(
                write(fixture.vendors(), fixture.create(Fixture.vendor(1).build())));
        Vendor changed = Fixture.vendor(1).currency("EUR").build();

        assertThat(rejected(write(fixture.vendors(), fixture.update(changed, target, "currency"))))
                .contains("is EUR now, but BILL has fixed that of", "at USD");
    }

    @Test
    void aVendorWithTheSameNameIsTakenUpIfItIsTheSameAndLeftAloneIfNot() {
        String entered = fixture.bill.enterVendor("Nordhaven Bearings 1", "USD");
        fixture.bill.enterVendor("Nordhaven Bearings 2", "EUR");

        assertThat(applied(write(
                                fixture.vendors(),
                                fixture.create(Fixture.vendor(1).build())))
                        .id())
                .isEqualTo(entered);
        applied(write(fixture.vendors(), fixture.create(Fixture.vendor(2).build())));

        assertThat(fixture.bill.vendors()).hasSize(3);
        assertThat(vendor().path("shortName").asText()).isEqualTo("S1");
    }

    @Test
    void manyVendorsTakeUpWhatIsThereWithoutAskingForEach() {
        String entered = fixture.bill.enterVendor("Nordhaven Bearings 7", "USD");
        var batch = new ArrayList<Write<Vendor>>();
        for (int number = 1; number <= 20; number++) {
            batch.add(fixture.create(Fixture.vendor(number).build()));
        }

        List<WriteOutcome> outcomes = fixture.vendors().write(batch);

        assertThat(applied(outcomes.get(6)).id()).isEqualTo(entered);
        assertThat(fixture.bill.vendors()).hasSize(20);
        assertThat(fixture.bill.requestCount("GET", "/vendors")).isEqualTo(2);
    }

    @Test
    void aChangeOfTheHeaderIsAPatchAndOneOfTheLinesReplacesTheBillAndKeepsTheirIds() {
        fixture.linkedVendor(1);
        TargetRef target =
                applied(write(fixture.bills(), fixture.create(Fixture.bill(1, 1).build())));
        String line = bill(target.id()).path("billLineItems").path(0).path("id").asText();
        Bill header = Fixture.bill(1, 1).purchaseOrderNumber("PO-2").build();
        applied(write(fixture.bills(), fixture.update(header, target, "purchaseOrderNumber")));
        assertThat(fixture.bill.requestCount("PATCH", target.id())).isEqualTo(1);

        Money net = Money.of("1000.00", "USD");
        Bill lines = Fixture.bill(1, 1)
                .lines(List.of(Fixture.line("1", net, null)))
                .net(net)
                .total(net.plus(Money.of("102.34", "USD")))
                .build();
        applied(write(fixture.bills(), fixture.update(lines, target, "lines", "net", "total")));

        assertThat(fixture.bill.requestCount("PUT", target.id())).isEqualTo(1);
        assertThat(bill(target.id()).path("amount").asText()).isEqualTo("1102.34");
        assertThat(bill(target.id()).path("billLineItems").path(0).path("id").asText())
                .isEqualTo(line);
    }

    @ParameterizedTest
    @ValueSource(strings = {"SCHEDULED", "CLEARED"})
    void aBillWithAPaymentIsNotChanged(String payment) {
        fixture.linkedVendor(1);
        TargetRef target =
                applied(write(fixture.bills(), fixture.create(Fixture.bill(1, 1).build())));
        fixture.bill.pay(target.id(), null, payment);
        Bill changed = Fixture.bill(1, 1).memo("changed").build();

        assertThat(rejected(write(fixture.bills(), fixture.update(changed, target, "memo"))))
                .contains(target.id(), "in BILL and stays as it was paid");
        assertThat(rejected(write(fixture.bills(), fixture.remove(changed.key(), target))))
                .contains("stays as it was paid");
    }

    @Test
    void whatBillHasNoPlaceForCostsNoCall() {
        fixture.linkedVendor(1);
        TargetRef target =
                applied(write(fixture.bills(), fixture.create(Fixture.bill(1, 1).build())));
        int before = fixture.bill.requests().size();
        Bill paid = Fixture.bill(1, 1).paymentStatus(Bill.PaymentStatus.PAID).build();

        applied(write(fixture.bills(), fixture.update(paid, target, "paymentStatus", "paidOn")));

        assertThat(fixture.bill.requests()).hasSize(before);
    }

    @Test
    void aBillThatIsWithdrawnIsArchived() {
        fixture.linkedVendor(1);
        TargetRef target =
                applied(write(fixture.bills(), fixture.create(Fixture.bill(1, 1).build())));
        Bill voided = Fixture.bill(1, 1).approval(Bill.Approval.VOIDED).build();

        applied(write(fixture.bills(), fixture.update(voided, target, "approval")));

        assertThat(bill(target.id()).path("archived").asBoolean()).isTrue();
    }

    @Test
    void aChangeWithoutAnAnswerIsFoundByItsContent() {
        fixture.linkedVendor(1);
        TargetRef target =
                applied(write(fixture.bills(), fixture.create(Fixture.bill(1, 1).build())));
        var update = fixture.update(Fixture.bill(1, 1).memo("changed").build(), target, "memo");
        assertThat(fixture.bills().find(update)).isEqualTo(Lookup.ABSENT);
        fixture.bill.failNext(1, BillFault.droppedAnswer(), (method, path) -> method.equals("PATCH"));

        assertThat(write(fixture.bills(), update)).isInstanceOf(WriteOutcome.Ambiguous.class);

        assertThat(fixture.bills().find(update)).isInstanceOf(Lookup.Found.class);
    }

    @Test
    void aBillThatIsSentAgainAfterTheLedgerWasLostIsBroughtUpToDate() {
        fixture.linkedVendor(1);
        TargetRef target =
                applied(write(fixture.bills(), fixture.create(Fixture.bill(1, 1).build())));
        Bill newer = Fixture.bill(1, 1).memo("newer").build();

        assertThat(applied(write(fixture.bills(), fixture.create(newer))).id()).isEqualTo(target.id());

        assertThat(fixture.bill.bills()).hasSize(1);
        assertThat(bill(target.id()).path("description").asText()).isEqualTo("[ifs/bills/B1] newer");
    }
}
