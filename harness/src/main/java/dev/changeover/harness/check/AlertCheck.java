package dev.changeover.harness.check;

import dev.changeover.harness.history.Event;
import dev.changeover.harness.history.History;
import dev.changeover.harness.history.Selection;
import dev.changeover.harness.scenario.Alerts;
import dev.changeover.harness.scenario.Scenario;
import dev.changeover.harness.units.Durations;
import dev.changeover.harness.wire.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.TreeMap;

/// Would the alert rules have fired? They are evaluated at every read of the gateway's metrics that was
/// answered, or every second where none is configured, over the requests that ended in the rule's window.
/// A rule fires at the evaluation at which its signal has been above the threshold for as long as `held`;
/// a window in which nothing ended is not above it.
final class AlertCheck {

    private static final long EVERY_NANOS = 1_000_000_000L;

    /// @param above whether the signal was, by evaluation
    private record Signal(long[] atNanos, boolean[] above) {}

    private final Alerts alerts;
    private final History history;
    private final FaultTimes faults;
    private final long endNanos;
    private final List<Event.Request> byDone;
    private final TreeMap<Long, Boolean> health = new TreeMap<>();

    AlertCheck(Scenario scenario, History history, FaultTimes faults) {
        this.alerts = scenario.alerts();
        this.history = history;
        this.faults = faults;
        this.endNanos = RunSpan.nanos(history);
        this.byDone = Selection.by(history.requests(), r -> r.timing().doneNanos());
        history.gateway().health().forEach(look -> health.put(look.atNanos(), GatewayCheck.green(look)));
    }

    List<AlertSummary> summaries() {
        List<AlertSummary> summaries = new ArrayList<>();
        for (Alerts.Rule rule : alerts.rules()) {
            String blind = blind(rule);
            Signal signal = blind.isEmpty() ? signal(rule) : new Signal(new long[0], new boolean[0]);
            for (FaultTimes.Window fault : faults.windows()) {
                summaries.add(
                        blind.isEmpty()
                                ? summary(rule, fault, signal)
                                : summary(rule, fault, OptionalDouble.empty(), blind));
            }
        }
        return summaries;
    }

    private AlertSummary summary(Alerts.Rule rule, FaultTimes.Window fault, OptionalDouble after, String why) {
        return new AlertSummary(rule, fault.index(), fault.fault(), fault.on().word(), after, why);
    }

    /// Why the rule could never have fired; empty when it could.
    private String blind(Alerts.Rule rule) {
        List<Event.Scrape> scrapes = history.gateway().scrapes();
        if (alerts.scrape().isPresent()
                && scrapes.stream().noneMatch(s -> s.status().orElse(0) == 200)) {
            String path = alerts.scrape().get().path();
            if (scrapes.isEmpty()) {
                return "nobody read %s".formatted(path);
            }
            return scrapes.getLast().status().isPresent()
                    ? "the gateway answered %d on %s, every one of %d times"
                            .formatted(scrapes.getLast().status().getAsInt(), path, scrapes.size())
                    : "the gateway did not answer on %s, not one of %d times".formatted(path, scrapes.size());
        }
        return rule.signal() == Alerts.Signal.DOWN && health.isEmpty() ? "nobody looked at the health page" : "";
    }

