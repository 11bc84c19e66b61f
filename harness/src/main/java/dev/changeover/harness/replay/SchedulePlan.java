package dev.changeover.harness.replay;

import dev.changeover.harness.scenario.Traffic;
import dev.changeover.harness.trace.TraceReader;
import dev.changeover.harness.trace.TraceRequest;
import dev.changeover.harness.wire.ChatRequest;
import dev.changeover.harness.wire.MalformedRequestException;
import dev.changeover.harness.wire.Tokens;
import java.util.Optional;
import java.util.OptionalInt;

/// What a schedule will hold, counted without making its bodies.
///
/// @param requests of the window that are replayed
/// @param arrived in the window, those that a sample leaves out too
/// @param spanNanos wall time from t0 to the end of the window; to the last request where the window is
///     open
/// @param lastDueNanos when the last of them is due, since t0
/// @param inputTokens as recorded; else counted in the request's own text
/// @param outputTokens as recorded; else the most that the request allows
/// @param openEnded requests of which neither says how long an answer may get
/// @param generatedBodies how many of the requests come without a body of their own
public record SchedulePlan(
        long requests,
        long arrived,
        long spanNanos,
        long lastDueNanos,
        long inputTokens,
        long outputTokens,
        long openEnded,
        long generatedBodies) {

    /// Counts a window in one pass; the reader is left to its owner to close.
    public static SchedulePlan of(TraceReader trace, Traffic traffic, long seed) {
        Window window = new Window(trace, traffic, seed);
        long requests = 0;
        long input = 0;
        long output = 0;
        long openEnded = 0;
        long generated = 0;
        long lastDue = 0;
        while (window.hasNext()) {
            Window.Arrival arrival = window.next();
            requests++;
            Lengths lengths = Lengths.of(arrival.request());
            input += lengths.input();
            output += lengths.output().orElse(0);
            openEnded += lengths.output().isPresent() ? 0 : 1;
            generated += arrival.request().body().isPresent() ? 0 : 1;
            lastDue = arrival.dueNanos();
        }
        long span = traffic.length()
                .map(length -> Window.scaled(length.toNanos(), traffic.speed()))
                .orElse(lastDue);
        return new SchedulePlan(requests, window.arrived(), span, lastDue, input, output, openEnded, generated);
    }

    /// Of one request, in tokens.
    private record Lengths(int input, OptionalInt output) {

        static Lengths of(TraceRequest request) {
            Optional<ChatRequest> body = request.body().flatMap(Lengths::parsed);
            OptionalInt input = request.inputTokens();
            OptionalInt output = request.outputTokens();
            return new Lengths(
                    input.isPresent()
                            ? input.getAsInt()
                            : body.map(b -> Tokens.count(b.promptText())).orElse(0),
                    output.isPresent() || body.isEmpty() ? output : body.get().maxTokens());
        }

        private static Optional<ChatRequest> parsed(byte[] body) {
            try {
                return Optional.of(ChatRequest.parse(body));
            } catch (MalformedRequestException _) {
                return Optional.empty();
            }
        }
    }
}
