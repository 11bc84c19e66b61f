package dev.changeover.harness.provider;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.changeover.harness.history.Event;
import dev.changeover.harness.replay.Replayer;
import dev.changeover.harness.replay.ScheduledRequest;
import dev.changeover.harness.replay.Target;
import dev.changeover.harness.scenario.Deadlines;
import dev.changeover.harness.units.Ticker;
import dev.changeover.harness.wire.CallId;
import dev.changeover.harness.wire.ErrorKind;
import dev.changeover.harness.wire.Outcome;
import dev.changeover.harness.wire.Purpose;
import dev.changeover.toxics.http.HttpFault;
import dev.changeover.toxics.http.HttpFault.EmptyAnswer.Form;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// What the client that measures makes of every fault.
class FaultKindsTest {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration TICK = Duration.ofMillis(2);
    private static final String ERROR = "{\"error\":{\"message\":\"oh\",\"type\":\"server_error\"}}";
    private static final Optional<ErrorKind> SERVED = Optional.empty();

    @TestFactory
    Stream<DynamicTest> ofAStream() {
        return kinds(
                true,
                kind(new HttpFault.SlowFirstToken(HOUR), ErrorKind.TIMEOUT_FIRST_TOKEN),
                kind(status(429), ErrorKind.RATE_LIMITED),
                kind(status(500), ErrorKind.SERVER_ERROR),
                kind(status(200), ErrorKind.SERVER_ERROR),
                kind(new HttpFault.EmptyAnswer(Form.EMPTY), ErrorKind.EMPTY_ANSWER),
                kind(new HttpFault.EmptyAnswer(Form.NULL), ErrorKind.EMPTY_ANSWER),
                kind(new HttpFault.EmptyAnswer(Form.BLANK), ErrorKind.EMPTY_ANSWER),
                kind(new HttpFault.EmptyAnswer(Form.NO_CHOICES), ErrorKind.EMPTY_ANSWER),
                kind(new HttpFault.EmptyAnswer(Form.NO_BODY), ErrorKind.EMPTY_ANSWER),
                kind(new HttpFault.MidStreamError(1, ERROR), ErrorKind.STREAM_ERROR),
                kind(new HttpFault.UnfinishedStream(1), ErrorKind.TRUNCATED_STREAM),
                kind(new HttpFault.MalformedChunk(1), ErrorKind.MALFORMED),
                kind(new HttpFault.MidStreamCut(1), ErrorKind.TRUNCATED_STREAM),
                kind(new HttpFault.ToolCallCut(), ErrorKind.TRUNCATED_STREAM),
                kind(new HttpFault.StalledStream(0), ErrorKind.TIMEOUT_FIRST_TOKEN),
                kind(new HttpFault.StalledStream(1), ErrorKind.TIMEOUT_IDLE),
                new Case(new HttpFault.SlowDrip(TICK), SERVED),
                new Case(new HttpFault.WrongModel("mini"), SERVED),
                kind(new HttpFault.ContentFilter(0), ErrorKind.CONTENT_FILTER));
    }

    @TestFactory
    Stream<DynamicTest> ofAWholeAnswer() {
        return kinds(
                false,
                kind(new HttpFault.SlowFirstToken(HOUR), ErrorKind.TIMEOUT_FIRST_TOKEN),
                kind(status(200), ErrorKind.SERVER_ERROR),
                kind(new HttpFault.EmptyAnswer(Form.NO_CHOICES), ErrorKind.EMPTY_ANSWER),
                kind(new HttpFault.EmptyAnswer(Form.NO_BODY), ErrorKind.EMPTY_ANSWER),
                kind(new HttpFault.MidStreamError(1, ERROR), ErrorKind.SERVER_ERROR),
                kind(new HttpFault.MalformedChunk(1), ErrorKind.MALFORMED),
                kind(new HttpFault.MidStreamCut(1), ErrorKind.TRUNCATED_STREAM),
                kind(new HttpFault.ToolCallCut(), ErrorKind.TRUNCATED_STREAM),
                kind(new HttpFault.StalledStream(1), ErrorKind.TIMEOUT_FIRST_TOKEN),
                new Case(new HttpFault.SlowDrip(TICK), SERVED),
                new Case(new HttpFault.WrongModel("mini"), SERVED),
                kind(new HttpFault.ContentFilter(0), ErrorKind.CONTENT_FILTER));
    }

    private record Case(HttpFault fault, Optional<ErrorKind> kind) {}

    private static Case kind(HttpFault fault, ErrorKind kind) {
        return new Case(fault, Optional.of(kind));
    }

    private static Stream<DynamicTest> kinds(boolean stream, Case... cases) {
        return Stream.of(cases)
                .map(one -> DynamicTest.dynamicTest(one.fault().toString(), () -> {
                    Outcome expected =
                            one.kind().<Outcome>map(Outcome.Failed::new).orElse(Outcome.SERVED);
                    String good = stream ? Answers.TOOL_STREAM : Answers.TOOL_WHOLE;
                    try (TapBench bench = TapBench.answering(good, one.fault())) {
                        assertThat(asked(bench, stream, waitsInVain(one))).isEqualTo(expected);
                        assertThat(bench.row().faults()).isEqualTo(TapBench.strikes(0));
                    }
                }));
    }

    private static boolean waitsInVain(Case one) {
        return one.fault() instanceof HttpFault.StalledStream || one.fault() instanceof HttpFault.Late;
    }

    private static Outcome asked(TapBench bench, boolean stream, boolean inVain) {
        Duration patience = inVain ? Duration.ofMillis(700) : Duration.ofSeconds(20);
        Deadlines deadlines = new Deadlines(Duration.ofSeconds(20), patience, patience, Duration.ofSeconds(40));
        Ticker ticker = Ticker.since(System.nanoTime());
        List<Event> events = new ArrayList<>();
        Target target = new Target(Optional.empty(), "127.0.0.1", bench.tap.port(), model -> model);
        try (Replayer replayer = new Replayer(List.of(target), deadlines, ticker, events::add)) {
            replayer.play(request(stream, ticker.nanos()));
            replayer.drain();
        }
        return ((Event.Request) events.getFirst()).outcome();
    }

    private static Iterator<ScheduledRequest> request(boolean stream, long dueNanos) {
        String body =
                "{\"model\":\"m\",\"stream\":" + stream + ",\"messages\":[{\"role\":\"user\",\"content\":\"count\"}]}";
        CallId id = new CallId(Purpose.REQUEST, 0);
        return List.of(new ScheduledRequest(id, dueNanos, "c", "m", stream, body.getBytes(UTF_8)))
                .iterator();
    }

    private static HttpFault status(int status) {
        return new HttpFault.Status(status, Map.of(), Optional.empty(), ERROR, HttpFault.Calls.COMPLETIONS);
    }
}
