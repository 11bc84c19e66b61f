package dev.changeover.harness.rehearsal;

import dev.changeover.harness.history.Event;
import dev.changeover.harness.provider.Admission;
import dev.changeover.harness.provider.RecordedLengths;
import dev.changeover.harness.replay.Target;
import dev.changeover.harness.scenario.Scenario;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;

/// The providers of a scenario, each behind its tap and its proxy, and no gateway: for those who want to call them
/// without a run.
public final class StraightTestbed implements AutoCloseable {

    private final Testbed testbed;
    private final Front front;
    private final ConcurrentLinkedQueue<String> warnings;

    private StraightTestbed(Testbed testbed, Front front, ConcurrentLinkedQueue<String> warnings) {
        this.testbed = testbed;
        this.front = front;
        this.warnings = warnings;
    }

    /// @param folder of the scenario
    public static StraightTestbed open(Scenario scenario, Secrets secrets, Path folder) throws TestbedException {
        ConcurrentLinkedQueue<String> warnings = new ConcurrentLinkedQueue<>();
        Testbed testbed = Testbed.start(
                scenario.straight(),
                Fits.of(scenario),
                new RecordedLengths(),
                secrets,
                new Place(folder, folder),
                new RunClock(),
                event -> warning(event).ifPresent(warnings::add),
                _ -> Admission.ALL);
        try {
            return new StraightTestbed(testbed, testbed.openFront(), warnings);
        } catch (TestbedException | RuntimeException e) {
            testbed.close();
            throw e;
        }
    }

    private static Optional<String> warning(Event event) {
        return event instanceof Event.Warning warning ? Optional.of(warning.text()) : Optional.empty();
    }

    /// One for each provider.
    public List<Target> targets() {
        return front.targets();
    }

    /// A text without the values of any secret that the scenario names.
    public String redact(String text) {
        return front.redact(text);
    }

    /// What was said of the calls; complete once it is closed.
    public List<String> warnings() {
        return List.copyOf(warnings);
    }

    @Override
    public void close() {
        testbed.close();
    }
}
