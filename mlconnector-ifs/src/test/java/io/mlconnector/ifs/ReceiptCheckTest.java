package io.mlconnector.ifs;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlconnector.spi.Finding;
import io.mlconnector.spi.Finding.Level;
import io.mlconnector.testkit.ifs.EdmType;
import io.mlconnector.testkit.ifs.EntitySetDefinition;
import io.mlconnector.testkit.ifs.IfsEntitySets;
import io.mlconnector.testkit.ifs.IfsSandbox;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReceiptCheckTest {

    private static final Set<String> USED = Set.of("payments", "refunds", "disputes");
    private static final String VOUCHERS = "main/ifsapplications/projection/v1/VoucherHandling.svc";

    @Test
    void findsNothingWrongWhereAllFieldsExistUnderEitherPreset() {
        try (IfsSandbox generic = IfsSandbox.start();
                IfsSandbox cloud =
                        IfsSandbox.builder().addSets(IfsEntitySets.cloud()).start()) {
            for (String record : List.of("fields", "notes")) {
                Map<String, Object> receipts = Map.of("record", record);

                assertThat(TestConnection.to(generic)
                                .with("receipts", receipts)
                                .open()
                                .check(USED))
                        .allMatch(finding -> finding.level() == Level.OK)
                        .anyMatch(finding -> finding.subject().equals("VoucherHandling/VoucherSet(payments)")
                                && finding.detail().contains("must be granted in full"));
                assertThat(TestConnection.to(cloud)
                                .with("preset", "cloud")
                                .with("receipts", receipts)
                                .open()
                                .check(USED))
                        .allMatch(finding -> finding.level() == Level.OK);
            }
        }
    }

    @Test
    void namesTheFieldsThatAreMissingOrOfAnotherType() {
        EntitySetDefinition set = EntitySetDefinition.builder(VOUCHERS, "VoucherSet")
                .addKey("Company", EdmType.STRING)
                .addColumns(EdmType.STRING, "InvoiceNo", "SeriesId", "CurrencyCode", "Cf_Stripe_Paid_At")
                .addColumns(EdmType.DECIMAL, "Cf_Payment_Status", "Cf_Stripe_Paid")
                .addColumns(EdmType.BOOLEAN, "Cf_Stripe_Refunded")
                .build();
        try (IfsSandbox sandbox = IfsSandbox.builder().addSet(set).start()) {
            List<Finding> findings = TestConnection.to(sandbox).open().check(USED);

            assertFound(findings, Level.FAILED, ".GrossCurrAmount", "name another in receipts.columns");
            assertFound(findings, Level.FAILED, ".Cf_Stripe_Entries", "add a text attribute of 4000 characters");
            assertFound(findings, Level.FAILED, ".Cf_Payment_Status", "is Edm.Decimal, which does not hold status");
            assertFound(findings, Level.FAILED, ".Cf_Stripe_Refunded", "is Edm.Boolean, which does not hold refunded");
            assertFound(findings, Level.WARNING, ".Cf_Stripe_Disputed", "receipts.fields.disputed");
            assertThat(findings).noneMatch(finding -> finding.subject().contains("Cf_Stripe_Paid"));
        }
    }

    @Test
    void namesTheGrantAndTheSetOfNotesThatAreMissing() {
        try (IfsSandbox sandbox = IfsSandbox.start()) {
            var notes = Map.of("record", "notes", "notes", Map.of("path", VOUCHERS + "/VoucherNotes"));
            assertFound(
                    TestConnection.to(sandbox).with("receipts", notes).open().check(USED),
                    Level.FAILED,
                    "VoucherHandling/VoucherNotes",
                    "found: VoucherSet, NotesInfoVirtuals, FinNotes");

            sandbox.revoke(VOUCHERS);
            assertFound(
                    TestConnection.to(sandbox).open().check(USED),
                    Level.FAILED,
                    "VoucherHandling/VoucherSet(payments)",
                    "must be granted the projection VoucherHandling");
        }
    }

    @Test
    void warnsOfAFieldThatWouldBringEveryPaymentBack() {
        try (IfsSandbox sandbox = IfsSandbox.start()) {
            var mapping = Map.of("attributes.paid", Map.of("from", "Cf_Payment_Status"));

            assertFound(
                    TestConnection.to(sandbox)
                            .entity("invoices", Map.of("mapping", mapping))
                            .open()
                            .check(USED),
                    Level.WARNING,
                    ".Cf_Payment_Status",
                    "read by the mapping of invoices");
        }
    }

    private static void assertFound(List<Finding> findings, Level level, String subject, String detail) {
        assertThat(findings)
                .anyMatch(finding -> finding.level() == level
                        && finding.subject().contains(subject)
                        && finding.detail().contains(detail));
    }
}
