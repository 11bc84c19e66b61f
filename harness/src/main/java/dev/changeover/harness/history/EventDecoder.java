package dev.changeover.harness.history;

import dev.changeover.harness.units.Arm;
import dev.changeover.harness.wire.CallId;
import dev.changeover.harness.wire.ErrorKind;
import dev.changeover.harness.wire.Outcome;
import dev.changeover.harness.wire.Usage;
import java.util.Collections;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/// Reads back what [EventEncoder] wrote.
final class EventDecoder {

    private EventDecoder() {}

    /// @throws IllegalArgumentException saying which field is wrong
    static Event decode(Fields fields) {
        return switch (fields.text("event")) {
            case "run_started" -> runStarted(fields);
            case "request" ->
                new Event.Request(
                        id(fields),
                        fields.has("arm") ? Optional.of(arm(fields, "arm")) : Optional.empty(),
                        fields.text("conversation"),
                        fields.text("model"),
                        fields.flag("stream"),
                        timing(fields),
                        fields.has("gaps.count") ? Optional.of(gaps(fields)) : Optional.empty(),
                        fields.optionalInt("status"),
                        outcome(fields),
                        usage(fields),
                        fields.optionalNumber("counted_output_tokens"),
                        question(fields));
            case "upstream_call" ->
                new Event.UpstreamCall(
                        fields.has("id") ? Optional.of(id(fields)) : Optional.empty(),
                        arm(fields, "arm"),
                        fields.text("model_asked"),
                        text(fields, "model_answered"),
                        fields.flag("stream"),
                        timing(fields),
                        fields.optionalInt("status"),
                        outcome(fields),
                        fields.flag("delivered"),
                        usage(fields),
                        fields.optionalNumber("counted_output_tokens"),
                        strikes(fields),
                        question(fields));
            case "attempt" ->
                new Event.Attempt(
                        id(fields),
                        arm(fields, "arm"),
                        Math.toIntExact(fields.number("number")),
                        fields.nanos("started_us"),
                        fields.nanos("ended_us"),
                        outcome(fields));
            case "connection" ->
                new Event.Connection(
                        arm(fields, "arm"),
                        fields.nanos("opened_us"),
                        fields.nanos("closed_us"),
                        fields.number("bytes_up"),
                        fields.number("bytes_down"),
                        fields.numbersIn("touched"));
            case "fault" ->
                new Event.Fault(
                        Math.toIntExact(fields.number("index")),
                        fields.text("fault"),
                        arm(fields, "on"),
                        constant(Event.FaultStep.class, fields.text("step")),
                        fields.nanos("at_us"));
            case "transition" ->
                new Event.Transition(
                        constant(Event.Transition.Kind.class, fields.text("of")),
                        arm(fields, "arm"),
                        fields.text("from"),
                        fields.text("to"),
                        fields.nanos("at_us"));
            case "probe" ->
                new Event.Probe(
                        arm(fields, "arm"), fields.nanos("at_us"), fields.nanos("done_us"), fields.flag("healthy"));
            case "weight" ->
                new Event.Weight(
                        fields.decimal("to_new"),
                        constant(Event.WeightStep.class, fields.text("step")),
                        constant(Event.WeightCause.class, fields.text("cause")),
                        fields.text("detail"),
                        fields.nanos("at_us"));
            case "evidence" -> evidence(fields);
            case "phase_end" ->
                new Event.PhaseEnd(
                        Math.toIntExact(fields.number("phase")),
                        fields.decimal("weight"),
                        constant(Event.PhaseDecision.class, fields.text("decision")),
                        fields.text("why"),
                        fields.decimal("e_value"),
                        fields.nanos("at_us"));
            case "rollback" ->
                new Event.Rollback(
                        constant(Event.RollbackStep.class, fields.text("step")),
                        fields.text("detail"),
                        fields.nanos("at_us"));
            case "gateway_health" ->
                new Event.GatewayHealth(fields.nanos("at_us"), fields.nanos("done_us"), fields.optionalInt("status"));
            case "scrape" -> new Event.Scrape(fields.nanos("at_us"), fields.optionalInt("status"));
            case "configuration" ->
                new Event.Configuration(
                        fields.text("file"),
                        fields.text("digest"),
                        constant(Event.ConfigurationMoment.class, fields.text("when")),
                        fields.nanos("at_us"));
            case "gateway_process" ->
                new Event.GatewayProcess(
                        constant(Event.ProcessStep.class, fields.text("step")),
                        fields.text("detail"),
                        fields.nanos("at_us"));
            case "vitals" ->
                new Event.Vitals(
                        fields.nanos("at_us"),
                        fields.decimal("cpu_process"),
                        fields.decimal("cpu_machine"),
                        fields.nanos("pause_us"),
                        fields.number("heap_bytes"),
                        Math.toIntExact(fields.number("in_flight")));
            case "warning" -> new Event.Warning(fields.nanos("at_us"), fields.text("text"));
            case "run_ended" ->
                new Event.RunEnded(
                        fields.nanos("at_us"),
                        constant(Event.RunEnded.End.class, fields.text("end")),
                        fields.text("detail"));
            default -> throw new IllegalArgumentException("unknown event '%s'".formatted(fields.text("event")));
        };
    }

