package dev.changeover.harness.history;

import dev.changeover.harness.wire.Outcome;
import dev.changeover.harness.wire.Usage;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import tools.jackson.core.JsonGenerator;

/// Writes events as `docs/history-format.md` says: one JSON object each, times in whole microseconds.
final class EventEncoder {

    private EventEncoder() {}

    static void encode(Event event, JsonGenerator json) {
        json.writeStartObject();
        switch (event) {
            case Event.RunStarted e -> runStarted(e, json);
            case Event.Request e -> request(e, json);
            case Event.UpstreamCall e -> upstreamCall(e, json);
            case Event.Attempt e -> attempt(e, json);
            case Event.Connection e -> connection(e, json);
            case Event.Fault e -> {
                kind("fault", json);
                json.writeNumberProperty("index", e.index());
                json.writeStringProperty("fault", e.fault());
                json.writeStringProperty("on", e.on().word());
                json.writeStringProperty("step", word(e.step()));
                time("at_us", e.atNanos(), json);
            }
            case Event.Transition e -> {
                kind("transition", json);
                json.writeStringProperty("of", word(e.kind()));
                json.writeStringProperty("arm", e.arm().word());
                json.writeStringProperty("from", e.from());
                json.writeStringProperty("to", e.to());
                time("at_us", e.atNanos(), json);
            }
            case Event.Probe e -> {
                kind("probe", json);
                json.writeStringProperty("arm", e.arm().word());
                time("at_us", e.atNanos(), json);
                time("done_us", e.doneNanos(), json);
                json.writeBooleanProperty("healthy", e.healthy());
            }
            case Event.Weight e -> {
                kind("weight", json);
                json.writeNumberProperty("to_new", e.toNew());
                json.writeStringProperty("step", word(e.step()));
                json.writeStringProperty("cause", word(e.cause()));
                json.writeStringProperty("detail", e.detail());
                time("at_us", e.atNanos(), json);
            }
            case Event.Evidence e -> evidence(e, json);
            case Event.PhaseEnd e -> {
                kind("phase_end", json);
                json.writeNumberProperty("phase", e.phase());
                json.writeNumberProperty("weight", e.weight());
                json.writeStringProperty("decision", word(e.decision()));
                json.writeStringProperty("why", e.why());
                json.writeNumberProperty("e_value", e.eValue());
                time("at_us", e.atNanos(), json);
            }
            case Event.Rollback e -> {
                kind("rollback", json);
                json.writeStringProperty("step", word(e.step()));
                json.writeStringProperty("detail", e.detail());
                time("at_us", e.atNanos(), json);
            }
            case Event.GatewayHealth e -> {
                kind("gateway_health", json);
                time("at_us", e.atNanos(), json);
                time("done_us", e.doneNanos(), json);
                number("status", e.status(), json);
            }
            case Event.Scrape e -> {
                kind("scrape", json);
                time("at_us", e.atNanos(), json);
                number("status", e.status(), json);
            }
            case Event.Configuration e -> {
                kind("configuration", json);
                json.writeStringProperty("file", e.file());
                json.writeStringProperty("digest", e.digest());
                json.writeStringProperty("when", word(e.when()));
                time("at_us", e.atNanos(), json);
            }
            case Event.GatewayProcess e -> {
                kind("gateway_process", json);
                json.writeStringProperty("step", word(e.step()));
                json.writeStringProperty("detail", e.detail());
                time("at_us", e.atNanos(), json);
            }
            case Event.Vitals e -> vitals(e, json);
            case Event.Warning e -> {
                kind("warning", json);
                time("at_us", e.atNanos(), json);
                json.writeStringProperty("text", e.text());
            }
            case Event.RunEnded e -> {
                kind("run_ended", json);
                time("at_us", e.atNanos(), json);
                json.writeStringProperty("end", word(e.end()));
                json.writeStringProperty("detail", e.detail());
            }
        }
        json.writeEndObject();
    }

