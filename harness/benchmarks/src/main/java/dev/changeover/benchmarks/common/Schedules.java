package dev.changeover.benchmarks.common;

import dev.changeover.harness.replay.Schedule;
import dev.changeover.harness.scenario.Deadlines;
import dev.changeover.harness.scenario.Traffic;
import dev.changeover.harness.trace.BodyGenerator;
import dev.changeover.harness.trace.TraceReader;
import dev.changeover.harness.units.Share;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// Schedules of whole traces, as scenarios make them where they say nothing else.
public final class Schedules {

    private static final String MODEL = "gpt-4.1";
    private static final long SEED = 7;

    private Schedules() {}

    /// @param stream whether the requests are streams
    public static Schedule of(TraceReader trace, boolean stream) {
        Traffic traffic = new Traffic(
                Path.of("generated"),
                Duration.ZERO,
                Optional.empty(),
                1,
                new Share(stream ? 1 : 0),
                Optional.of(MODEL),
                Deadlines.CALLER,
                Duration.ZERO);
        return new Schedule(trace, traffic, new BodyGenerator(SEED), MODEL, SEED);
    }
}