    private static Event.Evidence evidence(Fields fields) {
        return new Event.Evidence(
                Math.toIntExact(fields.number("phase")),
                fields.decimal("e_value"),
                fields.decimal("e_errors"),
                fields.decimal("e_slow"),
                fields.number("old_seen"),
                fields.number("old_errors"),
                fields.number("old_slow"),
                fields.number("new_seen"),
                fields.number("new_errors"),
                fields.number("new_slow"),
                fields.number("unlabelled"),
                fields.nanos("at_us"));
    }

    private static Event.RunStarted runStarted(Fields fields) {
        if (!fields.text("format").equals(HistoryReader.FORMAT)) {
            throw new IllegalArgumentException(
                    "its format is '%s'; this version reads %s".formatted(fields.text("format"), HistoryReader.FORMAT));
        }
        return new Event.RunStarted(
                fields.text("version"),
                fields.text("scenario"),
                fields.text("started_at"),
                fields.text("jdk"),
                fields.text("machine"),
                Math.toIntExact(fields.number("cores")),
                fields.text("toxiproxy"),
                fields.text("trace"),
                fields.number("planned"),
                fields.optionalNumber("arrived").orElseGet(() -> fields.number("planned")),
                fields.nanos("span_us"),
                fields.textsIn("evidence"),
                fields.flag("generated_bodies"),
                fitted(fields));
    }

    private static SortedMap<String, Event.Fitted> fitted(Fields fields) {
        SortedMap<String, Event.Fitted> fitted = new TreeMap<>();
        for (Arm arm : Arm.values()) {
            String of = "fitted." + arm.word() + ".";
            if (fields.has(of + "file")) {
                fitted.put(
                        arm.word(),
                        new Event.Fitted(
                                fields.text(of + "file"),
                                fields.text(of + "sha256"),
                                fields.text(of + "play"),
                                fields.number(of + "served"),
                                fields.decimal(of + "ks_ttft"),
                                fields.has(of + "ks_rate")
                                        ? OptionalDouble.of(fields.decimal(of + "ks_rate"))
                                        : OptionalDouble.empty()));
            }
        }
        return Collections.unmodifiableSortedMap(fitted);
    }

    private static Event.Timing timing(Fields fields) {
        return new Event.Timing(
                fields.nanos("due_us"),
                fields.optionalNanos("released_us"),
                fields.nanos("sent_us"),
                fields.optionalNanos("first_byte_us"),
                fields.optionalNanos("first_token_us"),
                fields.optionalNanos("last_token_us"),
                fields.nanos("done_us"));
    }

    private static Event.Gaps gaps(Fields fields) {
        return new Event.Gaps(
                Math.toIntExact(fields.number("gaps.count")),
                fields.nanos("gaps.mean_us"),
                fields.nanos("gaps.p50_us"),
                fields.nanos("gaps.p95_us"),
                fields.nanos("gaps.max_us"));
    }

    private static Outcome outcome(Fields fields) {
        String word = fields.text("outcome");
        return switch (word) {
            case "served" -> Outcome.SERVED;
            case "cancelled" -> Outcome.CANCELLED;
            default ->
                new Outcome.Failed(ErrorKind.of(word)
                        .orElseThrow(() -> new IllegalArgumentException("unknown outcome '%s'".formatted(word))));
        };
    }

    private static Usage usage(Fields fields) {
        return new Usage(
                fields.optionalNumber("input_tokens"),
                fields.optionalNumber("output_tokens"),
                fields.optionalNumber("cached_tokens"));
    }

    private static List<Event.Strike> strikes(Fields fields) {
        if (fields.has("fault")) {
            return List.of(new Event.Strike(OptionalInt.empty(), fields.text("fault")));
        }
        return fields.textsIn("faults").entrySet().stream()
                .map(fault -> Event.Strike.of(index(fault.getKey()), fault.getValue()))
                .sorted(Comparator.comparingInt(strike -> strike.index().orElseThrow()))
                .toList();
    }

    private static int index(String key) {
        try {
            return Integer.parseInt(key);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'faults' must be named by their index, got '%s'".formatted(key), e);
        }
    }

    private static OptionalLong question(Fields fields) {
        if (!fields.has("question")) {
            return OptionalLong.empty();
        }
        String text = fields.text("question");
        if (text.length() != 16) {
            throw new IllegalArgumentException("'question' must be 16 hex digits, got '%s'".formatted(text));
        }
        return OptionalLong.of(HexFormat.fromHexDigitsToLong(text));
    }

    private static CallId id(Fields fields) {
        String text = fields.text("id");
        return CallId.parse(text).orElseThrow(() -> new IllegalArgumentException("'%s' is not an id".formatted(text)));
    }

    private static Arm arm(Fields fields, String name) {
        String word = fields.text(name);
        return Arm.of(word).orElseThrow(() -> new IllegalArgumentException("'%s' is not an arm".formatted(word)));
    }

    private static Optional<String> text(Fields fields, String name) {
        return fields.has(name) ? Optional.of(fields.text(name)) : Optional.empty();
    }

    private static <E extends Enum<E>> E constant(Class<E> type, String word) {
        return Enum.valueOf(type, word.toUpperCase(Locale.ROOT));
    }
}
