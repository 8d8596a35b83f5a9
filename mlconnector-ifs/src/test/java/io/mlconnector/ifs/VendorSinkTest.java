package io.mlconnector.ifs;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlconnector.ifs.IfsSettings.Preset;
import io.mlconnector.model.Address;
import io.mlconnector.model.RecordKey;
import io.mlconnector.model.TaxId;
import io.mlconnector.model.Vendor;
import io.mlconnector.spi.Change;
import io.mlconnector.spi.IdempotencyKey;
import io.mlconnector.spi.Lookup;
import io.mlconnector.spi.Sink;
import io.mlconnector.spi.Source;
import io.mlconnector.spi.TargetRef;
import io.mlconnector.spi.Write;
import io.mlconnector.spi.WriteOutcome;
import io.mlconnector.testkit.ifs.IfsFault;
import io.mlconnector.testkit.ifs.IfsRow;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class VendorSinkTest {

    private final BillFixture fixture = new BillFixture(Preset.GENERIC);

    @AfterEach
    void stop() {
        fixture.close();
    }

    static Vendor.Builder vendor(String number) {
        return Vendor.builder()
                .key(new RecordKey("bill-test", "vendors", number))
                .number(number)
                .name("Nordhaven Bearings & Søn, Inc.")
                .email("ar@nordhaven.example")
                .phone("3125550144")
                .address(new Address("88 Kiln Street", "Unit 4", "Aurora", "IL", "60505", "US"))
                .taxIds(List.of(new TaxId(TaxId.Kind.VAT, "DE123456788", "DE")))
                .currency("USD")
                .paymentTerms("30");
    }

    private Sink<Vendor> creating() {
        return fixture.connection.with("vendors", Map.of("create", true)).sink("vendors");
    }

    private IfsRow row(String id) {
        return fixture.sandbox.row("SupplierInfoGeneralSet", id).orElseThrow();
    }

    @Test
    void createsNothingUnlessItIsToldToAndSaysSo() {
        WriteOutcome outcome = BillFixture.write(
                fixture.<Vendor>sink("vendors"), fixture.create(vendor("N1").build()));

        assertThat(((WriteOutcome.Rejected) outcome).reason())
                .contains("bill-test/vendors/N1: there is no supplier with the number 'N1', and vendors.create is off")
                .contains("set vendors.create to true");
        assertThat(fixture.sandbox.row("SupplierInfoGeneralSet", "N1")).isEmpty();
    }

    @Test
    void linksASupplierThatIsThereWithoutTouchingIt() {
        IfsRow before = row("V1001");

        WriteOutcome outcome = BillFixture.write(
                fixture.<Vendor>sink("vendors"), fixture.create(vendor("V1001").build()));

        assertThat(((WriteOutcome.Applied) outcome).target().id()).isEqualTo("V1001");
        assertThat(row("V1001")).isEqualTo(before);
    }

    @Test
    void createsASupplierWithAllThatIsKnown() {
        BillFixture.write(creating(), fixture.create(vendor("N1").build()));

        assertThat(row("N1").values())
                .containsEntry("Name", "Nordhaven Bearings & Søn, Inc.")
                .containsEntry("Email", "ar@nordhaven.example")
                .containsEntry("Address1", "88 Kiln Street")
                .containsEntry("State", "IL")
                .containsEntry("Country", "US")
                .containsEntry("VatNo", "DE123456788")
                .containsEntry("CurrencyCode", "USD")
                .containsEntry("PayTermId", "30")
                .containsEntry("PartyType", "Supplier")
                .containsEntry("Cf_Source_Reference", "bill-test/N1");
    }

    @Test
    void readsBackWhatItWroteUnderTheVersionThatItTold() {
        Vendor vendor = vendor("N1").build();
        WriteOutcome created = BillFixture.write(creating(), fixture.create(vendor));
        fixture.clock.sleep(Duration.ofMinutes(1));
        Vendor renamed = vendor("N1").name("Nordhaven").build();
        TargetRef target = ((WriteOutcome.Applied) created).target();

        WriteOutcome updated = BillFixture.write(creating(), fixture.update(renamed, target, "name"));

        Source<Vendor> source = fixture.connection.source("vendors");
        Change<Vendor> read = source.fetch("N1").orElseThrow();
        assertThat(read.version())
                .isEqualTo(((WriteOutcome.Applied) updated).target().version())
                .isNotNull();
        assertThat(read.record()).isNotNull();
        assertThat(read.record().name()).isEqualTo("Nordhaven");
        assertThat(read.record().address()).isEqualTo(vendor.address());
        assertThat(read.record().email()).isEqualTo(vendor.email());
    }

    @Test
    void writesOnlyTheFieldsThatChanged() {
        fixture.clock.sleep(Duration.ofMinutes(1));

        BillFixture.write(creating(), fixture.update(vendor("V1001").build(), TargetRef.of("V1001"), "phone"));

        assertThat(row("V1001").text("Phone")).isEqualTo("3125550144");
        assertThat(row("V1001").text("Email")).isEqualTo("ar@v1001.example");
    }

    @Test
    void tellsOnceThatASupplierHasChangedSinceItWasPlanned() {
        String planned = version("V1001");
        fixture.clock.sleep(Duration.ofMinutes(1));
        fixture.sandbox.patch("SupplierInfoGeneralSet", Map.of("SupplierId", "V1001", "Name", "Renamed in IFS"));
        fixture.clock.sleep(Duration.ofMinutes(1));
        Write.Update<Vendor> update = fixture.update(vendor("V1001").build(), new TargetRef("V1001", planned), "name");
        Sink<Vendor> sink = creating();

        WriteOutcome first = BillFixture.write(sink, update);

        assertThat(first).isInstanceOf(WriteOutcome.Conflicted.class);
        assertThat(row("V1001").text("Name")).isEqualTo("Renamed in IFS");
        assertThat(BillFixture.write(sink, update)).isInstanceOf(WriteOutcome.Applied.class);
        assertThat(row("V1001").text("Name")).isEqualTo("Nordhaven Bearings & Søn, Inc.");
    }

    private String version(String id) {
        Source<Vendor> source = fixture.connection.source("vendors");
        return String.valueOf(source.fetch(id).orElseThrow().version());
    }

    @Test
    void isToldOfAnEditThatComesBetweenReadingAndWriting() {
        fixture.sandbox.failNext(1, request -> request.method().equals("PATCH"), IfsFault.overtakenBy(() -> {
            fixture.clock.sleep(Duration.ofSeconds(30));
            fixture.sandbox.patch("SupplierInfoGeneralSet", Map.of("SupplierId", "V1001", "Name", "Renamed in IFS"));
        }));

        WriteOutcome outcome =
                BillFixture.write(creating(), fixture.update(vendor("V1001").build(), TargetRef.of("V1001"), "name"));

        assertThat(outcome).isInstanceOf(WriteOutcome.Conflicted.class);
        assertThat(row("V1001").text("Name")).isEqualTo("Renamed in IFS");
    }

    @Test
    void losesNoEditOfTheSameSecond() {
        fixture.sandbox.patch("SupplierInfoGeneralSet", Map.of("SupplierId", "V1001", "Phone", "1"));

        WriteOutcome outcome =
                BillFixture.write(creating(), fixture.update(vendor("V1001").build(), TargetRef.of("V1001"), "name"));

        // it waits until the second that the version counts is over
        assertThat(outcome).isInstanceOf(WriteOutcome.Applied.class);
        assertThat(fixture.clock.slept()).isGreaterThan(Duration.ofSeconds(61));
        assertThat(row("V1001").text("Phone")).isEqualTo("1");
    }

    @Test
    void findsTheEffectOfAnUpdateWhoseAnswerWasLost() {
        Write.Update<Vendor> update = fixture.update(vendor("V1001").build(), TargetRef.of("V1001"), "name");
        Sink<Vendor> sink = creating();
        assertThat(sink.find(update)).isEqualTo(Lookup.ABSENT);

        BillFixture.write(sink, update);

        assertThat(sink.find(update)).isInstanceOf(Lookup.Found.class);
    }

    @Test
    void deletesNoSupplier() {
        WriteOutcome outcome = BillFixture.write(
                creating(),
                new Write.Remove<>(
                        new RecordKey("bill-test", "vendors", "N1"),
                        TargetRef.of("V1001"),
                        new IdempotencyKey("gone"),
                        fixture.clock.instant()));

        assertThat(((WriteOutcome.Rejected) outcome).reason()).contains("suppliers are not deleted");
        assertThat(fixture.sandbox.row("SupplierInfoGeneralSet", "V1001")).isPresent();
    }
}