    private static void evidence(Event.Evidence e, JsonGenerator json) {
        kind("evidence", json);
        json.writeNumberProperty("phase", e.phase());
        json.writeNumberProperty("e_value", e.eValue());
        json.writeNumberProperty("e_errors", e.eErrors());
        json.writeNumberProperty("e_slow", e.eSlow());
        json.writeNumberProperty("old_seen", e.oldSeen());
        json.writeNumberProperty("old_errors", e.oldErrors());
        json.writeNumberProperty("old_slow", e.oldSlow());
        json.writeNumberProperty("new_seen", e.newSeen());
        json.writeNumberProperty("new_errors", e.newErrors());
        json.writeNumberProperty("new_slow", e.newSlow());
        json.writeNumberProperty("unlabelled", e.unlabelled());
        time("at_us", e.atNanos(), json);
    }

    private static void runStarted(Event.RunStarted e, JsonGenerator json) {
        kind("run_started", json);
        json.writeStringProperty("format", HistoryReader.FORMAT);
        json.writeStringProperty("version", e.version());
        json.writeStringProperty("started_at", e.startedAt());
        json.writeStringProperty("jdk", e.jdk());
        json.writeStringProperty("machine", e.machine());
        json.writeNumberProperty("cores", e.cores());
        json.writeStringProperty("toxiproxy", e.toxiproxy());
        json.writeStringProperty("trace", e.trace());
        json.writeNumberProperty("planned", e.planned());
        if (e.arrived() != e.planned()) {
            json.writeNumberProperty("arrived", e.arrived());
        }
        time("span_us", e.spanNanos(), json);
        json.writeObjectPropertyStart("evidence");
        e.evidence().forEach(json::writeStringProperty);
        json.writeEndObject();
        json.writeBooleanProperty("generated_bodies", e.generatedBodies());
        if (!e.fitted().isEmpty()) {
            json.writeObjectPropertyStart("fitted");
            e.fitted().forEach((arm, fitted) -> fitted(arm, fitted, json));
            json.writeEndObject();
        }
        json.writeStringProperty("scenario", e.scenarioYaml());
    }

    private static void fitted(String arm, Event.Fitted fitted, JsonGenerator json) {
        json.writeObjectPropertyStart(arm);
        json.writeStringProperty("file", fitted.file());
        json.writeStringProperty("sha256", fitted.sha256());
        json.writeStringProperty("play", fitted.play());
        json.writeNumberProperty("served", fitted.served());
        json.writeNumberProperty("ks_ttft", fitted.ksTtft());
        fitted.ksRate().ifPresent(distance -> json.writeNumberProperty("ks_rate", distance));
        json.writeEndObject();
    }

    private static void request(Event.Request e, JsonGenerator json) {
        kind("request", json);
        json.writeStringProperty("id", e.id().text());
        e.arm().ifPresent(arm -> json.writeStringProperty("arm", arm.word()));
        json.writeStringProperty("conversation", e.conversation());
        json.writeStringProperty("model", e.model());
        json.writeBooleanProperty("stream", e.stream());
        timing(e.timing(), json);
        e.gaps().ifPresent(gaps -> gaps(gaps, json));
        number("status", e.status(), json);
        outcome(e.outcome(), json);
        tokens(e.usage(), e.countedOutput(), json);
        question(e.question(), json);
    }

    private static void upstreamCall(Event.UpstreamCall e, JsonGenerator json) {
        kind("upstream_call", json);
        e.id().ifPresent(id -> json.writeStringProperty("id", id.text()));
        json.writeStringProperty("arm", e.arm().word());
        json.writeStringProperty("model_asked", e.modelAsked());
        text("model_answered", e.modelAnswered(), json);
        json.writeBooleanProperty("stream", e.stream());
        timing(e.timing(), json);
        number("status", e.status(), json);
        outcome(e.outcome(), json);
        json.writeBooleanProperty("delivered", e.delivered());
        tokens(e.usage(), e.countedOutput(), json);
        strikes(e.faults(), json);
        question(e.question(), json);
    }

    private static void strikes(List<Event.Strike> faults, JsonGenerator json) {
        if (faults.isEmpty()) {
            return;
        }
        json.writeObjectPropertyStart("faults");
        for (Event.Strike strike : faults) {
            json.writeStringProperty(Integer.toString(strike.index().orElseThrow()), strike.fault());
        }
        json.writeEndObject();
    }

