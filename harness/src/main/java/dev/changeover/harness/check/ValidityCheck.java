package dev.changeover.harness.check;

import dev.changeover.harness.history.Event;
import dev.changeover.harness.history.History;
import dev.changeover.harness.scenario.FaultWindow;
import dev.changeover.harness.scenario.Gateway;
import dev.changeover.harness.scenario.Load;
import dev.changeover.harness.scenario.Metric;
import dev.changeover.harness.scenario.Scenario;
import dev.changeover.harness.stats.Sample;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Whether the run can be believed: all that can make it worth nothing, in one visible list.
final class ValidityCheck {

    /// Share of the run's seconds in which the harness may have had no processor to spare.
    private static final double STARVED_SHARE = 0.1;

    private static final double STARVED_PROCESS = 0.95;
    private static final int FEWEST_STARVED_SECONDS = 3;

    private final Scenario scenario;
    private final History history;
    private final FaultTimes faults;
    private final Map<String, Side> sides;
    private final List<FaultSummary> summaries;
    private final Join join;
    private final int pairs;
    private final Course course;
    private final List<String> why = new ArrayList<>();

    ValidityCheck(
            Scenario scenario,
            History history,
            FaultTimes faults,
            Map<String, Side> sides,
            List<FaultSummary> summaries,
            Join join,
            int pairs,
            Course course) {
        this.scenario = scenario;
        this.history = history;
        this.faults = faults;
        this.sides = sides;
        this.summaries = summaries;
        this.join = join;
        this.pairs = pairs;
        this.course = course;
    }

    Validity validity() {
        Sample lateness = lateness();
        double longestPause = history.vitals().stream()
                .mapToDouble(v -> v.pauseNanos() / 1e6)
                .max()
                .orElse(0);
        Tolerance tolerance = Tolerance.of(scenario, Optional.ofNullable(sides.get("old")));
        ended();
        if (course.gateway().neverReady().isEmpty()) {
            rehearsed(lateness, longestPause, tolerance);
        }

        return new Validity(
                why,
                Quantiles.of(lateness),
                longestPause,
                history.vitals().stream()
                        .mapToDouble(Event.Vitals::cpuProcess)
                        .max()
                        .orElse(0));
    }

    /// A gateway that never became ready was sent nothing, and that is what was found. A machine that could not
    /// keep up comes before what may have come of it.
    private void rehearsed(Sample lateness, double longestPause, Tolerance tolerance) {
        everyRequestEnded();
        everySecondWatched();
        lateness(lateness, tolerance);
        pauses(longestPause, tolerance);
        processors();
        ownTimes(tolerance);
        everyArmAnswered();
        everyFaultMetSomething();
        everyDarknessHeld();
        nothingWentAround();
    }

    private void ended() {
        if (history.ended().isEmpty()) {
            doubt(
                    "The run was killed: its history has no end after %d requests.",
                    history.requests().size());
            return;
        }
        Event.RunEnded ended = history.ended().get();
        String at = ended.atNanos() < 0
                ? "before the first request was due"
                : String.format(
                        Locale.ROOT, "after %.1f s of %.1f s", ended.atNanos() / 1e9, history.spanNanos() / 1e9);
        switch (ended.end()) {
            case COMPLETED -> {}
            case INTERRUPTED -> doubt("The run was interrupted %s.", at);
            case BUDGET -> doubt("The run was stopped by its budget %s: %s", at, sentence(ended.detail()));
            case GATEWAY_NOT_READY -> {}
            case TESTBED_FAILED -> doubt("The testbed failed %s: %s", at, sentence(ended.detail()));
        }
    }

    private static String sentence(String detail) {
        String stripped = detail.strip();
        return stripped.endsWith(".") ? stripped : stripped + ".";
    }

    private void everyRequestEnded() {
        long missing = history.started().planned() - history.requests().size();
        boolean planned = scenario.traffic().load() instanceof Load.Open;
        if (completed() && planned && missing > 0) {
            doubt(
                    "Of %d requests that were due, %d have no ending.",
                    history.started().planned(), missing);
        }
        long unpaired = history.requests().size() - 2L * pairs;
        if (completed() && scenario.gateway() instanceof Gateway.None && unpaired > 0) {
            doubt("%d requests have an ending at one provider only.", unpaired);
        }
        if (history.requests().isEmpty()) {
            doubt("Not one request was made.");
        }
    }

    /// A harness that was not watched may have stood still all the time.
    private void everySecondWatched() {
        long seconds = RunSpan.nanos(history) / 1_000_000_000;
        if (completed() && history.vitals().size() < seconds / 2) {
            doubt(
                    "The harness was watched in %d of %d seconds only.",
                    history.vitals().size(), seconds);
        }
    }

    private boolean completed() {
        return history.ended().isPresent() && history.ended().get().end() == Event.RunEnded.End.COMPLETED;
    }

    private void everyArmAnswered() {
        if (!(scenario.gateway() instanceof Gateway.None)) {
            return;
        }
        sides.forEach((name, side) -> {
            if (side.counts().served() == 0 && side.counts().requests() > 0) {
                doubt(
                        "The %s provider answered none of %d requests.",
                        name, side.counts().requests());
            }
        });
    }

