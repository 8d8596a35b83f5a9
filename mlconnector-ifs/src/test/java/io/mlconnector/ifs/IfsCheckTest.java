package io.mlconnector.ifs;

import static io.mlconnector.ifs.Samples.customer;
import static org.assertj.core.api.Assertions.assertThat;

import io.mlconnector.spi.Finding;
import io.mlconnector.spi.Finding.Level;
import io.mlconnector.testkit.ifs.EdmType;
import io.mlconnector.testkit.ifs.EntitySetDefinition;
import io.mlconnector.testkit.ifs.IfsDemoData;
import io.mlconnector.testkit.ifs.IfsEntitySets;
import io.mlconnector.testkit.ifs.IfsFault;
import io.mlconnector.testkit.ifs.IfsSandbox;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class IfsCheckTest {

    private static final String PROJECTIONS = "main/ifsapplications/projection/v1/";
    private static final Set<String> ALL =
            Set.of("customers", "orders", "order-customers", "invoices", "posting-proposals");

    @Test
    void findsNothingWrongWhereAllNamesExist() {
        try (IfsSandbox sandbox =
                IfsSandbox.builder().clock(new ManualClock(TestConnection.NOW)).start()) {
            IfsDemoData.seeded(1, TestConnection.NOW, 20, 50).loadInto(sandbox);

            List<Finding> findings = TestConnection.to(sandbox).open().check(ALL);

            assertThat(findings).allMatch(finding -> finding.level() == Level.OK);
            assertThat(findings)
                    .extracting(Finding::subject)
                    .containsExactly(
                            "token",
                            "clock",
                            "CustomerHandling/CustomerSet",
                            "CustomerOrderHandling/CustomerOrderSet",
                            "CustomerOrderHandling/CustomerOrderLineSet",
                            "VoucherHandling/VoucherSet",
                            "PostingProposalHandling/PostingProposalHeadSet");
            assertThat(sandbox.traffic().requests("metadata")).isEqualTo(4);
        }
    }

    @Test
    void findsNothingWrongWithTheCloudPreset() {
        try (IfsSandbox sandbox =
                IfsSandbox.builder().addSets(IfsEntitySets.cloud()).start()) {
            IfsDemoData.seeded(1, TestConnection.NOW, 20, 50).loadInto(sandbox);

            List<Finding> findings = TestConnection.to(sandbox)
                    .with("preset", "cloud")
                    .open()
                    .check(Set.of("customers", "orders", "invoices"));

            assertThat(findings).noneMatch(finding -> finding.level() == Level.FAILED);
        }
    }

    @Test
    void namesTheSetsThatThereAre() {
        try (IfsSandbox sandbox =
                IfsSandbox.builder().addSets(IfsEntitySets.cloud()).start()) {
            assertFailed(
                    TestConnection.to(sandbox),
                    "customers",
                    "CustomerHandling/CustomerSet",
                    "set CustomerSet not found in projection CustomerHandling; found: CustomerInfoSet");
        }
        List<EntitySetDefinition> without = IfsEntitySets.cloud().stream()
                .filter(set -> !set.service().contains("PostingProposalHandling"))
                .toList();
        try (IfsSandbox sandbox = IfsSandbox.builder().addSets(without).start()) {
            assertFailed(TestConnection.to(sandbox), "posting-proposals", "PostingProposalHandling", "status 404");
        }
    }

    @Test
    void namesColumnsThatAreMissingAndCandidatesForTheModifiedOne() {
        EntitySetDefinition set = EntitySetDefinition.builder(PROJECTIONS + "CustomerHandling.svc", "CustomerSet")
                .addKey("CustomerId", EdmType.INT64)
                .addColumns(EdmType.STRING, "Name", "Country", "Address1", "Address2", "ZipCode", "City", "State")
                .addColumns(EdmType.STRING, "Email", "Phone", "DefaultLanguage", "CurrencyCode", "VatNo")
                .addColumns(EdmType.STRING, "Cf_Changed_On")
                .addModified("ObjModified")
                .build();
        try (IfsSandbox sandbox = IfsSandbox.builder().addSet(set).start()) {
            TestConnection connection = TestConnection.to(sandbox);

            assertFailed(connection, "customers", "CustomerHandling/CustomerSet.AssociationNo", "no such column");
            assertFailed(
                    connection,
                    "customers",
                    "CustomerHandling/CustomerSet.LastModificationTime",
                    "candidates: Cf_Changed_On, ObjModified; name one in entities.customers.modifiedField");
            assertFailed(
                    connection,
                    "customers",
                    "CustomerHandling/CustomerSet.CustomerId",
                    "is Edm.Int64, but the setting keys says Edm.String");
            assertFailed(
                    connection.entity("customers", Map.of("modifiedField", "Name")),
                    "customers",
                    "CustomerHandling/CustomerSet.Name",
                    "must be Edm.DateTimeOffset and is Edm.String");
        }
    }

    @Test
    void needsNoModifiedColumnOfLinesThatAreNotFollowed() {
        List<EntitySetDefinition> sets = IfsEntitySets.generic();
        EntitySetDefinition lines = EntitySetDefinition.builder(
                        PROJECTIONS + "CustomerOrderHandling.svc", "CustomerOrderLineSet")
                .addKey("OrderNo", EdmType.STRING)
                .addKey("LineNo", EdmType.STRING)
                .addKey("RelNo", EdmType.STRING)
                .addKey("LineItemNo", EdmType.INT32)
                .addColumns(EdmType.STRING, "CatalogNo", "CatalogDesc", "SalesUnitMeas", "TaxCode", "Objstate")
                .addColumns(EdmType.DECIMAL, "BuyQtyDue", "SaleUnitPrice", "Discount")
                .build();
        try (IfsSandbox sandbox = IfsSandbox.builder()
                .addSets(sets.stream()
                        .filter(set -> !set.name().equals(lines.name()))
                        .toList())
                .addSet(lines)
                .start()) {
            TestConnection connection = TestConnection.to(sandbox);

            assertThat(connection.open().check(Set.of("invoices")))
                    .noneMatch(finding -> finding.level() == Level.FAILED);
            assertFailed(
                    connection,
                    "orders",
                    "CustomerOrderHandling/CustomerOrderLineSet.LastModificationTime",
                    "expose the row version");
        }
    }

    @Test
    void readsTheTypeOfAKeyFromTheMetadata() {
        try (IfsSandbox sandbox = IfsSandbox.start()) {
            sandbox.put("CustomerSet", customer("1"));
            sandbox.put("CustomerSet", customer("2"));
            TestConnection connection = TestConnection.to(sandbox)
                    .with("pageSize", 1)
                    .entity("customers", Map.of("keys", List.of("CustomerId")));

            assertThat(TestConnection.drain(connection.source("customers")).byId())
                    .hasSize(2);
            assertThat(sandbox.traffic().requests("metadata")).isEqualTo(1);
        }
    }

    @Test
    void namesTheGrantThatIsMissing() {
        try (IfsSandbox sandbox = IfsSandbox.start()) {
            sandbox.revoke(PROJECTIONS + "VoucherHandling.svc");

            assertFailed(
                    TestConnection.to(sandbox),
                    "invoices",
                    "VoucherHandling",
                    "must be granted the projection VoucherHandling");
        }
    }

    @Test
    void reportsAClientThatIsRefused() {
        try (IfsSandbox sandbox = IfsSandbox.start()) {
            List<Finding> findings = TestConnection.to(sandbox)
                    .with("clientSecret", "very-wrong-secret")
                    .open()
                    .check(ALL);

            assertThat(findings).singleElement().satisfies(finding -> {
                assertThat(finding.level()).isEqualTo(Level.FAILED);
                assertThat(finding.subject()).isEqualTo("token");
                assertThat(finding.detail()).doesNotContain("very-wrong-secret");
            });
        }
    }

    @Test
    void throwsNothingWhateverTheServerAnswers() {
        try (IfsSandbox sandbox = IfsSandbox.start()) {
            sandbox.failNext(1000, IfsFault.answering(200, "application/xml", "<not><closed>"));

            assertFailed(TestConnection.to(sandbox), "customers", "CustomerHandling", "not readable XML");
        }
        try (IfsSandbox sandbox = IfsSandbox.start()) {
            sandbox.failNext(1000, IfsFault.badGateway());

            assertFailed(TestConnection.to(sandbox), "customers", "CustomerHandling", "502");
        }
    }

    @Test
    void acceptsAColumnInAnotherZoneAndWarnsOfAnotherClock() {
        ManualClock server = new ManualClock(TestConnection.NOW);
        try (IfsSandbox sandbox = IfsSandbox.builder()
                .clock(server)
                .columnZone(ZoneId.of("Pacific/Auckland"))
                .start()) {
            sandbox.advance(Duration.ofMinutes(10));
            sandbox.put("CustomerSet", customer("1"));

            List<Finding> findings = TestConnection.to(sandbox).open().check(Set.of("customers"));

            assertThat(findings).noneMatch(finding -> finding.level() == Level.FAILED);
            assertThat(findings)
                    .anyMatch(finding -> finding.level() == Level.WARNING
                            && finding.subject().equals("clock")
                            && finding.detail().contains("PT10M ahead"));
        }
    }

    private static void assertFailed(TestConnection connection, String entity, String subject, String detail) {
        List<Finding> findings = connection.open().check(Set.of(entity));

        assertThat(findings)
                .as(findings.toString())
                .anyMatch(finding -> finding.level() == Level.FAILED
                        && finding.subject().equals(subject)
                        && finding.detail().contains(detail));
    }
}
