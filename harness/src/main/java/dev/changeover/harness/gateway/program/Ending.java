package dev.changeover.harness.gateway.program;

import dev.changeover.harness.history.Event.ProcessStep;
import dev.changeover.harness.units.Durations;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;

/// The end of processes: asked first, killed when they will not, and then whatever they left behind.
///
/// @param within wall time that they are given
/// @param tell takes each step and what there is to say of it
record Ending(RunMark mark, Duration within, BiConsumer<ProcessStep, String> tell) {

    /// What a child is given to notice that its parent is gone.
    private static final Duration TO_FOLLOW = Duration.ofSeconds(1);

    private static final Duration TO_BE_GONE = Duration.ofSeconds(5);

    void end(List<ProcessHandle> asked) {
        Set<ProcessHandle> family = new LinkedHashSet<>();
        asked.forEach(one -> one.descendants().forEach(family::add));
        asked.forEach(ProcessHandle::destroy);
        Waiting.until(() -> asked.stream().noneMatch(RunMark::isRunning), within);
        asked.forEach(this::settle);
        killWhatIsLeft(family);
    }

    private void settle(ProcessHandle one) {
        if (RunMark.isRunning(one)) {
            Program.kill(one);
            tell.accept(
                    ProcessStep.KILLED, "pid %d did not stop within %s".formatted(one.pid(), Durations.write(within)));
        } else {
            tell.accept(ProcessStep.STOPPED, "pid " + one.pid());
        }
    }

    private void killWhatIsLeft(Set<ProcessHandle> family) {
        Waiting.until(() -> left(family).isEmpty(), TO_FOLLOW);
        Set<ProcessHandle> told = new LinkedHashSet<>();
        Waiting.until(() -> killedAll(left(family), told), TO_BE_GONE);
    }

    private boolean killedAll(Set<ProcessHandle> left, Set<ProcessHandle> told) {
        for (ProcessHandle one : left) {
            if (told.add(one)) {
                String program = one.info().command().orElse("unknown program");
                tell.accept(ProcessStep.LEFT_BEHIND, "pid %d (%s)".formatted(one.pid(), program));
            }
            one.destroyForcibly();
        }
        return left.isEmpty();
    }

    private Set<ProcessHandle> left(Set<ProcessHandle> family) {
        Set<ProcessHandle> left = new LinkedHashSet<>(family);
        left.removeIf(one -> !RunMark.isRunning(one));
        left.addAll(mark.processes());
        return left;
    }
}
