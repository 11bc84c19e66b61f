package dev.changeover.harness;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ArchitectureTest {

    private static final String HARNESS = "dev.changeover.harness";

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(HARNESS);

    /// A room, the rooms of this module that it may use, and why no other.
    private record Room(String name, List<String> mayUse, String because) {}

    private static final List<Room> ROOMS = List.of(
            new Room("units", List.of(), "everything else is made of them"),
            new Room("wire", List.of("units"), "what goes over the wire does not depend on who sends it"),
            new Room("dialect", List.of("wire"), "how providers differ does not depend on who is called when"),
            new Room("stubs", List.of(), "stubs know nothing of what is rehearsed with them"),
            new Room("scenario", List.of("units", "dialect", "stubs"), "a plan knows nothing of what carries it out"),
            new Room("redaction", List.of("wire"), "what is secret does not depend on who writes it down"),
            new Room("trace", List.of("units", "wire"), "traffic is read before anything is started"),
            new Room("history", List.of("units", "wire"), "what happened is plain data"),
            new Room("stats", List.of(), "formulas know numbers only"),
            new Room("transport", List.of(), "whoever connects may ask why it failed"),
            new Room(
                    "measurement",
                    List.of("units", "wire", "scenario", "trace", "history", "stats"),
                    "what is fitted does not know who plays it"),
            new Room("price", List.of("units", "wire", "scenario"), "money follows from tokens and a price list"),
            new Room(
                    "check",
                    List.of("units", "wire", "scenario", "history", "stats", "price"),
                    "a judge sees the history and nothing else"),
            new Room(
                    "gate",
                    List.of("units", "wire", "scenario", "history", "stats", "price", "check"),
                    "a judge sees the history and nothing else"),
            new Room(
                    "gateway.policy", List.of("units", "wire", "scenario"), "it decides, and leaves acting to a shell"),
            new Room(
                    "gateway.server",
                    List.of("units", "wire", "scenario", "history", "gateway.policy"),
                    "the system under test must not know who tests it"),
            new Room(
                    "gateway.program",
                    List.of("units", "scenario", "history"),
                    "a program of anybody's knows nothing of how it is tested"),
            new Room(
                    "rollout",
                    List.of("units", "wire", "scenario", "history", "stats"),
                    "it decides, and leaves acting to the rehearsal"),
            new Room("provider.within", List.of("wire"), "it changes answers, and leaves sending them to the tap"),
            new Room("proxy", List.of("wire"), "what passes through it is for others to judge"),
            new Room(
                    "recorder",
                    List.of("units", "wire", "trace", "redaction", "proxy"),
                    "traffic is recorded where no scenario is"),
            new Room(
                    "provider",
                    List.of("units", "wire", "dialect", "scenario", "history", "measurement", "proxy", "transport"),
                    "a provider must not know what stands before it"),
            new Room(
                    "replay",
                    List.of("units", "wire", "scenario", "history", "trace", "transport"),
                    "a client must not know what answers it"),
            new Room(
                    "rehearsal",
                    List.of(
                            "units",
                            "wire",
                            "dialect",
                            "scenario",
                            "history",
                            "trace",
                            "measurement",
                            "price",
                            "transport",
                            "provider",
                            "stubs",
                            "gateway.server",
                            "gateway.program",
                            "rollout",
                            "replay"),
                    "record first, judge later: a run does not know its verdict"),
            new Room(
                    "probe",
                    List.of("units", "wire", "scenario", "trace", "price", "replay", "rehearsal"),
                    "it tries providers before anything is rehearsed"));

    @TestFactory
    Stream<DynamicTest> aRoomUsesOnlyTheRoomsThatItMay() {
        return ROOMS.stream()
                .map(room -> DynamicTest.dynamicTest(
                        room.name(),
                        () -> classes()
                                .that()
                                .resideInAPackage(inside(room.name()))
                                .should()
                                .onlyDependOnClassesThat(outsideTheHarness().or(resideInAnyPackage(allowedFor(room))))
                                .because(room.because())
                                .check(CLASSES)));
    }

    private static String[] allowedFor(Room room) {
        return Stream.concat(Stream.of(room.name()), room.mayUse().stream())
                .map(ArchitectureTest::inside)
                .toArray(String[]::new);
    }

    private static DescribedPredicate<JavaClass> outsideTheHarness() {
        return DescribedPredicate.not(resideInAPackage(HARNESS + ".."));
    }

    @Test
    void judgesArePure() {
        noClasses()
                .that()
                .resideInAnyPackage(insideAll("stats", "price", "check", "gate"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.io", "java.nio.file..", "java.net..", "java.util.concurrent..", "io..")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(java.time.Instant.class, "now")
                .orShould()
                .callMethod(Math.class, "random")
                .because("the same history must give the same verdict, any time and anywhere")
                .check(CLASSES);
    }

    @Test
    void policyDoesNoInputOutput() {
        noClasses()
                .that()
                .resideInAnyPackage(inside("gateway.policy"), inside("wire"), inside("dialect"), inside("redaction"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.net..", "java.nio.file..", "java.nio.channels..", "io.vertx..", "io.netty..")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .because("policies are driven in virtual time as well as by a server")
                .check(CLASSES);
    }

    @Test
    void everyRoomIsOnTheList() {
        classes()
                .should()
                .resideInAnyPackage(ROOMS.stream()
                        .map(Room::name)
                        .map(ArchitectureTest::inside)
                        .toArray(String[]::new))
                .because("a new room needs a line here that says what it may use")
                .check(CLASSES);
    }

    private static String[] insideAll(String... rooms) {
        return Arrays.stream(rooms).map(ArchitectureTest::inside).toArray(String[]::new);
    }

    private static String inside(String room) {
        return HARNESS + "." + room + "..";
    }
}
