package dev.changeover.harness.gateway.program;

import dev.changeover.harness.history.Event;
import dev.changeover.harness.history.EventSink;
import dev.changeover.harness.units.Ticker;
import java.time.Duration;
import java.util.List;

/// What the user's scripts have left running when the run ends. Closing it ends them.
public record ScriptProcesses(RunMark mark, EventSink events, Ticker ticker) implements AutoCloseable {

    private static final Duration TO_STOP = Duration.ofSeconds(5);

    @Override
    public void close() {
        List<ProcessHandle> left = mark.startedByScripts();
        if (!left.isEmpty()) {
            new Ending(
                            mark,
                            TO_STOP,
                            (step, detail) -> events.accept(new Event.GatewayProcess(step, detail, ticker.nanos())))
                    .end(left);
        }
    }
}