    private void everyFaultMetSomething() {
        for (int index = 0; index < scenario.faults().size(); index++) {
            FaultWindow planned = scenario.faults().get(index);
            int wanted = index;
            if (faults.windows().stream().noneMatch(w -> w.index() == wanted)) {
                doubt(
                        "The fault %s on %s was never in force.",
                        planned.fault(), planned.on().word());
            }
        }
        for (FaultSummary summary : summaries) {
            if (summary.requestsHit() == 0) {
                doubt(
                        "The fault %s on %s, in force from %.1f s, met no request: nothing was rehearsed.%s",
                        summary.fault(), summary.on(), summary.fromMillis() / 1e3, TurnedAway.before(summary, history));
            }
        }
    }

    private void everyDarknessHeld() {
        for (FaultTimes.Window window : faults.windows()) {
            long leaks = Darkness.leaks(scenario, history, window);
            if (leaks > 0) {
                doubt(
                        "The fault %s lets nothing through, and yet %d calls reached the %s provider while it was in"
                                + " force: it was not what it says.",
                        window.fault(), leaks, window.on().word());
            }
        }
    }

    /// An answer to a question that was answered before may come from the gateway's cache; and where a gate
    /// is on `misanswered`, that is where answers from nowhere count.
    private void nothingWentAround() {
        boolean judged = scenario.expect().stream().anyMatch(gate -> gate.metric() == Metric.MISANSWERED);
        if (judged && join.attributed() > 0) {
            return;
        }
        AnswerCheck answers = new AnswerCheck(history, join);
        long around = 0;
        for (int i = 0; i < join.size(); i++) {
            around += join.request(i).outcome().isServed()
                            && join.callCount(i) == 0
                            && answers.source(i) != AnswerCheck.Source.CACHE
                    ? 1
                    : 0;
        }
        if (around > join.unattributed()) {
            doubt(
                    "%d requests were served although no call for them came through the proxies: something went around"
                            + " them.",
                    around);
        }
    }

    private Sample lateness() {
        double[] millis = new double[history.requests().size()];
        Arrays.setAll(millis, i -> history.requests().get(i).timing().latenessNanos() / 1e6);
        return Sample.of(millis, Double.POSITIVE_INFINITY);
    }

    private void lateness(Sample lateness, Tolerance tolerance) {
        if (!lateness.isEmpty() && lateness.quantile(0.99) > tolerance.millis()) {
            doubt(
                    "The machine could not keep up: requests left %.2f ms late at the 99th percentile, where %.2f ms, a"
                            + " tenth of %s, is tolerable. Close what else runs, or lower traffic.speed.",
                    lateness.quantile(0.99), tolerance.millis(), tolerance.from());
        }
    }

    /// A pause spoils what is measured while it lasts, so what counts is how much of the time they took.
    private void pauses(double longest, Tolerance tolerance) {
        double paused = history.vitals().stream()
                .mapToDouble(v -> v.pauseNanos() / 1e6)
                .filter(millis -> millis > tolerance.millis())
                .sum();
        double span = history.vitals().size() * 1_000.0;
        if (paused > 0.01 * span) {
            doubt(
                    "The harness stood still for %.1f %% of the time, up to %.0f ms at once, in pauses longer than"
                            + " %.2f ms, a tenth of %s; 1 %% is tolerable.",
                    100 * paused / span, longest, tolerance.millis(), tolerance.from());
        }
    }

    /// Others who keep the machine busy show in lateness and pauses, where they do harm.
    private void processors() {
        long process = history.vitals().stream()
                .filter(v -> v.cpuProcess() >= STARVED_PROCESS)
                .count();
        int seconds = history.vitals().size();
        if (process >= FEWEST_STARVED_SECONDS && process > STARVED_SHARE * seconds) {
            doubt(
                    "The harness itself used %.0f %% or more of all processors in %d of %d seconds.",
                    100 * STARVED_PROCESS, process, seconds);
        }
    }

    /// The client's time to first token against the tap's, for the same request, outside faults.
    private void ownTimes(Tolerance tolerance) {
        if (!(scenario.gateway() instanceof Gateway.None)) {
            return;
        }
        double[] apart = new double[join.size()];
        int count = 0;
        for (int i = 0; i < join.size(); i++) {
            Event.Timing client = join.request(i).timing();
            if (join.callCount(i) != 1 || faults.overlap(client.dueNanos(), client.doneNanos())) {
                continue;
            }
            Event.Timing tap = join.call(i, 0).timing();
            if (client.firstTokenNanos().isPresent() && tap.firstTokenNanos().isPresent()) {
                long seen = client.firstTokenNanos().getAsLong() - client.sentNanos();
                long passed = tap.firstTokenNanos().getAsLong() - tap.dueNanos();
                apart[count++] = Math.abs(seen - passed) / 1e6;
            }
        }
        if (count == 0) {
            return;
        }
        double p99 =
                Sample.of(Arrays.copyOf(apart, count), Double.POSITIVE_INFINITY).quantile(0.99);
        if (p99 > tolerance.millis()) {
            doubt(
                    "Times to first token of client and tap lie %.2f ms apart at the 99th percentile of %d, where"
                            + " %.2f ms, a tenth of %s, is tolerable.",
                    p99, count, tolerance.millis(), tolerance.from());
        }
    }

    private void doubt(String sentence, Object... numbers) {
        why.add(String.format(Locale.ROOT, sentence, numbers));
    }
}
