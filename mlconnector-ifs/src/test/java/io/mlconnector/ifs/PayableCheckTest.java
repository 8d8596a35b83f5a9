package io.mlconnector.ifs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlconnector.ifs.IfsSettings.Preset;
import io.mlconnector.spi.ConfigurationException;
import io.mlconnector.spi.Finding;
import io.mlconnector.spi.Finding.Level;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PayableCheckTest {

    private static final Set<String> ALL = Set.of("vendors", "bills", "bill-payments", "bill-status");

    private static void assertFound(List<Finding> findings, Level level, String subject, String detail) {
        assertThat(findings)
                .anyMatch(finding -> finding.level() == level
                        && finding.subject().endsWith(subject)
                        && finding.detail().contains(detail));
    }

    @ParameterizedTest
    @EnumSource(Preset.class)
    void findsAllThatIsNeededUnderEachPreset(Preset preset) {
        try (BillFixture fixture = new BillFixture(preset)) {
            List<Finding> findings = fixture.connection.open().check(ALL);

            assertThat(findings).noneMatch(finding -> finding.level() == Level.FAILED);
            assertFound(findings, Level.OK, "vendors.create", "missing suppliers are not created");
            assertFound(findings, Level.OK, "VoucherHandling/VoucherRowSet", "has all columns that are written");
            assertFound(findings, Level.OK, "AccountEntity/AccountSet", "can be read for accounts");
        }
    }

    @Test
    void namesTheColumnsAndTheGrantsThatMiss() {
        try (BillFixture fixture = new BillFixture(Preset.GENERIC)) {
            fixture.bills.put("columns", Map.of("reference", "Cf_Stampli_Link"));
            fixture.sandbox.revoke("int/ifsapplications/entity/v1/AccountEntity.svc");
            fixture.sandbox.revoke("main/ifsapplications/projection/v1/PurchaseOrderHandling.svc");

            List<Finding> findings = fixture.connection.open().check(Set.of("bills"));

            assertFound(
                    findings,
                    Level.FAILED,
                    "PostingProposalHeadSet.Cf_Stampli_Link",
                    "or name another, or none, in connections.ifs-test.bills.columns");
            assertFound(
                    findings, Level.FAILED, "AccountEntity/AccountSet", "must be granted the projection AccountEntity");
            assertFound(findings, Level.WARNING, "PurchaseOrderSet", "purchase-orders are not compared without it");
        }
    }

    @ParameterizedTest
    @EnumSource(Preset.class)
    void saysWhatCorrectionsNeed(Preset preset) {
        try (BillFixture fixture = new BillFixture(preset)) {
            fixture.bills.put("corrections", "update-if-unposted");
            List<Finding> findings = fixture.connection.open().check(Set.of("bills"));
            assertThat(findings).noneMatch(finding -> finding.level() == Level.FAILED);
            assertFound(findings, Level.OK, "bills.corrections", "must be granted to change them");

            fixture.bills.put("vouchers", Map.of("reference", "none"));
            fixture.connection.with("dimensions", Map.of("project", "CodeP"));
            findings = fixture.connection.open().check(Set.of("bills"));
            assertFound(findings, Level.FAILED, "bills.vouchers.reference", "must name a column");
            assertFound(findings, Level.FAILED, "VoucherRowSet.CodeP", "bills.corrections needs to read it");
        }
    }

    @Test
    void opensNoSinkThatWouldNotKnowWhereToBook() {
        try (BillFixture fixture = new BillFixture(Preset.GENERIC)) {
            fixture.bills.remove("accounts");

            assertThatThrownBy(() -> fixture.connection.open().sink("bills"))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("bills.accounts.payable is missing");
            assertThat(fixture.connection.open().check(Set.of("bills")))
                    .noneMatch(finding -> finding.level() == Level.FAILED);
        }
    }
}
