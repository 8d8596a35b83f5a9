package io.mlconnector.examples;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class LayeringTest {

    private static final String[] ADAPTERS = {
        "io.mlconnector.ifs",
        "io.mlconnector.stripe",
        "io.mlconnector.stampli",
        "io.mlconnector.bill",
        "io.mlconnector.cloudsuite",
        "io.mlconnector.syspro"
    };
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.mlconnector");

    @Test
    void packagesOfCoreLookDownOnly() {
        layeredArchitecture()
                .consideringOnlyDependenciesInAnyPackage("io.mlconnector..")
                .layer("model")
                .definedBy("io.mlconnector.model")
                .layer("spi")
                .definedBy("io.mlconnector.spi")
                .layer("mapping")
                .definedBy("io.mlconnector.mapping")
                .layer("http")
                .definedBy("io.mlconnector.http")
                .layer("audit")
                .definedBy("io.mlconnector.audit")
                .layer("webhook")
                .definedBy("io.mlconnector.webhook")
                .layer("secret")
                .definedBy("io.mlconnector.secret")
                .layer("reconcile")
                .definedBy("io.mlconnector.reconcile")
                .layer("engine")
                .definedBy("io.mlconnector.engine")
                .layer("schedule")
                .definedBy("io.mlconnector.schedule")
                .layer("config")
                .definedBy("io.mlconnector.config")
                .layer("outside")
                .definedBy(
                        "io.mlconnector.ifs..",
                        "io.mlconnector.stripe..",
                        "io.mlconnector.stampli..",
                        "io.mlconnector.bill..",
                        "io.mlconnector.cloudsuite..",
                        "io.mlconnector.syspro..",
                        "io.mlconnector.jdbc..",
                        "io.mlconnector.micrometer..",
                        "io.mlconnector.testkit..",
                        "io.mlconnector.examples..")
                .whereLayer("config")
                .mayOnlyBeAccessedByLayers("outside")
                .whereLayer("schedule")
                .mayOnlyBeAccessedByLayers("config", "outside")
                .whereLayer("engine")
                .mayOnlyBeAccessedByLayers("schedule", "config", "outside")
                .whereLayer("http")
                .mayOnlyBeAccessedByLayers("engine", "config", "outside")
                .whereLayer("mapping")
                .mayOnlyBeAccessedByLayers("engine", "config", "outside")
                .whereLayer("audit")
                .mayOnlyBeAccessedByLayers("engine", "config", "outside")
                .whereLayer("webhook")
                .mayOnlyBeAccessedByLayers("engine", "config", "outside")
                .whereLayer("secret")
                .mayOnlyBeAccessedByLayers("config", "outside")
                .whereLayer("reconcile")
                .mayOnlyBeAccessedByLayers("engine", "config", "outside")
                .whereLayer("spi")
                .mayOnlyBeAccessedByLayers(
                        "mapping",
                        "http",
                        "audit",
                        "webhook",
                        "reconcile",
                        "secret",
                        "engine",
                        "schedule",
                        "config",
                        "outside")
                .check(CLASSES);
    }

    @Test
    void adaptersSeeCoreAloneAndNeverEachOther() {
        for (String adapter : ADAPTERS) {
            noClasses()
                    .that()
                    .resideInAPackage(adapter + "..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "io.mlconnector.engine..",
                            "io.mlconnector.schedule..",
                            "io.mlconnector.config..",
                            "io.mlconnector.jdbc..",
                            "io.mlconnector.micrometer..",
                            "io.mlconnector.testkit..",
                            "io.mlconnector.examples..")
                    .check(CLASSES);
        }
        slices().matching("io.mlconnector.(ifs|stripe|stampli|bill|cloudsuite|syspro|jdbc|micrometer)..")
                .should()
                .notDependOnEachOther()
                .check(CLASSES);
    }

    @Test
    void anAdapterShowsItsProviderAndItsSettingsAlone() {
        classes()
                .that()
                .resideInAnyPackage(ADAPTERS)
                .and()
                .haveModifier(JavaModifier.PUBLIC)
                .and()
                .areTopLevelClasses()
                .should()
                .haveSimpleNameEndingWith("Provider")
                .orShould()
                .haveSimpleNameEndingWith("Settings")
                .check(CLASSES);
    }

    @Test
    void nothingSeesTheExamples() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.mlconnector.examples..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.mlconnector.examples..")
                .check(CLASSES);
    }

    @Test
    void coreAndAdaptersAreHandedTheTimeInsteadOfReachingForIt() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "io.mlconnector.engine..",
                        "io.mlconnector.schedule..",
                        "io.mlconnector.http..",
                        "io.mlconnector.secret..",
                        "io.mlconnector.ifs..",
                        "io.mlconnector.stripe..",
                        "io.mlconnector.stampli..",
                        "io.mlconnector.bill..",
                        "io.mlconnector.cloudsuite..",
                        "io.mlconnector.syspro..")
                .should()
                .callMethod(java.time.Instant.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(Thread.class, "sleep", long.class)
                .check(CLASSES);
    }
}
