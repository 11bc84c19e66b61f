package dev.changeover.harness.rehearsal;

import dev.changeover.harness.replay.Conversations;
import dev.changeover.harness.replay.Replayer;
import dev.changeover.harness.replay.Schedule;
import dev.changeover.harness.replay.WarmUp;
import dev.changeover.harness.scenario.Load;
import dev.changeover.harness.scenario.Scenario;
import dev.changeover.harness.scenario.Traffic;
import dev.changeover.harness.trace.BodyGenerator;
import dev.changeover.harness.trace.TraceReader;
import dev.changeover.harness.trace.importer.Traces;
import java.util.Optional;

/// The traffic of a run, its trace open and its first request found: a large trace takes its time for that, which has
/// to pass before the clock starts, or the first requests would be late by it.
final class OpenTraffic implements AutoCloseable {

    private final Traffic traffic;
    private final TraceReader first;
    private final TraceReader trace;
    private final WarmUp warmUp;
    private final Schedule schedule;
    private final Optional<Conversations> conversations;

    /// @param warmUpRate requests a second
    OpenTraffic(Scenario scenario, double warmUpRate) {
        traffic = scenario.traffic();
        first = Traces.open(traffic.trace());
        try {
            trace = Traces.open(traffic.trace());
        } catch (RuntimeException e) {
            first.close();
            throw e;
        }
        try {
            BodyGenerator bodies = new BodyGenerator(scenario.seed());
            String model = scenario.defaultModel();
            warmUp = new WarmUp(first, traffic, bodies, model, warmUpRate, scenario.seed());
            schedule = new Schedule(trace, traffic, bodies, model, scenario.seed());
            schedule.hasNext();
            conversations = traffic.load() instanceof Load.Closed
                    ? Optional.of(new Conversations(schedule, traffic.speed()))
                    : Optional.empty();
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /// @param untilNanos after which a closed loop sends nothing
    void play(Replayer replayer, long untilNanos) {
        switch (traffic.load()) {
            case Load.Open _ -> replayer.play(warmUp.before(schedule));
            case Load.Closed(var callers) -> replayer.play(warmUp, conversations.orElseThrow(), callers, untilNanos);
        }
    }

    @Override
    public void close() {
        first.close();
        trace.close();
    }
}
