package dev.changeover.harness.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.changeover.harness.units.Arm;
import dev.changeover.harness.wire.CallId;
import dev.changeover.harness.wire.ErrorKind;
import dev.changeover.harness.wire.Outcome;
import dev.changeover.harness.wire.Purpose;
import dev.changeover.harness.wire.Usage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryFileTest {

    private static final Event.RunStarted STARTED = new Event.RunStarted(
            "0.1.0",
            "scenario: x\nabout: \"quotes, and ünïcode\"\n",
            "2026-01-15T10:00:00Z",
            "25.0.1",
            "Linux amd64",
            2,
            "embedded 2.12.0",
            "trace.jsonl sha256:ab",
            3,
            3,
            60_000_000_000L,
            new TreeMap<>(Map.of("old", "simulated", "new", "real")),
            true,
            new TreeMap<>(Map.of(
                    "old", new Event.Fitted("probe.csv", "ab12", "distribution", 150, 0.014, OptionalDouble.empty()))));

    private static final Event.Timing TIMING = new Event.Timing(
            1_000_000,
            1_002_000,
            OptionalLong.of(5_000_000),
            OptionalLong.of(6_000_000),
            OptionalLong.of(9_000_000),
            9_500_000);

    private static final List<Event> ONE_OF_EACH = List.of(
            STARTED,
            new Event.Request(
                    new CallId(Purpose.REQUEST, 7),
                    Optional.of(Arm.NEW),
                    "c1",
                    "gpt-4.1",
                    true,
                    TIMING,
                    Optional.of(new Event.Gaps(9, 20_000_000, 19_000_000, 40_000_000, 55_000_000)),
                    OptionalInt.of(200),
                    Outcome.SERVED,
                    Usage.of(10, 20, 3),
                    OptionalLong.of(21),
                    OptionalLong.of(0x0123456789abcdefL)),
            new Event.Request(
                    new CallId(Purpose.REQUEST, 8),
                    Optional.empty(),
                    "c2",
                    "m",
                    false,
                    new Event.Timing(
                            -5_000, -4_000, OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty(), 0),
                    Optional.empty(),
                    OptionalInt.empty(),
                    new Outcome.Failed(ErrorKind.TIMEOUT_CONNECT),
                    Usage.UNKNOWN,
                    OptionalLong.empty(),
                    OptionalLong.empty()),
            new Event.Request(
                    new CallId(Purpose.REQUEST, 9),
                    Optional.empty(),
                    "c2",
                    "m",
                    true,
                    new Event.Timing(
                            1_000,
                            OptionalLong.of(60_000_000),
                            60_000_000,
                            OptionalLong.empty(),
                            OptionalLong.empty(),
                            OptionalLong.empty(),
                            60_000_000),
                    Optional.empty(),
                    OptionalInt.empty(),
                    new Outcome.Failed(ErrorKind.TIMEOUT_TOTAL),
                    Usage.UNKNOWN,
                    OptionalLong.empty(),
                    OptionalLong.empty()),
            new Event.UpstreamCall(
                    Optional.of(new CallId(Purpose.PROBE, 1)),
                    Arm.OLD,
                    "gpt-4.1",
                    Optional.of("gpt-4.1-2025-04-14"),
                    true,
                    TIMING,
                    OptionalInt.of(200),
                    new Outcome.Failed(ErrorKind.EMPTY_ANSWER),
                    true,
                    Usage.of(1, 0, 0),
                    OptionalLong.of(0),
                    List.of(Event.Strike.of(2, "brownout-empty"), Event.Strike.of(10, "slow-drip")),
                    OptionalLong.of(-2)),
            new Event.Attempt(new CallId(Purpose.REQUEST, 7), Arm.OLD, 2, 1_000, 2_000, Outcome.CANCELLED),
            new Event.Connection(Arm.OLD, -1_000, 5_000, 10, 20, new TreeMap<>(Map.of("f0-timeout", 4L))),
            new Event.Connection(Arm.NEW, 0, 1_000, 0, 0, new TreeMap<>()),
            new Event.Fault(0, "region-outage", Arm.OLD, Event.FaultStep.IN_FORCE, 4_000),
            new Event.Transition(Event.Transition.Kind.BREAKER, Arm.OLD, "closed", "open", 5_000),
            new Event.Probe(Arm.OLD, 1_000, 2_000, false),
            new Event.Vitals(1_000_000_000, 0.25, 0.5, 1_500_000, 123_456, 17),
            new Event.Warning(1_000, "careful"),
            new Event.RunEnded(2_000_000, Event.RunEnded.End.COMPLETED, ""));

    @TempDir
    Path folder;

    private Path written(List<Event> events) throws HistoryException {
        Path file = folder.resolve("history.jsonl");
        try (HistoryWriter writer = HistoryWriter.open(file, () -> {})) {
            events.forEach(writer::accept);
        }
        return file;
    }

    @Test
    void whatIsWrittenIsReadBackToTheMicrosecond() throws Exception {
        assertThat(HistoryReader.read(written(ONE_OF_EACH))).isEqualTo(History.of(ONE_OF_EACH, 0));
    }

    @Test
    void everyByteOfTheLastRecordMayBeMissing() throws Exception {
        Path file = written(ONE_OF_EACH);
        byte[] whole = Files.readAllBytes(file);
        byte[] last = lastLine(whole);
        for (int missing = 1; missing < last.length; missing++) {
            Path cut = folder.resolve("cut-" + missing);
            Files.write(cut, Arrays.copyOf(whole, whole.length - missing));
            History history = HistoryReader.read(cut);
            assertThat(history.ended()).isEmpty();
            assertThat(history.tornRecords()).isEqualTo(1);
            assertThat(history.warnings()).hasSize(1);
        }
    }

    @Test
    void aRecordBrokenInTheMiddleIsAnErrorWithItsLine() throws Exception {
        Path file = written(List.of(STARTED));
        Files.writeString(file, "{\"event\":\"request\",\"id\":\n{}\n", StandardOpenOption.APPEND);
        assertThatThrownBy(() -> HistoryReader.read(file))
                .isInstanceOf(HistoryException.class)
                .hasMessageContaining("history.jsonl:2: broken record");
    }

    @Test
    void aFieldOfTheWrongKindIsNamed() throws Exception {
        Path file = written(List.of(STARTED));
        Files.writeString(file, "{\"event\":\"warning\",\"at_us\":1,\"text\":5}\n", StandardOpenOption.APPEND);
        assertThatThrownBy(() -> HistoryReader.read(file)).hasMessageContaining(":2: broken record: 'text'");
    }

    @Test
    void aQuestionIsSixteenHexDigitsAndOldHistoriesHaveNone() throws Exception {
        String text = Files.readString(written(ONE_OF_EACH));
        assertThat(text).contains("\"question\":\"0123456789abcdef\"", "\"question\":\"fffffffffffffffe\"");

        Path old = folder.resolve("old.jsonl");
        Files.writeString(old, text.replaceAll(",\"question\":\"[0-9a-f]{16}\"", ""));
        assertThat(HistoryReader.read(old).requests().getFirst().question()).isEmpty();

        Path broken = folder.resolve("broken.jsonl");
        Files.writeString(broken, text.replace("0123456789abcdef", "xyz"));
        assertThatThrownBy(() -> HistoryReader.read(broken))
                .hasMessageContaining(":2: broken record: 'question' must be 16 hex digits, got 'xyz'");
    }

    @Test
    void faultsAreKnownByIndexAndInOldHistoriesByName() throws Exception {
        String text = Files.readString(written(ONE_OF_EACH));
        String faults = "\"faults\":{\"2\":\"brownout-empty\",\"10\":\"slow-drip\"}";
        assertThat(text).contains(faults);

        Path old = folder.resolve("old.jsonl");
        Files.writeString(old, text.replace(faults, "\"fault\":\"brownout-empty\""));
        Event.Strike strike =
                HistoryReader.read(old).ledger().getFirst().faults().getFirst();
        assertThat(strike.isBy(5, "brownout-empty")).isTrue();
        assertThat(strike.isBy(5, "slow-drip")).isFalse();
        assertThat(Event.Strike.of(2, "brownout-empty").isBy(5, "brownout-empty"))
                .isFalse();

        Path broken = folder.resolve("broken.jsonl");
        Files.writeString(broken, text.replace("\"10\":\"slow-drip\"", "\"ten\":\"slow-drip\""));
        assertThatThrownBy(() -> HistoryReader.read(broken))
                .hasMessageContaining("'faults' must be named by their index, got 'ten'");
    }

    @Test
    void anEmptyFileIsNotAHistory() throws Exception {
        Path file = Files.createFile(folder.resolve("history.jsonl"));
        assertThatThrownBy(() -> HistoryReader.read(file)).hasMessageContaining("no run_started");
    }

    @Test
    void aMissingFileSaysWhatToName() {
        assertThatThrownBy(() -> HistoryReader.read(folder.resolve("nothing")))
                .isInstanceOf(HistoryException.class)
                .hasMessageContaining("name a run's folder");
    }

    @Test
    void anotherFormatIsRefused() throws Exception {
        Path file = written(List.of(STARTED));
        Files.writeString(file, Files.readString(file).replace("history/v1", "history/v9"));
        assertThatThrownBy(() -> HistoryReader.read(file)).hasMessageContaining("changeover.history/v9");
    }

    @Test
    void aFullDiskIsToldOnceAndKeepsWhatWasWritten() throws Exception {
        assumeTrue(Files.isWritable(Path.of("/dev/full")), "needs /dev/full, a disk that is always full");
        Path full = folder.resolve("full");
        CountDownLatch told = new CountDownLatch(1);
        Path link = Files.createSymbolicLink(full, Path.of("/dev/full"));
        HistoryWriter writer = HistoryWriter.append(link, told::countDown);
        writer.accept(STARTED);
        told.await();
        writer.accept(STARTED);
        assertThatThrownBy(writer::close).isInstanceOf(HistoryException.class).hasMessageContaining("free some space");
    }

    @Test
    void anInterruptedThreadLosesNoEvent() throws Exception {
        Path file = folder.resolve("history.jsonl");
        try (HistoryWriter writer = HistoryWriter.open(file, () -> {})) {
            Thread.currentThread().interrupt();
            ONE_OF_EACH.forEach(writer::accept);
        }
        assertThat(Thread.interrupted()).as("it stays interrupted").isTrue();
        assertThat(HistoryReader.read(file)).isEqualTo(History.of(ONE_OF_EACH, 0));
    }

    @Test
    void anEventThatCannotBeEncodedIsAFailureThatIsTold() throws Exception {
        CountDownLatch told = new CountDownLatch(1);
        HistoryWriter writer = HistoryWriter.open(folder.resolve("history.jsonl"), told::countDown);
        writer.accept(new Event.Probe(null, 1_000, 2_000, false));
        told.await();
        assertThatThrownBy(writer::close).isInstanceOf(HistoryException.class);
    }

    private static byte[] lastLine(byte[] whole) {
        int from = whole.length - 1;
        while (whole[from - 1] != '\n') {
            from--;
        }
        return Arrays.copyOfRange(whole, from, whole.length);
    }
}
