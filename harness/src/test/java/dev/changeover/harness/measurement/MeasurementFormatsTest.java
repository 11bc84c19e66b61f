package dev.changeover.harness.measurement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.changeover.harness.history.Event;
import dev.changeover.harness.history.HistoryWriter;
import dev.changeover.harness.scenario.FittedProfile.Measured;
import dev.changeover.harness.trace.TraceException;
import dev.changeover.harness.trace.Written;
import dev.changeover.harness.units.Arm;
import dev.changeover.harness.wire.CallId;
import dev.changeover.harness.wire.ErrorKind;
import dev.changeover.harness.wire.Outcome;
import dev.changeover.harness.wire.Purpose;
import dev.changeover.harness.wire.Usage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MeasurementFormatsTest {

    private static final long MILLI = 1_000_000;

    @TempDir
    Path folder;

    @Test
    void llmperfsResponsesHaveNoTimesAndShortAnswersWereServed() {
        Measurement measured = read("""
            [ {"error_code": null, "error_msg": "", "ttft_s": 0.5, "end_to_end_latency_s": 2.5,
               "inter_token_latency_s": 0.016, "number_output_tokens": 101},
              {"error_code": -100, "error_msg": "Output too few tokens 51", "GEN_TEXT": "some words",
               "ttft_s": 1.0, "end_to_end_latency_s": 2.0, "number_output_tokens": 51},
              {"error_code": 429, "error_msg": "", "ttft_s": 0, "end_to_end_latency_s": 0, "number_output_tokens": 1},
              {"error_code": -1, "error_msg": "", "ttft_s": 0, "end_to_end_latency_s": 0, "number_output_tokens": 1} ]
            """);

        assertThat(measured.format()).isEqualTo("llmperf");
        assertThat(measured.calls())
                .containsExactly(
                        served(OptionalLong.empty(), 500, 2_500, 101),
                        served(OptionalLong.empty(), 1_000, 2_000, 51),
                        MeasuredCall.failed(
                                OptionalLong.empty(),
                                new Failure(ErrorKind.RATE_LIMITED, OptionalInt.of(429), OptionalLong.empty())));
        assertThat(measured.calls().getFirst().nanosPerToken()).hasValue(20.0 * MILLI);
        assertThat(measured.leftOut())
                .contains("1 row, an error that says nothing of what it was")
                .contains(":6)");
        assertThat(measured.notes()).hasSize(1);
    }

    @Test
    void aProbesRowsMayBeLongerThanItsFirstLineAndItsErrorsHaveManyLines() {
        Measurement measured = read("""
            timestamp,first_token_latency_ms,total_latency_ms,tokens_per_second,total_tokens
            2026-01-15 10:00:05,200,1200,50,51
            2026-01-15 10:00:00,100,600.5,50,26,9
            2026-01-15 10:00:07,,,,,,"APIError: Connection
            error."
            2026-01-15 10:00:09,,,,,,"Error code: 400 - Insufficient Balance"
            2026-01-15 10:00:10,,,,,,
            """);

        assertThat(measured.format()).isEqualTo("probe-csv");
        assertThat(measured.calls())
                .containsExactly(
                        served(OptionalLong.of(0), 100, 600.5, 26),
                        served(OptionalLong.of(5_000 * MILLI), 200, 1_200, 51),
                        MeasuredCall.failed(
                                OptionalLong.of(7_000 * MILLI),
                                new Failure(ErrorKind.SERVER_ERROR, OptionalInt.empty(), OptionalLong.empty())));
        assertThat(measured.leftOut())
                .contains("1 row, the caller's own error quota", "trace:6")
                .contains("1 row, first_token_latency_ms is missing or no sensible number", "trace:7");
    }

    @Test
    void whatClientsSayIsUnderstood() {
        Map<String, ErrorKind> said = new TreeMap<>(Map.of(
                "litellm.APIError: APIError: DeepseekException - Connection error.", ErrorKind.CONNECTION_REFUSED,
                "Expecting value: line 30 column 1 (char 29), [200 OK]", ErrorKind.EMPTY_ANSWER,
                "Expecting value: line 3 column 1 (char 29), [200 OK]", ErrorKind.MALFORMED,
                "Request timed out.", ErrorKind.TIMEOUT_TOTAL,
                "[Errno 104] Connection reset by peer", ErrorKind.CONNECTION_RESET,
                "Error code: 503 - busy", ErrorKind.OVERLOADED,
                "peer closed connection (incomplete chunked read)", ErrorKind.TRUNCATED_STREAM,
                "Rate limit reached for requests", ErrorKind.RATE_LIMITED,
                "something else", ErrorKind.SERVER_ERROR));

        said.forEach((text, kind) -> assertThat(ClientWords.failure(text, OptionalInt.empty(), OptionalLong.empty())
                        .kind())
                .as(text)
                .isEqualTo(kind));
    }

    @Test
    void aTracesOwnAnswersAreMeasured() {
        Measurement measured = read("""
            {"changeover_trace":1,"about":"Made up."}
            {"at_ms":0,"input_tokens":5,"output_tokens":11,"answer":{"status":200,"first_token_ms":100,"done_ms":600,"output_tokens":11}}
            {"at_ms":50,"input_tokens":5,"output_tokens":11,"answer":{"status":503,"done_ms":30}}
            {"at_ms":60,"input_tokens":5,"output_tokens":11,"answer":{"status":200,"done_ms":600,"output_tokens":11}}
            {"at_ms":70,"input_tokens":5,"output_tokens":11}
            """);

        assertThat(measured.format()).isEqualTo("trace");
        assertThat(measured.calls())
                .containsExactly(
                        served(OptionalLong.of(0), 100, 600, 11),
                        MeasuredCall.failed(
                                OptionalLong.of(50 * MILLI),
                                new Failure(ErrorKind.OVERLOADED, OptionalInt.of(503), OptionalLong.of(30 * MILLI))));
        assertThat(measured.leftOut())
                .contains("1 row, served, with no time of a first token")
                .contains("1 row, no answer was recorded");
    }

    @Test
    void aHistorysArmIsMeasuredByItsLedgerWithoutFaultsAndWarmUp() throws Exception {
        Path history = history();

        Measurement measured = Measurements.read(of(history, Optional.of(Arm.NEW)));

        assertThat(measured.format()).isEqualTo("history");
        assertThat(measured.calls()).containsExactly(served(OptionalLong.of(0), 300, 1_300, 21));
        assertThat(measured.leftOut()).startsWith("1 row, struck by a fault of that run");
        assertThat(measured.notes()).containsExactly("the new arm of that run was simulated, not a real provider");
    }

    @Test
    void armsAreOfHistoriesAndOfNothingElse() throws Exception {
        Path history = history();
        Path probe = folder.resolve("probe.csv");
        Files.writeString(probe, "first_token_latency_ms,total_latency_ms\n1,2\n");

        assertThatThrownBy(() -> Measurements.read(of(history, Optional.empty())))
                .isInstanceOf(TraceException.class)
                .hasMessageContaining("is a history, which has two arms")
                .hasMessageContaining("add arm: old, or arm: new");
        assertThatThrownBy(() -> Measurements.read(of(probe, Optional.of(Arm.OLD))))
                .hasMessageContaining("probe.csv: is no history, so it has no arms");
    }

    @Test
    void theFormatCanBeSaid() {
        Path file = Written.text(folder, "first_token_latency_ms,total_latency_ms\n1,2\n");

        assertThat(Measurements.read(formatted(file, "probe-csv")).calls()).hasSize(1);
        assertThatThrownBy(() -> Measurements.read(formatted(file, "llmperf")))
                .isInstanceOf(TraceException.class)
                .hasMessageContaining("trace:1: is no JSON array of calls");
        assertThatThrownBy(() -> Measurements.read(formatted(file, "nonsense")))
                .isInstanceOf(TraceException.class)
                .hasMessageContaining("nonsense");
    }

    @Test
    void aWindowWithoutTimesOrCallsIsRefused() {
        Path timeless = Written.text(folder, "first_token_latency_ms,total_latency_ms\n1,2\n");
        assertThatThrownBy(() -> Measurements.read(windowed(timeless)))
                .hasMessageContaining("has no times, so there is no window of it");

        Path early =
                Written.text(folder, "timestamp,first_token_latency_ms,total_latency_ms\n2026-01-15 10:00:00,1,2\n");
        assertThatThrownBy(() -> Measurements.read(windowed(early))).hasMessageContaining("has no call in the window");
    }

    @Test
    void moreCallsThanAreKeptAreSampledEvenly() {
        StringBuilder csv = new StringBuilder("first_token_latency_ms,total_latency_ms\n");
        for (int i = 0; i < 2 * Measurement.MOST_CALLS; i++) {
            csv.append(i).append(',').append(i).append('\n');
        }

        Measurement measured = read(csv.toString());

        assertThat(measured.usable()).isEqualTo(2L * Measurement.MOST_CALLS);
        assertThat(measured.calls()).hasSize(Measurement.MOST_CALLS);
        long early = measured.calls().stream()
                .filter(call -> call.ttftNanos().getAsLong() < Measurement.MOST_CALLS * MILLI)
                .count();
        assertThat(early / (double) Measurement.MOST_CALLS).isBetween(0.49, 0.51);
    }

    private Path history() throws Exception {
        Path file = folder.resolve("history.jsonl");
        try (HistoryWriter writer = HistoryWriter.open(file, () -> {})) {
            writer.accept(new Event.RunStarted(
                    "0.1.0",
                    "scenario: x\n",
                    "2026-01-15T10:00:00Z",
                    "25",
                    "x",
                    2,
                    "embedded",
                    "t",
                    3,
                    60_000 * MILLI,
                    new TreeMap<>(Map.of("old", "real", "new", "simulated")),
                    false));
            writer.accept(row(Arm.NEW, Purpose.REQUEST, 1, List.of()));
            writer.accept(row(Arm.NEW, Purpose.REQUEST, 2, List.of(Event.Strike.of(0, "slow"))));
            writer.accept(row(Arm.NEW, Purpose.WARMUP, 3, List.of()));
            writer.accept(row(Arm.OLD, Purpose.REQUEST, 4, List.of()));
        }
        return file;
    }

    private static Event.UpstreamCall row(Arm arm, Purpose purpose, int number, List<Event.Strike> strikes) {
        return new Event.UpstreamCall(
                Optional.of(new CallId(purpose, number)),
                arm,
                "m",
                Optional.of("m"),
                true,
                new Event.Timing(
                        number * MILLI,
                        number * MILLI,
                        OptionalLong.of((number + 200) * MILLI),
                        OptionalLong.of((number + 300) * MILLI),
                        OptionalLong.of((number + 1_300) * MILLI),
                        (number + 1_301) * MILLI),
                OptionalInt.of(200),
                Outcome.SERVED,
                true,
                Usage.of(10, 21, 0),
                OptionalLong.empty(),
                strikes,
                OptionalLong.empty());
    }

    private static MeasuredCall served(OptionalLong at, double ttftMillis, double lastMillis, int tokens) {
        return MeasuredCall.served(
                at,
                Math.round(ttftMillis * MILLI),
                OptionalLong.of(Math.round(lastMillis * MILLI)),
                OptionalInt.of(tokens));
    }

    private Measurement read(String text) {
        return Measurements.read(Measured.all(Written.text(folder, text)));
    }

    private static Measured of(Path file, Optional<Arm> arm) {
        return new Measured(file, Optional.empty(), arm, Duration.ZERO, Optional.empty());
    }

    private static Measured formatted(Path file, String format) {
        return new Measured(file, Optional.of(format), Optional.empty(), Duration.ZERO, Optional.empty());
    }

    private static Measured windowed(Path file) {
        return new Measured(file, Optional.empty(), Optional.empty(), Duration.ofHours(1), Optional.empty());
    }
}