    private AlertSummary summary(Alerts.Rule rule, FaultTimes.Window fault, Signal signal) {
        long gone = fault.goneNanos().orElse(endNanos);
        long last = gone + rule.window().toNanos();
        long since = Long.MIN_VALUE;
        long longest = -1;
        boolean before = false;
        for (int k = 0; k < signal.atNanos().length && signal.atNanos()[k] <= last; k++) {
            long at = signal.atNanos()[k];
            if (!signal.above()[k]) {
                since = Long.MIN_VALUE;
                before = false;
                continue;
            }
            since = since == Long.MIN_VALUE ? at : since;
            boolean fires = at - since >= rule.held().toNanos();
            if (at < fault.inForceNanos()) {
                before = fires;
                continue;
            }
            longest = Math.max(longest, at - Math.max(since, fault.inForceNanos()));
            if (fires && !before) {
                return summary(
                        rule,
                        fault,
                        OptionalDouble.of((at - fault.inForceNanos()) / 1e6),
                        "%s for %s".formatted(signalWords(rule), Durations.write(rule.held())));
            }
        }
        String why = before
                ? "it was firing already when the fault came, and went on"
                : longest < 0
                        ? "it never saw that %s".formatted(signalWords(rule))
                        : String.format(
                                Locale.ROOT,
                                "it saw that %s for %.1f s at most, and %.1f s are asked",
                                signalWords(rule),
                                longest / 1e9,
                                rule.held().toNanos() / 1e9);
        return summary(rule, fault, OptionalDouble.empty(), why);
    }

    private static String signalWords(Alerts.Rule rule) {
        return switch (rule.signal()) {
            case LATENCY_P95 -> String.format(Locale.ROOT, "p95 was above %.0f ms", rule.above());
            case LATENCY_P99 -> String.format(Locale.ROOT, "p99 was above %.0f ms", rule.above());
            case ERROR_RATE -> String.format(Locale.ROOT, "more than %.1f %% of requests failed", rule.above() * 100);
            case DOWN -> "the health page was not green";
        };
    }

    private long[] evaluations(Alerts.Rule rule) {
        if (alerts.scrape().isPresent()) {
            return history.gateway().scrapes().stream()
                    .filter(s ->
                            rule.signal() == Alerts.Signal.DOWN || s.status().orElse(0) == 200)
                    .mapToLong(Event.Scrape::atNanos)
                    .sorted()
                    .toArray();
        }
        long[] every = new long[(int) Math.max(0, endNanos / EVERY_NANOS)];
        for (int k = 0; k < every.length; k++) {
            every[k] = (k + 1) * EVERY_NANOS;
        }
        return every;
    }

    /// Two ends of the window move along the requests, so that the whole costs as much as there are requests
    /// and evaluations.
    private Signal signal(Alerts.Rule rule) {
        long[] at = evaluations(rule);
        boolean[] above = new boolean[at.length];
        int from = 0;
        int to = 0;
        long ended = 0;
        long bad = 0;
        for (int k = 0; k < at.length; k++) {
            for (; to < byDone.size() && byDone.get(to).timing().doneNanos() <= at[k]; to++) {
                ended += counts(byDone.get(to)) ? 1 : 0;
                bad += bad(rule, byDone.get(to)) ? 1 : 0;
            }
            for (;
                    from < to
                            && byDone.get(from).timing().doneNanos()
                                    <= at[k] - rule.window().toNanos();
                    from++) {
                ended -= counts(byDone.get(from)) ? 1 : 0;
                bad -= bad(rule, byDone.get(from)) ? 1 : 0;
            }
            above[k] = switch (rule.signal()) {
                case LATENCY_P95 -> quantileAbove(ended, bad, 0.95);
                case LATENCY_P99 -> quantileAbove(ended, bad, 0.99);
                case ERROR_RATE -> ended > 0 && bad > rule.above() * ended;
                case DOWN -> {
                    var look = health.floorEntry(at[k]);
                    yield look != null && !look.getValue();
                }
            };
        }
        return new Signal(at, above);
    }

    /// By nearest rank: the value of rank ceil(p n) is above the threshold when fewer values than that are not.
    private static boolean quantileAbove(long n, long above, double p) {
        return n > 0 && n - above < Math.ceil(p * n - 1e-9);
    }

    private static boolean counts(Event.Request request) {
        return !(request.outcome() instanceof Outcome.Cancelled);
    }

    private static boolean bad(Alerts.Rule rule, Event.Request request) {
        return counts(request)
                && switch (rule.signal()) {
                    case LATENCY_P95, LATENCY_P99 -> request.timing().latencyNanos() / 1e6 > rule.above();
                    case ERROR_RATE -> request.outcome() instanceof Outcome.Failed;
                    case DOWN -> false;
                };
    }
}
