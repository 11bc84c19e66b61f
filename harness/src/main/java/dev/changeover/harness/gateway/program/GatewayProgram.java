package dev.changeover.harness.gateway.program;

import dev.changeover.harness.history.Event;
import dev.changeover.harness.history.Event.ProcessStep;
import dev.changeover.harness.history.EventSink;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongUnaryOperator;
import java.util.function.UnaryOperator;

/// A gateway that is a process of its own, from its start until nothing of it is left.
public final class GatewayProgram implements AutoCloseable {

    private static final Duration LOOK = Duration.ofMillis(200);
    private static final int LINES_TOLD = 5;
    private static final int BY_INTERRUPT = 128 + 2;

    private final Process process;
    private final Setting setting;
    private final Thread watch;
    private final List<Step> untold = new ArrayList<>();
    private boolean announced;
    private volatile boolean served;
    private volatile boolean stopping;

    /// @param env all its variables; nothing is inherited
    /// @param folder in which it runs
    /// @param log what it prints is appended to it
    /// @param stopWithin wall time that it is given to stop before it is killed
    /// @param clock from `System.nanoTime()` to the run's own time
    /// @param redact takes secrets out of what it printed
    public record Setting(
            List<String> command,
            Map<String, String> env,
            Path folder,
            Path log,
            Duration stopWithin,
            RunMark mark,
            EventSink events,
            LongUnaryOperator clock,
            UnaryOperator<String> redact) {}

    private record Step(ProcessStep step, String detail, long systemNanos) {}

    private GatewayProgram(Process process, Setting setting) {
        this.process = process;
        this.setting = setting;
        this.watch = Thread.ofPlatform().name("gateway-watch").daemon().unstarted(this::watch);
    }

    /// Starts it; not yet ready when this returns.
    ///
    /// @throws IOException with a sentence that names the program and says why it could not be started
    public static GatewayProgram start(Setting setting) throws IOException {
        Process process = Program.start(setting.command(), setting.env(), setting.folder(), setting.log());
        GatewayProgram program = new GatewayProgram(process, setting);
        program.tell(ProcessStep.STARTED, "pid " + process.pid());
        program.watch.start();
        return program;
    }

    public boolean isRunning() {
        return process.isAlive();
    }

    /// Writes down what happened so far: the run's clock now knows t0. What happens from now on is told at once.
    public synchronized void announce() {
        announced = true;
        untold.forEach(this::write);
        untold.clear();
    }

    public void ready() {
        served = true;
        tell(ProcessStep.READY, "");
    }

    /// @param why a sentence's end
    /// @return the same with what it printed last
    public String notReady(String why) {
        String detail = why + lastLines();
        tell(ProcessStep.NOT_READY, detail);
        return detail;
    }

    /// The process that serves: the one that was started, or once that is gone the last that a script started in its
    /// place.
    public ProcessHandle serving() {
        return process.isAlive()
                ? process.toHandle()
                : setting.mark().startedByScripts().stream()
                        .reduce((_, last) -> last)
                        .orElse(process.toHandle());
    }

    /// `exited with code 3`, once it is gone.
    public String ending() {
        return "exited with code " + process.exitValue();
    }

    /// Asks it to stop, kills it when it will not, and with it everything that was started for the run.
    @Override
    public void close() {
        stopping = true;
        announce();
        List<ProcessHandle> asked = new ArrayList<>(setting.mark().startedByScripts());
        if (process.isAlive()) {
            asked.addFirst(process.toHandle());
        }
        new Ending(setting.mark(), setting.stopWithin(), this::tell).end(asked);
        Waiting.until(() -> !watch.isAlive(), LOOK.multipliedBy(5));
    }

    /// Keeps all logs beside its own small, for what a script left running prints to another; and tells when it dies.
    private void watch() {
        try {
            while (!process.waitFor(LOOK.toNanos(), TimeUnit.NANOSECONDS)) {
                BoundedLog.boundAll(setting.log().toAbsolutePath().getParent());
            }
            long diedNanos = System.nanoTime();
            boolean interrupted = process.exitValue() == BY_INTERRUPT && Waiting.until(() -> stopping, LOOK);
            if (served && !stopping && !interrupted) {
                tellEnd(diedNanos);
            }
            while (!stopping) {
                Thread.sleep(LOOK.toMillis());
                BoundedLog.boundAll(setting.log().toAbsolutePath().getParent());
            }
        } catch (InterruptedException _) {
            // closed: nobody watches any more
        }
    }

    /// Of one that was ready; and one that a script ended did not die by itself.
    private void tellEnd(long atNanos) {
        if (setting.mark().startedByScripts().isEmpty()) {
            tell(new Step(ProcessStep.DIED, ending() + lastLines(), atNanos));
        } else {
            tell(new Step(ProcessStep.STOPPED, "while a script ran; it " + ending(), atNanos));
        }
    }

    private String lastLines() {
        List<String> lines = BoundedLog.tail(setting.log(), LINES_TOLD);
        return lines.isEmpty()
                ? "; it printed nothing"
                : "; it last said: " + setting.redact().apply(String.join(" | ", lines));
    }

    private void tell(ProcessStep step, String detail) {
        tell(new Step(step, detail, System.nanoTime()));
    }

    private synchronized void tell(Step step) {
        if (announced) {
            write(step);
        } else {
            untold.add(step);
        }
    }

    private void write(Step step) {
        setting.events()
                .accept(new Event.GatewayProcess(
                        step.step(), step.detail(), setting.clock().applyAsLong(step.systemNanos())));
    }
}
