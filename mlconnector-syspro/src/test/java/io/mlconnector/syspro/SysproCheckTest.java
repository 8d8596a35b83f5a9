package io.mlconnector.syspro;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlconnector.spi.Finding;
import io.mlconnector.spi.Finding.Level;
import io.mlconnector.testkit.syspro.SysproSandbox;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SysproCheckTest {

    private static final Set<String> ALL = Set.of("customers", "invoices", "payments", "refunds");

    private Fixture fixture = new Fixture();

    @AfterEach
    void stop() {
        fixture.close();
    }

    private List<Finding> check() {
        fixture.invoice(1, "10.00");
        return fixture.connect().check(ALL);
    }

    private static Finding of(List<Finding> findings, String subject) {
        return findings.stream()
                .filter(finding -> finding.subject().equals(subject))
                .findFirst()
                .orElseThrow(() -> new AssertionError("nothing about " + subject + ": " + findings));
    }

    @Test
    void saysHowChangesAreFoundAndThatPaymentsCanBePosted() {
        List<Finding> findings = check();

        assertThat(findings).noneMatch(finding -> finding.level() == Level.FAILED);
        assertThat(of(findings, "ArInvoice").detail()).contains("ArInvoice.TimeStamp");
        assertThat(of(findings, "e.net").detail()).contains("SOAP", "Café Müller Ltd", "8.0.012");
        assertThat(of(findings, "currency").detail()).contains("R is ZAR");
        assertThat(of(findings, "receipts.payments").detail()).contains("ARSTPY");
        assertThat(of(findings, "receipts.refunds").level()).isEqualTo(Level.WARNING);
        assertThat(fixture.sandbox.postings()).isEmpty();
        assertThat(fixture.sandbox.droppedElements()).isEmpty();
    }

    @Test
    void warnsWhereEveryPassReadsAWholeTable() {
        fixture.close();
        fixture = new Fixture(SysproSandbox.builder().versionsAsBytes());

        assertThat(of(check(), "ArCustomer").level()).isEqualTo(Level.WARNING);
    }

    @Test
    void saysThatTheLicenceIsMissingAndWhatIsLeft() {
        fixture.sandbox.unlicense("ARSTPY");

        assertThat(of(check(), "receipts.payments"))
                .satisfies(finding -> assertThat(finding.level()).isEqualTo(Level.FAILED))
                .satisfies(finding -> assertThat(finding.detail()).contains("licence", "record-only"));
    }

    @Test
    void saysThatPasswordsAreWrongWithoutShowingThem() {
        fixture.with("operatorPassword", "wr0ng-s3cret");
        List<Finding> findings = check();
        assertThat(of(findings, "e.net").level()).isEqualTo(Level.FAILED);
        assertThat(findings.toString()).doesNotContain("s3cret");

        fixture.with("password", "wr0ng-s3cret");
        assertThat(of(check(), "ArCustomer").level()).isEqualTo(Level.FAILED);
    }

    @Test
    void namesColumnsThatAreNotThere() {
        fixture.with(
                "entities", Map.of("customers", Map.of("mapping", Map.of("email", Map.of("from", "EMailAddress")))));

        assertThat(of(check(), "ArCustomer").detail()).contains("has no EMailAddress");
    }
}
