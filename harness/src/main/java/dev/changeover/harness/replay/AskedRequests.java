package dev.changeover.harness.replay;

import dev.changeover.harness.scenario.Traffic;
import dev.changeover.harness.trace.BodyGenerator;
import dev.changeover.harness.trace.TraceReader;
import dev.changeover.harness.trace.TraceRequest;
import dev.changeover.harness.wire.ChatRequest;
import dev.changeover.harness.wire.MalformedRequestException;
import java.util.Optional;
import java.util.function.Consumer;

/// What the requests of a window ask for, looked at before anything is sent: those of recorded bodies as they are,
/// those that will be generated with a short prompt in place of theirs.
public final class AskedRequests {

    private final Traffic traffic;
    private final String defaultModel;
    private final long seed;
    private final BodyGenerator bodies;

    /// @param defaultModel where neither the trace nor the traffic names one
    public AskedRequests(Traffic traffic, String defaultModel, long seed) {
        this.traffic = traffic;
        this.defaultModel = traffic.model().orElse(defaultModel);
        this.seed = seed;
        this.bodies = new BodyGenerator(seed);
    }

    /// In one pass; the reader is left to its owner to close. Bodies that cannot be sent are left out: the schedule
    /// reports them.
    public void each(TraceReader trace, Consumer<ChatRequest> taker) {
        Window window = new Window(trace, traffic, seed);
        while (window.hasNext()) {
            Window.Arrival arrival = window.next();
            parsed(arrival.request().body().orElseGet(() -> standIn(arrival))).ifPresent(taker);
        }
    }

    /// The first that can be sent; empty where there is none.
    public Optional<ChatRequest> first(TraceReader trace) {
        Window window = new Window(trace, traffic, seed);
        Optional<ChatRequest> first = Optional.empty();
        while (first.isEmpty() && window.hasNext()) {
            Window.Arrival arrival = window.next();
            first = parsed(arrival.request().body().orElseGet(() -> standIn(arrival)));
        }
        return first;
    }

    private byte[] standIn(Window.Arrival arrival) {
        TraceRequest request = arrival.request();
        boolean stream = request.stream().orElseGet(() -> Schedule.drawsStream(traffic, seed, arrival.number()));
        return bodies.body(arrival.number(), request.model().orElse(defaultModel), stream, 1, 1);
    }

    private static Optional<ChatRequest> parsed(byte[] body) {
        try {
            return Optional.of(ChatRequest.parse(body));
        } catch (MalformedRequestException _) {
            return Optional.empty();
        }
    }
}
