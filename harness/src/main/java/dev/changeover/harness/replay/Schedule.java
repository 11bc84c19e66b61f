package dev.changeover.harness.replay;

import dev.changeover.harness.scenario.Traffic;
import dev.changeover.harness.trace.BodyGenerator;
import dev.changeover.harness.trace.TraceException;
import dev.changeover.harness.trace.TraceReader;
import dev.changeover.harness.trace.TraceRequest;
import dev.changeover.harness.units.Hash;
import dev.changeover.harness.wire.CallId;
import dev.changeover.harness.wire.ChatRequest;
import dev.changeover.harness.wire.MalformedRequestException;
import dev.changeover.harness.wire.Purpose;
import java.util.Iterator;
import java.util.OptionalLong;

/// The window of a trace as requests to send, in due order, made one by one as they are asked for.
///
/// Recorded bodies are kept; where there is none, one is generated from the token counts. The same trace,
/// traffic and seed give the same schedule.
///
/// `hasNext` and `next` throw [TraceException] for a trace that cannot be read, a recorded body that is no
/// chat-completion request, and a request with neither body nor token count.
public final class Schedule implements Iterator<ScheduledRequest> {

    /// `max_tokens` of a generated body where the trace does not say how long the answer was.
    static final int OUTPUT_TOKENS_UNSAID = 256;

    private static final long STREAM_SALT = 0x73747265616dL;

    private final Window window;
    private final Traffic traffic;
    private final BodyGenerator bodies;
    private final String defaultModel;
    private final long seed;

    /// @param defaultModel where neither the trace nor the traffic names one
    public Schedule(TraceReader trace, Traffic traffic, BodyGenerator bodies, String defaultModel, long seed) {
        this.window = new Window(trace, traffic, seed);
        this.traffic = traffic;
        this.bodies = bodies;
        this.defaultModel = traffic.model().orElse(defaultModel);
        this.seed = seed;
    }

    @Override
    public boolean hasNext() {
        return window.hasNext();
    }

    @Override
    public ScheduledRequest next() {
        return request(window.next());
    }

    Window window() {
        return window;
    }

    /// What is sent for it.
    ScheduledRequest request(Window.Arrival arrival) {
        return arrival.request().body().isPresent()
                ? recorded(arrival, arrival.request().body().get())
                : generated(arrival);
    }

    private ScheduledRequest recorded(Window.Arrival arrival, byte[] body) {
        try {
            ChatRequest request = ChatRequest.parse(body);
            return scheduled(arrival, request.model(), request.stream(), body);
        } catch (MalformedRequestException e) {
            throw unusable(arrival, "has a body that is no chat-completion request: " + e.getMessage(), e);
        }
    }

    private ScheduledRequest generated(Window.Arrival arrival) {
        TraceRequest request = arrival.request();
        if (request.inputTokens().isEmpty()) {
            throw unusable(arrival, "has neither a body nor a count of input tokens", null);
        }
        String model = request.model().orElse(defaultModel);
        boolean stream = request.stream().orElseGet(() -> drawsStream(traffic, seed, arrival.number()));
        int inputTokens = request.inputTokens().getAsInt();
        int outputTokens = Math.max(1, outputTokens(request));
        byte[] body = request.blocks()
                .map(blocks -> bodies.body(blocks, model, stream, inputTokens, outputTokens))
                .orElseGet(() -> bodies.body(arrival.number(), model, stream, inputTokens, outputTokens));
        return scheduled(arrival, model, stream, body);
    }

    private static int outputTokens(TraceRequest request) {
        return request.outputTokens()
                .orElseGet(() -> request.answer()
                        .map(answer -> answer.outputTokens().orElse(OUTPUT_TOKENS_UNSAID))
                        .orElse(OUTPUT_TOKENS_UNSAID));
    }

    private ScheduledRequest scheduled(Window.Arrival arrival, String model, boolean stream, byte[] body) {
        CallId id = new CallId(Purpose.REQUEST, arrival.number());
        String conversation = arrival.request().conversation().orElseGet(() -> Long.toString(arrival.number()));
        OptionalLong leaves = traffic.cancel() ? arrival.request().cancelledNanos() : OptionalLong.empty();
        return new ScheduledRequest(id, arrival.dueNanos(), conversation, model, stream, leaves, body);
    }

    /// Whether a request of which the trace does not say it is sent as a stream.
    static boolean drawsStream(Traffic traffic, long seed, long number) {
        return Hash.unit(Hash.mix(seed, STREAM_SALT, number)) < traffic.stream().value();
    }

    private TraceException unusable(Window.Arrival arrival, String what, Throwable cause) {
        String which = "the request at %.6f s ".formatted(arrival.request().atNanos() / 1e9);
        return new TraceException(
                traffic.trace(), 0, which + what, "correct it, or choose a window that leaves it out", cause);
    }
}
