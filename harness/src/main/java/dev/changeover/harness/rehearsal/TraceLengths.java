package dev.changeover.harness.rehearsal;

import dev.changeover.harness.provider.RecordedLengths;
import dev.changeover.harness.scenario.Provider;
import dev.changeover.harness.scenario.Scenario;
import dev.changeover.harness.scenario.Traffic;
import dev.changeover.harness.trace.TraceReader;
import dev.changeover.harness.trace.TraceRequest;
import dev.changeover.harness.trace.importer.Traces;
import dev.changeover.harness.wire.ChatRequest;
import dev.changeover.harness.wire.MalformedRequestException;
import java.util.OptionalInt;

/// What a trace tells simulated providers of the length of its answers. Bodies that were generated say it themselves,
/// in `max_tokens`; those that were recorded allow more than they got.
final class TraceLengths {

    private TraceLengths() {}

    /// Reads the trace to the end of its window, where there is any use in it.
    static RecordedLengths of(Scenario scenario, Plan plan) {
        RecordedLengths lengths = new RecordedLengths();
        boolean simulated = scenario.providers().values().stream()
                .map(Provider::source)
                .anyMatch(source ->
                        source instanceof Provider.Source.Simulated || source instanceof Provider.Source.Fitted);
        if (!simulated || plan.schedule().generatedBodies() == plan.requests()) {
            return lengths;
        }
        Traffic traffic = scenario.traffic();
        long end = traffic.length()
                .map(length -> traffic.from().plus(length).toNanos())
                .orElse(Long.MAX_VALUE);
        try (TraceReader trace = Traces.open(traffic.trace())) {
            while (trace.hasNext()) {
                TraceRequest request = trace.next();
                if (request.atNanos() >= end) {
                    break;
                }
                add(lengths, request);
            }
        }
        return lengths;
    }

    private static void add(RecordedLengths lengths, TraceRequest request) {
        OptionalInt recorded = request.outputTokens().isPresent()
                ? request.outputTokens()
                : request.answer().map(answer -> answer.outputTokens()).orElse(OptionalInt.empty());
        if (request.body().isEmpty() || recorded.orElse(0) < 1) {
            return;
        }
        try {
            lengths.add(ChatRequest.parse(request.body().get()), recorded.getAsInt());
        } catch (MalformedRequestException _) {
            // the schedule refuses it, with its place
        }
    }
}
