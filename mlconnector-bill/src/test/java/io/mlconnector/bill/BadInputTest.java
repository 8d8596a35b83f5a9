package io.mlconnector.bill;

import static io.mlconnector.bill.Fixture.applied;
import static io.mlconnector.bill.Fixture.rejected;
import static io.mlconnector.bill.Fixture.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.TextNode;
import io.mlconnector.model.Address;
import io.mlconnector.model.Bill;
import io.mlconnector.model.GlCoding;
import io.mlconnector.model.LineItem;
import io.mlconnector.model.Money;
import io.mlconnector.model.Vendor;
import io.mlconnector.spi.ConfigurationException;
import io.mlconnector.spi.ConnectorContext;
import io.mlconnector.spi.Lookup;
import io.mlconnector.spi.Settings;
import io.mlconnector.spi.Sink;
import io.mlconnector.spi.TargetRef;
import io.mlconnector.spi.Write;
import io.mlconnector.spi.WriteOutcome;
import io.mlconnector.testkit.bill.BillFault;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BadInputTest {

    private final Fixture fixture = new Fixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Müller, Söhne & Co: \"Stahl\"", "\"Best\" Bearings", "a,b", "a:b", "Smith \\ Sons"})
    void aNameWithLettersOfTheFilterLanguageIsWrittenAndFoundAgain(String name) {
        Vendor vendor = Fixture.vendor(1).name(name).build();
        Write.Create<Vendor> create = fixture.create(vendor);
        TargetRef written = applied(write(fixture.vendors(), create));

        assertThat(fixture.vendors().find(create))
                .isInstanceOfSatisfying(
                        Lookup.Found.class,
                        found -> assertThat(found.target().id()).isEqualTo(written.id()));
        assertThat(applied(write(fixture.vendors(), fixture.create(vendor))).id())
                .isEqualTo(written.id());
        assertThat(fixture.bill.vendors()).hasSize(1);
    }

    @Test
    void aNameThatIsTooLongIsRefused() {
        Vendor vendor = Fixture.vendor(1).name("x".repeat(101)).build();

        assertThat(rejected(write(fixture.vendors(), fixture.create(vendor))))
                .contains("ifs/vendors/S1", "name", "at most 100 characters");
        assertThat(fixture.bill.vendors()).isEmpty();
    }

    @Test
    void aVendorWithoutAWholeAddressIsRefused() {
        Vendor none = Fixture.vendor(1).address(null).build();
        Vendor half = Fixture.vendor(2)
                .address(new Address("88 Kiln Street", null, " ", null, null, "US"))
                .build();

        assertThat(rejected(write(fixture.vendors(), fixture.create(none)))).contains("vendor S1 has no an address");
        assertThat(rejected(write(fixture.vendors(), fixture.create(half))))
                .contains("vendor S2 has no address.city, address.postalCode");
    }

    @Test
    void anUnknownAccountOrCostCentreIsNamedAndNeverMade() {
        fixture.linkedVendor(1);
        fixture.bill.addAccount("6120", "Production supplies");
        Bill account = coded(new GlCoding("6999", null, Map.of()));
        Bill department = coded(new GlCoding("6120", "CC-9", Map.of()));

        assertThat(rejected(write(fixture.bills(), fixture.create(account)))).contains("UNMAPPED GL account '6999'");
        assertThat(rejected(write(fixture.bills(), fixture.create(department)))).contains("UNMAPPED department 'CC-9'");
        assertThat(fixture.bill.bills()).isEmpty();
    }

    @Test
    void anAccountNumberThatTwoAccountsHaveIsNotPicked() {
        fixture.linkedVendor(1);
        String one = fixture.bill.addAccount("6120", "Supplies");
        String other = fixture.bill.addAccount("6120", "Supplies, old");

        assertThat(rejected(write(fixture.bills(), fixture.create(coded(new GlCoding("6120", null, Map.of()))))))
                .contains("AMBIGUOUS GL account '6120'", one, other);
    }

    @Test
    void codesBecomeTheIdsOfBill() {
        fixture.linkedVendor(1);
        String account = fixture.bill.addAccount("6120", "Production supplies");
        String department = fixture.bill.addClassification("departments", "CC-4", "Assembly");

        applied(write(fixture.bills(), fixture.create(coded(new GlCoding("6120", "CC-4", Map.of())))));

        var line = fixture.bill.bills().get(0).path("billLineItems").path(0).path("classifications");
        assertThat(line.path("chartOfAccountId").asText()).isEqualTo(account);
        assertThat(line.path("departmentId").asText()).isEqualTo(department);
        assertThat(fixture.bill
                        .bills()
                        .get(0)
                        .path("billLineItems")
                        .path(1)
                        .path("description")
                        .asText())
                .isEqualTo("Sales tax");
    }

    private static Bill coded(GlCoding coding) {
        LineItem line = Fixture.line("1", Money.of("1240.50", "USD"), coding);
        return Fixture.bill(1, 1).lines(List.of(line)).build();
    }

    @Test
    void aSecondBillOfANumberIsRefused() {
        fixture.linkedVendor(1);
        TargetRef first =
                applied(write(fixture.bills(), fixture.create(Fixture.bill(1, 1).build())));
        Bill second = Fixture.bill(2, 1).number("NB-1").build();

        assertThat(rejected(write(fixture.bills(), fixture.create(second))))
                .contains("ifs/bills/B2", "already has a bill of the number NB-1", first.id(), "pay both");
        assertThat(fixture.bill.doubledBills()).isZero();
    }

    @Test
    void twoBillsOfANumberInOneBatchBecomeOne() {
        fixture.linkedVendor(1);
        List<WriteOutcome> outcomes = fixture.bills()
                .write(List.of(
                        fixture.create(Fixture.bill(1, 1).build()),
                        fixture.create(Fixture.bill(2, 1).number("NB-1").build()),
                        fixture.create(Fixture.bill(3, 1).build())));

        assertThat(rejected(outcomes.get(1))).contains("by ifs/bills/B1");
        applied(outcomes.get(0));
        applied(outcomes.get(2));
        assertThat(fixture.bill.bills()).hasSize(2);
    }

    @Test
    void aBillThatSomebodyHasEnteredIsTakenUpIfTheAmountAgreesAndRefusedIfNot() {
        String vendor = fixture.linkedVendor(1);
        String same = fixture.bill.enterBill(vendor, "NB-1", "1342.84");
        fixture.bill.enterBill(vendor, "NB-2", "1000.00");

        assertThat(applied(write(
                                fixture.bills(),
                                fixture.create(Fixture.bill(1, 1).build())))
                        .id())
                .isEqualTo(same);
        assertThat(rejected(
                        write(fixture.bills(), fixture.create(Fixture.bill(2, 1).build()))))
                .contains("already has a bill of the number NB-2");
        assertThat(fixture.bill.bills()).hasSize(2);
    }

    @Test
    void aNegativeTotalAndSumsThatDoNotAgreeAreRefused() {
        fixture.linkedVendor(1);
        Money minus = Money.of("-10.00", "USD");
        Bill credit = Fixture.bill(1, 1)
                .lines(List.of(Fixture.line("1", minus, null)))
                .net(minus)
                .tax(Money.zero("USD"))
                .total(minus)
                .build();
        Bill odd = Fixture.bill(2, 1).total(Money.of("1342.85", "USD")).build();

        assertThat(rejected(write(fixture.bills(), fixture.create(credit))))
                .contains("total must be more than zero, and is -10.00 USD", "credit note");
        assertThat(rejected(write(fixture.bills(), fixture.create(odd))))
                .contains("total is 1342.85 USD, but the lines come to 1240.50 USD and the tax to 102.34 USD");
    }

    @Test
    void aBillOfAnArchivedVendorIsRefused() {
        String vendor = fixture.linkedVendor(1);
        fixture.bill.archive("vendors", vendor, true);

        assertThat(rejected(
                        write(fixture.bills(), fixture.create(Fixture.bill(1, 1).build()))))
                .contains(vendor, "is archived in BILL");
        assertThat(fixture.bill.bills()).isEmpty();
    }

    @Test
    void aBillInAnotherCurrencyThanItsVendorsIsRefused() {
        String vendor = fixture.bill.enterVendor("Nordhaven", "EUR");
        fixture.links.put(Fixture.vendor(1).build().key(), TargetRef.of(vendor));

        assertThat(rejected(
                        write(fixture.bills(), fixture.create(Fixture.bill(1, 1).build()))))
                .contains("it is in USD", "are in EUR, which BILL fixes with the vendor");
    }

    @Test
    void nothingIsSentToAVendorThatBillPaysByItself() {
        String vendor = fixture.linkedVendor(1);
        fixture.bill.autoPay(vendor, true);

        assertThat(rejected(
                        write(fixture.bills(), fixture.create(Fixture.bill(1, 1).build()))))
                .contains("BILL pays the bills", "sending it would move money");
        assertThat(fixture.bill.payments()).isEmpty();
    }

    @Test
    void theConfigurationMayAllowVendorsThatBillPaysByItself() {
        String vendor = fixture.linkedVendor(1);
        fixture.bill.autoPay(vendor, true);
        fixture.settings.put("autoPayVendors", true);
        @SuppressWarnings("unchecked")
        var bills = (Sink<Bill>) fixture.open().sink("bills");

        applied(write(bills, fixture.create(Fixture.bill(1, 1).build())));

        assertThat(fixture.bill.payments()).hasSize(1);
    }

    @Test
    void aBillOfAVendorWithoutALinkWaitsForIt() {
        assertThat(write(fixture.bills(), fixture.create(Fixture.bill(1, 1).build())))
                .isEqualTo(new WriteOutcome.Deferred(Fixture.vendor(1).build().key()));
    }

    @Test
    void aBillThatIsNotApprovedIsNotSent() {
        fixture.linkedVendor(1);
        Bill pending = Fixture.bill(1, 1).approval(Bill.Approval.PENDING).build();

        assertThat(rejected(write(fixture.bills(), fixture.create(pending)))).contains("it is not approved");
    }

    @Test
    void aBillWithoutDatesOrWithALongNumberIsRefused() {
        fixture.linkedVendor(1);
        Bill undated = Fixture.bill(1, 1).dueOn(null).issuedOn(null).build();
        Bill longer = Fixture.bill(2, 1).number("N".repeat(22)).build();

        assertThat(rejected(write(fixture.bills(), fixture.create(undated))))
                .contains("issuedOn is missing", "dueOn is missing");
        assertThat(rejected(write(fixture.bills(), fixture.create(longer)))).contains("at most 21 characters");
    }

    @Test
    void aPageOfAGatewayIsShownWithoutItsTags() {
        fixture.bill.failNext(
                1, BillFault.html(400), (method, path) -> path.endsWith("/vendors") && method.equals("POST"));

        assertThat(rejected(write(
                        fixture.vendors(), fixture.create(Fixture.vendor(1).build()))))
                .contains("status 400 (Request blocked Request blocked)")
                .doesNotContain("<");
    }

    @Test
    void allCodesOfAnErrorAreShown() {
        fixture.bill.failNext(
                1,
                BillFault.errors(422, "BDC_1152", "BDC_1402"),
                (method, path) -> path.endsWith("/vendors") && method.equals("POST"));

        assertThat(rejected(write(
                        fixture.vendors(), fixture.create(Fixture.vendor(1).build()))))
                .contains("status 422", "BDC_1152", "; BDC_1402");
    }

    @Test
    void aPageOfAGatewayAfterTheEffectLeavesTheOutcomeOpen() {
        fixture.bill.failNext(
                1,
                BillFault.badGatewayAfterEffect(),
                (method, path) -> path.endsWith("/vendors") && method.equals("POST"));
        Write.Create<Vendor> create = fixture.create(Fixture.vendor(1).build());

        assertThat(write(fixture.vendors(), create)).isInstanceOf(WriteOutcome.Ambiguous.class);
        assertThat(fixture.vendors().find(create)).isInstanceOf(Lookup.Found.class);
    }

    @Test
    void oneBadBillOfABulkDoesNotSpoilTheOthers() {
        String vendor = fixture.linkedVendor(1);
        fixture.bill.addAccount("6120", "Supplies");
        fixture.settings.put("coding", Map.of("accounts", Map.of("6999", "0caNOTTHERE")));
        @SuppressWarnings("unchecked")
        var bills = (Sink<Bill>) fixture.open().sink("bills");
        var batch = new ArrayList<Write<Bill>>();
        for (int number = 1; number <= 100; number++) {
            GlCoding coding = number == 37 ? new GlCoding("6999", null, Map.of()) : null;
            LineItem line = Fixture.line("1", Money.of("1240.50", "USD"), coding);
            batch.add(
                    fixture.create(Fixture.bill(number, 1).lines(List.of(line)).build()));
        }

        List<WriteOutcome> outcomes = bills.write(batch);

        assertThat(rejected(outcomes.get(36))).contains("0caNOTTHERE is not known");
        outcomes.remove(36);
        outcomes.forEach(Fixture::applied);
        assertThat(fixture.bill.bills())
                .hasSize(99)
                .allSatisfy(bill -> assertThat(bill.path("vendorId").asText()).isEqualTo(vendor));
    }

    @Test
    void allBillsOfABulkWithoutAnAnswerAreLookedUpAndNoneIsDoubled() {
        fixture.linkedVendor(1);
        fixture.bill.failNext(1, BillFault.droppedAnswer(), (method, path) -> path.endsWith("/bulk"));
        var batch = new ArrayList<Write<Bill>>();
        for (int number = 1; number <= 30; number++) {
            batch.add(fixture.create(Fixture.bill(number, 1).build()));
        }

        assertThat(fixture.bills().write(batch))
                .allSatisfy(outcome -> assertThat(outcome).isInstanceOf(WriteOutcome.Ambiguous.class));

        batch.forEach(write -> assertThat(fixture.bills().find(write)).isInstanceOf(Lookup.Found.class));
        fixture.bills().write(batch).forEach(Fixture::applied);
        assertThat(fixture.bill.bills()).hasSize(30);
    }

    @Test
    void aBillWithTwoCounterpartsIsLeftToAPerson() {
        String vendor = fixture.linkedVendor(1);
        String one = fixture.bill.enterBill(vendor, "NB-1", "1342.84");
        String other = fixture.bill.enterBill(vendor, "NB-1", "1342.84");

        assertThat(fixture.bills().find(fixture.create(Fixture.bill(1, 1).build())))
                .isInstanceOfSatisfying(
                        Lookup.CannotTell.class,
                        cannot -> assertThat(cannot.why()).contains("2 bills NB-1", one, other));
    }

    @Test
    void aBillIsFoundAlthoughItsDueDateWasMovedMeanwhile() {
        fixture.linkedVendor(1);
        Write.Create<Bill> create = fixture.create(Fixture.bill(1, 1).build());
        TargetRef written = applied(write(fixture.bills(), create));
        fixture.bill.disfigure("bills", written.id(), "dueDate", TextNode.valueOf("2027-01-31"));

        assertThat(fixture.bills().find(create)).isInstanceOf(Lookup.Found.class);
    }

    @Test
    void everyFaultOfTheSettingsIsNamedAtOnce() {
        Map<String, Object> settings = new HashMap<>();
        settings.put("baseUrl", "http://bill.example/connect");
        settings.put("organizationId", "123");
        settings.put("username", "token");
        settings.put("callsAtOnce", 4);
        settings.put("pasword", "secret");
        settings.put("coding", Map.of("dimensions", Map.of("project", "job")));

        assertThatThrownBy(() -> new BillConnectorProvider()
                        .open(Settings.of("connections.bill", settings), ConnectorContext.ofDefaults("bill")))
                .isInstanceOfSatisfying(
                        ConfigurationException.class,
                        e -> assertThat(e.faults())
                                .anySatisfy(fault -> assertThat(fault).contains("baseUrl must use https"))
                                .anySatisfy(fault -> assertThat(fault).contains("organizationId must begin with 008"))
                                .anySatisfy(fault -> assertThat(fault).contains("callsAtOnce"))
                                .anySatisfy(fault -> assertThat(fault).contains("devKey is missing"))
                                .anySatisfy(fault -> assertThat(fault).contains("did you mean password?"))
                                .anySatisfy(fault -> assertThat(fault).contains("dimensions.project")));
    }
}
