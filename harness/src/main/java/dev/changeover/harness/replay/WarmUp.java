package dev.changeover.harness.replay;

import dev.changeover.harness.scenario.Traffic;
import dev.changeover.harness.trace.BodyGenerator;
import dev.changeover.harness.trace.TraceReader;
import dev.changeover.harness.units.Hash;
import dev.changeover.harness.wire.CallId;
import dev.changeover.harness.wire.Purpose;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/// Requests that do not count, evenly spaced over the time before t0, so that the first that counts meets
/// warm code and open connections. Shaped like the window's first requests, with short answers.
public final class WarmUp implements Iterator<ScheduledRequest> {

    private static final int SHAPES = 64;
    private static final int INPUT_TOKENS_UNSAID = 256;
    private static final int OUTPUT_TOKENS = 12;
    private static final long SHAPE_SALT = 0x7761726dL;
    private static final long BODY_SALT = 1L << 40;

    private record Shape(String model, boolean stream, int inputTokens) {}

    private final List<Shape> shapes = new ArrayList<>();
    private final BodyGenerator bodies;
    private final long seed;
    private final double requestsPerSecond;
    private final long spanNanos;
    private final long count;
    private long number;

    /// Reads the first requests of the window from the trace, which stays its owner's to close.
    ///
    /// @param requestsPerSecond above 0
    /// @param defaultModel where neither the trace nor the traffic names one
    public WarmUp(
            TraceReader trace,
            Traffic traffic,
            BodyGenerator bodies,
            String defaultModel,
            double requestsPerSecond,
            long seed) {
        if (!(requestsPerSecond > 0 && requestsPerSecond < 1e6)) {
            throw new IllegalArgumentException("requestsPerSecond must be above 0, got " + requestsPerSecond);
        }
        this.bodies = bodies;
        this.seed = seed;
        this.requestsPerSecond = requestsPerSecond;
        this.spanNanos = traffic.warmUp().toNanos();
        Window window = new Window(trace, traffic, seed);
        while (window.hasNext() && shapes.size() < SHAPES) {
            Window.Arrival arrival = window.next();
            shapes.add(new Shape(
                    arrival.request().model().or(traffic::model).orElse(defaultModel),
                    arrival.request().stream().orElseGet(() -> Schedule.drawsStream(traffic, seed, arrival.number())),
                    arrival.request().inputTokens().orElse(INPUT_TOKENS_UNSAID)));
        }
        this.count = shapes.isEmpty() ? 0 : count(traffic, requestsPerSecond);
    }

    /// How many there are where the window has any request.
    public static long count(Traffic traffic, double requestsPerSecond) {
        return (long) Math.floor(traffic.warmUp().toNanos() / 1e9 * requestsPerSecond);
    }

    @Override
    public boolean hasNext() {
        return number < count;
    }

    @Override
    public ScheduledRequest next() {
        if (!hasNext()) {
            throw new NoSuchElementException("the warm-up is over");
        }
        Shape shape = shapes.get((int) Math.floorMod(Hash.mix(seed, SHAPE_SALT, number), (long) shapes.size()));
        long due = -spanNanos + Math.round(number * 1e9 / requestsPerSecond);
        byte[] body =
                bodies.body(BODY_SALT + number, shape.model(), shape.stream(), shape.inputTokens(), OUTPUT_TOKENS);
        CallId id = new CallId(Purpose.WARMUP, number);
        number++;
        return new ScheduledRequest(id, due, "warmup-" + id.number(), shape.model(), shape.stream(), body);
    }

    /// The warm-up and then the requests that count. Their first one is looked up now, so that finding the
    /// start of a late window takes time before the warm-up, not after it.
    public Iterator<ScheduledRequest> before(Iterator<ScheduledRequest> requests) {
        boolean any = requests.hasNext();
        WarmUp warmUp = this;
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return warmUp.hasNext() || any && requests.hasNext();
            }

            @Override
            public ScheduledRequest next() {
                return warmUp.hasNext() ? warmUp.next() : requests.next();
            }
        };
    }
}
