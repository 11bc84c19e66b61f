package dev.changeover.toxics;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;

/// Holds the rooms of this module to what their package-info says.
class ArchitectureTest {

    private static final String ROOT = "dev.changeover.toxics.";
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.changeover.toxics");

    @Test
    void toxicsAreValues() {
        hold(noClasses()
                .that()
                .resideInAPackage(ROOT + "toxic..")
                .should()
                .dependOnClassesThat()
                .resideOutsideOfPackages(ROOT + "toxic..", "java.lang..", "java.util..", "java.time..", "java.math..")
                .because("a toxic is its settings; whoever carries it out must not leak into them"));
    }

    @Test
    void httpFaultsAreValues() {
        hold(noClasses()
                .that()
                .resideInAPackage(ROOT + "http..")
                .should()
                .dependOnClassesThat()
                .resideOutsideOfPackages(ROOT + "http..", "java.lang..", "java.util..", "java.time..")
                .because("the tap, in another module, carries HTTP faults out; here they are only said"));
    }

    @Test
    void wordingsKnowNothingOfFaults() {
        hold(noClasses()
                .that()
                .resideInAPackage(ROOT + "wording..")
                .should()
                .dependOnClassesThat()
                .resideOutsideOfPackages(ROOT + "wording..", "java..", "tools.jackson..")
                .because("what a vendor says is one thing, and which requests hear it another"));
    }

    @Test
    void theCatalogIsMadeOfValuesOnly() {
        hold(noClasses()
                .that()
                .resideInAPackage(ROOT + "catalog..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        ROOT + "server..", ROOT + "backend..", "io.netty..", "io.vertx..", "eu.rekawek..", "java.net..")
                .because("a scenario is checked against the catalog without anything running"));
    }

    @Test
    void theServerKnowsNothingOfWhoDrivesIt() {
        hold(noClasses()
                .that()
                .resideInAPackage(ROOT + "server..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        ROOT + "backend..", ROOT + "catalog..", ROOT + "http..", ROOT + "wording..", "eu.rekawek..")
                .because("it is driven through its HTTP API, by any client, and knows TCP toxics only"));
    }

    @Test
    void backendsReachTheServerThroughItsFrontDoor() {
        hold(noClasses()
                .that()
                .resideInAPackage(ROOT + "backend..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.netty..", "io.vertx..")
                .because("embedded or not, a Toxiproxy is reached by the Toxiproxy Java client alone"));
    }

    @Test
    void nothingHereKnowsTheHarness() {
        hold(noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.changeover.harness..", "dev.changeover.reports..", "dev.changeover.cli..")
                .because("toxics is the lowest module: fault injection, useful without any LLM"));
    }

    @Test
    void roomsDoNotGoRoundInCircles() {
        hold(slices().matching(ROOT + "(*)..")
                .should()
                .beFreeOfCycles()
                .because("each room imports only those above it"));
    }

    private static void hold(ArchRule rule) {
        rule.check(CLASSES);
    }
}
