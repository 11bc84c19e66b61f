package dev.changeover.reports;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.changeover.reports.render.Reports;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    private final JavaClasses classes = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.changeover.reports");

    @Test
    void reportsAreWrittenFromTheJudgementAndNothingThatRuns() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.changeover.harness.provider..",
                        "dev.changeover.harness.gateway..",
                        "dev.changeover.harness.replay..",
                        "dev.changeover.harness.rehearsal..",
                        "io.vertx..",
                        "io.netty..")
                .because("a report is a function of the history: rendered again, it needs no testbed")
                .check(classes);
    }

    @Test
    void reportsKnowNoClockAndNoChance() {
        noClasses()
                .should()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(LocalDate.class, "now")
                .orShould()
                .dependOnClassesThat()
                .belongToAnyOf(
                        Clock.class, LocalDateTime.class, ZonedDateTime.class, Random.class, SplittableRandom.class)
                .because("the same history gives the same report, byte for byte, on any day")
                .check(classes);
    }

    @Test
    void onlyReportsTouchesFiles() {
        noClasses()
                .that()
                .doNotBelongToAnyOf(Reports.class)
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(Files.class)
                .because("renderers are pure: text out, so that tests and other tools can use them")
                .check(classes);
    }

    @Test
    void sumsAreDoneBeforeTheyAreTold() {
        noClasses()
                .that()
                .resideInAnyPackage("dev.changeover.reports.roi", "dev.changeover.reports.claims")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.changeover.reports.render")
                .because("every report tells the same sums, and rounds them for itself")
                .check(classes);
    }
}