    private static void question(OptionalLong hash, JsonGenerator json) {
        if (hash.isPresent()) {
            json.writeStringProperty("question", HexFormat.of().toHexDigits(hash.getAsLong()));
        }
    }

    private static void attempt(Event.Attempt e, JsonGenerator json) {
        kind("attempt", json);
        json.writeStringProperty("id", e.id().text());
        json.writeStringProperty("arm", e.arm().word());
        json.writeNumberProperty("number", e.number());
        time("started_us", e.startedNanos(), json);
        time("ended_us", e.endedNanos(), json);
        outcome(e.outcome(), json);
    }

    private static void connection(Event.Connection e, JsonGenerator json) {
        kind("connection", json);
        json.writeStringProperty("arm", e.arm().word());
        time("opened_us", e.openedNanos(), json);
        time("closed_us", e.closedNanos(), json);
        json.writeNumberProperty("bytes_up", e.bytesUp());
        json.writeNumberProperty("bytes_down", e.bytesDown());
        if (!e.touched().isEmpty()) {
            json.writeObjectPropertyStart("touched");
            e.touched().forEach(json::writeNumberProperty);
            json.writeEndObject();
        }
    }

    private static void vitals(Event.Vitals e, JsonGenerator json) {
        kind("vitals", json);
        time("at_us", e.atNanos(), json);
        json.writeNumberProperty("cpu_process", e.cpuProcess());
        json.writeNumberProperty("cpu_machine", e.cpuMachine());
        time("pause_us", e.pauseNanos(), json);
        json.writeNumberProperty("heap_bytes", e.heapBytes());
        json.writeNumberProperty("in_flight", e.inFlight());
    }

    private static void timing(Event.Timing timing, JsonGenerator json) {
        time("due_us", timing.dueNanos(), json);
        time("released_us", timing.releasedNanos(), json);
        time("sent_us", timing.sentNanos(), json);
        time("first_byte_us", timing.firstByteNanos(), json);
        time("first_token_us", timing.firstTokenNanos(), json);
        time("last_token_us", timing.lastTokenNanos(), json);
        time("done_us", timing.doneNanos(), json);
    }

    private static void gaps(Event.Gaps gaps, JsonGenerator json) {
        json.writeObjectPropertyStart("gaps");
        json.writeNumberProperty("count", gaps.count());
        time("mean_us", gaps.meanNanos(), json);
        time("p50_us", gaps.p50Nanos(), json);
        time("p95_us", gaps.p95Nanos(), json);
        time("max_us", gaps.maxNanos(), json);
        json.writeEndObject();
    }

    private static void outcome(Outcome outcome, JsonGenerator json) {
        switch (outcome) {
            case Outcome.Served _ -> json.writeStringProperty("outcome", "served");
            case Outcome.Cancelled _ -> json.writeStringProperty("outcome", "cancelled");
            case Outcome.Failed(var error) -> json.writeStringProperty("outcome", error.word());
        }
    }

    private static void tokens(Usage usage, OptionalLong counted, JsonGenerator json) {
        number("input_tokens", usage.input(), json);
        number("output_tokens", usage.output(), json);
        number("cached_tokens", usage.cached(), json);
        number("counted_output_tokens", counted, json);
    }

    private static void kind(String kind, JsonGenerator json) {
        json.writeStringProperty("event", kind);
    }

    private static void time(String name, long nanos, JsonGenerator json) {
        json.writeNumberProperty(name, Math.floorDiv(nanos, 1000L));
    }

    private static void time(String name, OptionalLong nanos, JsonGenerator json) {
        if (nanos.isPresent()) {
            time(name, nanos.getAsLong(), json);
        }
    }

    private static void number(String name, OptionalLong value, JsonGenerator json) {
        if (value.isPresent()) {
            json.writeNumberProperty(name, value.getAsLong());
        }
    }

    private static void number(String name, OptionalInt value, JsonGenerator json) {
        if (value.isPresent()) {
            json.writeNumberProperty(name, value.getAsInt());
        }
    }

    private static void text(String name, Optional<String> value, JsonGenerator json) {
        value.ifPresent(text -> json.writeStringProperty(name, text));
    }

    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(java.util.Locale.ROOT);
    }
}
