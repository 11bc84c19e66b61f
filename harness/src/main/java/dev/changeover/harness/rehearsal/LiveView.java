package dev.changeover.harness.rehearsal;

import dev.changeover.harness.history.Event;
import dev.changeover.harness.history.EventSink;
import dev.changeover.harness.wire.Outcome;
import dev.changeover.harness.wire.Purpose;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/// Sums up the events of the last second for whoever is watching. Decides nothing; the history does.
final class LiveView implements EventSink {

    private final Plan plan;
    private final Histogram latencies = new Histogram(3);
    private final SortedMap<String, Long> servedBy = new TreeMap<>();
    private final SortedMap<Integer, String> faults = new TreeMap<>();
    private OptionalDouble toNew = OptionalDouble.empty();
    private Optional<Event.Evidence> evidence = Optional.empty();
    private boolean rollingBack;
    private long ended;
    private long endedBefore;
    private long errors;
    private long lastNanos;

    LiveView(Plan plan) {
        this.plan = plan;
    }

    @Override
    public synchronized void accept(Event event) {
        switch (event) {
            case Event.Request request -> ended(request);
            case Event.UpstreamCall call -> answered(call);
            case Event.Fault fault -> changed(fault);
            case Event.Weight weight -> weighed(weight);
            case Event.Evidence seen -> evidence = Optional.of(seen);
            case Event.Rollback _ -> rollingBack = true;
            case Event.RunStarted _,
                    Event.Attempt _,
                    Event.Connection _,
                    Event.Transition _,
                    Event.Probe _,
                    Event.PhaseEnd _,
                    Event.GatewayHealth _,
                    Event.Scrape _,
                    Event.Configuration _,
                    Event.GatewayProcess _,
                    Event.Vitals _,
                    Event.Warning _,
                    Event.RunEnded _ -> {}
        }
    }

    private void ended(Event.Request request) {
        if (request.id().purpose() == Purpose.REQUEST) {
            ended++;
            latencies.recordValue(Math.max(0, request.timing().latencyNanos()) / 1_000);
            if (request.outcome() instanceof Outcome.Failed) {
                errors++;
            }
        }
    }

    private void answered(Event.UpstreamCall call) {
        if (call.outcome().isServed()
                && call.id().isPresent()
                && call.id().get().purpose() == Purpose.REQUEST) {
            servedBy.merge(call.arm().word(), 1L, Long::sum);
        }
    }

    private void changed(Event.Fault fault) {
        switch (fault.step()) {
            case IN_FORCE, RESUMED ->
                faults.put(fault.index(), fault.fault() + " on " + fault.on().word());
            case PAUSED, GONE -> faults.remove(fault.index());
            case ASKED, LIFTING -> {}
        }
    }

    private void weighed(Event.Weight weight) {
        switch (weight.step()) {
            case IN_FORCE -> toNew = OptionalDouble.of(weight.toNew());
            case ASKED, FAILED -> {}
        }
    }

    private Optional<Progress.Change> change() {
        return toNew.isEmpty() && evidence.isEmpty() && !rollingBack
                ? Optional.empty()
                : Optional.of(new Progress.Change(
                        evidence.map(Event.Evidence::phase),
                        toNew,
                        evidence.stream().mapToDouble(Event.Evidence::eValue).findFirst(),
                        rollingBack));
    }

    /// What happened since it was asked last.
    synchronized Progress progress(long nowNanos, int inFlight, int targets) {
        double seconds = (nowNanos - lastNanos) / 1e9;
        Progress progress = new Progress(
                nowNanos / 1e9,
                plan.spanNanos() / 1e9,
                ended,
                plan.requests() * targets,
                seconds > 0 ? (ended - endedBefore) / seconds : 0,
                inFlight,
                latencies.getTotalCount() == 0
                        ? OptionalDouble.empty()
                        : OptionalDouble.of(latencies.getValueAtPercentile(95) / 1e3),
                errors,
                Map.copyOf(servedBy),
                List.copyOf(new ArrayList<>(faults.values())),
                change());
        lastNanos = nowNanos;
        endedBefore = ended;
        latencies.reset();
        servedBy.clear();
        return progress;
    }
}
