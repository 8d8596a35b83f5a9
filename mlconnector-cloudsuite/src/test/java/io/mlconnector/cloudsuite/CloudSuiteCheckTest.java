package io.mlconnector.cloudsuite;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlconnector.spi.ConnectorProvider;
import io.mlconnector.spi.Finding;
import io.mlconnector.spi.Finding.Level;
import io.mlconnector.testkit.cloudsuite.CloudSuiteSandboxBuilder;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CloudSuiteCheckTest {

    private static final Set<String> ALL = Set.of("customers", "invoices", "payments", "refunds");

    private static List<Finding> check(Tenant tenant) {
        return tenant.open().check(ALL);
    }

    private static void finds(List<Finding> findings, Level level, String subject, String... texts) {
        assertThat(findings).anySatisfy(finding -> {
            assertThat(finding.level()).isEqualTo(level);
            assertThat(finding.subject()).isEqualTo(subject);
            assertThat(finding.detail()).contains(texts);
        });
    }

    @Test
    void isFoundByItsName() {
        assertThat(ServiceLoader.load(ConnectorProvider.class))
                .anySatisfy(provider -> assertThat(provider.name()).isEqualTo("cloudsuite"));
    }

    @Test
    void takesTheProgramsOfAStandardTenantAndSaysWhy() {
        try (Tenant tenant = new Tenant()) {
            List<Finding> findings = check(tenant);

            assertThat(findings)
                    .noneSatisfy(finding -> assertThat(finding.level()).isEqualTo(Level.FAILED));
            finds(findings, Level.OK, "preset", "ars", "no APS100MI/LstInvoices", "no standard tenant");
        }
    }

    @Test
    void takesTheProgramsOfTheBriefWhereTheTenantHasThem() {
        try (Tenant tenant = Tenant.withAps()) {
            List<Finding> findings = check(tenant);

            assertThat(findings)
                    .noneSatisfy(finding -> assertThat(finding.level()).isEqualTo(Level.FAILED));
            finds(findings, Level.OK, "preset", "aps", "the tenant has APS100MI/LstInvoices and APS110MI/Add");
        }
    }

    @Test
    void namesThePresetThatWorksWhereTheNamedOneDoesNot() {
        try (Tenant tenant = new Tenant().with("preset", "aps")) {
            List<Finding> findings = check(tenant);

            finds(findings, Level.FAILED, "APS100MI/LstInvoices", "no such program", "invoices.list", "preset ars");
            finds(findings, Level.FAILED, "APS110MI/Add", "ApproveInvoice", "payments.line");
        }
    }

    @Test
    void missesTheListOfPayments() {
        try (Tenant tenant = new Tenant(CloudSuiteSandboxBuilder::withoutPaymentList)) {
            finds(check(tenant), Level.FAILED, "CMS100MI/LstMlcPayments", "payments.find");
        }
    }

    @Test
    void missesAnUnknownProgram() {
        try (Tenant tenant = new Tenant().with("transactions", Map.of("payments.line", "ZZZ999MI/Add"))) {
            finds(check(tenant), Level.FAILED, "ZZZ999MI/Add", "no such program");
        }
    }

    @Test
    void warnsWhereTheListOfCustomersIgnoresTheTime() {
        try (Tenant tenant = new Tenant(CloudSuiteSandboxBuilder::withListsThatIgnoreTime)) {
            tenant.sandbox.customer("C1");

            finds(check(tenant), Level.WARNING, "customers.list", "takes no notice of LMTS");
        }
    }

    @Test
    void namesAnAccountThatCannotBePostedTo() {
        try (Tenant tenant = new Tenant().with("accounts", Map.of("fees", Map.of("AIT1", "9999")))) {
            finds(check(tenant), Level.FAILED, "accounts.fees", "9999");
        }
    }

    @Test
    void saysThatTheServiceAccountIsRefused() {
        try (Tenant tenant = new Tenant()) {
            tenant.sandbox.expireServiceAccount();

            finds(check(tenant), Level.FAILED, "token", "Service account is not valid");
        }
    }
}
