package dev.changeover.harness.rehearsal;

import dev.changeover.harness.scenario.Gateway;
import dev.changeover.harness.scenario.Load;
import dev.changeover.harness.scenario.Provider;
import dev.changeover.harness.scenario.Rollout;
import dev.changeover.harness.scenario.Scenario;
import dev.changeover.harness.scenario.SimulatedProfile;
import dev.changeover.harness.units.Durations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/// What a trace asks of limits, and of the time that a rollout needs: found before anything is sent.
final class LoadWarnings {

    private final Plan plan;
    private final Scenario scenario;
    private final List<String> warnings = new ArrayList<>();

    private LoadWarnings(Plan plan, Scenario scenario) {
        this.plan = plan;
        this.scenario = scenario;
    }

    static List<String> of(Plan plan, Scenario scenario) {
        LoadWarnings found = new LoadWarnings(plan, scenario);
        boolean paced = scenario.traffic().load() instanceof Load.Open;
        if (paced) {
            found.silence();
        }
        if (plan.requests() > 0) {
            if (paced) {
                found.limits();
            }
            found.rollout();
        }
        return List.copyOf(found.warnings);
    }

    private void silence() {
        long last = plan.schedule().lastDueNanos();
        if (plan.requests() > 0 && last < plan.spanNanos() / 2) {
            add(
                    "the last request is due after %.0f s of %.0f s: the window is longer than the trace",
                    last / 1e9, plan.spanNanos() / 1e9);
        }
    }

    private void limits() {
        if (scenario.gateway() instanceof Gateway.Reference gateway) {
            gateway.limits().ifPresent(limits -> {
                String then = "what is over waits in the queue and is turned away";
                requests("gateway.reference.limits.rpm", limits.requestsPerMinute(), then);
                tokens("gateway.reference.limits.tpm", limits.tokensPerMinute(), then);
            });
        }
        scenario.providers().forEach((arm, provider) -> {
            String key = "providers.%s.simulate.limits.".formatted(arm.word());
            String then = "it answers 429 when it gets all of them";
            SimulatedProfile.Limits limits = limitsOf(provider.source());
            limits.requestsPerMinute().ifPresent(rpm -> requests(key + "rpm", OptionalLong.of(rpm), then));
            tokens(key + "tpm", limits.tokensPerMinute(), then);
        });
    }

    private static SimulatedProfile.Limits limitsOf(Provider.Source source) {
        return switch (source) {
            case Provider.Source.Simulated(var profile) -> profile.limits();
            case Provider.Source.Fitted(var profile) ->
                profile.written().limits().orElse(SimulatedProfile.Limits.NONE);
            case Provider.Source.Stubbed _, Provider.Source.Real _ -> SimulatedProfile.Limits.NONE;
        };
    }

    private void requests(String key, OptionalLong limit, String then) {
        below(key, limit, plan.rate() * 60, "requests", then);
    }

    private void tokens(String key, OptionalLong limit, String then) {
        long tokens = plan.schedule().inputTokens() + plan.schedule().outputTokens();
        below(key, limit, tokens / (Math.max(1, plan.spanNanos()) / 60e9), "tokens", then);
    }

    private void below(String key, OptionalLong limit, double mean, String what, String then) {
        if (limit.isPresent() && limit.getAsLong() < mean) {
            add(
                    "%s is %,d and the trace brings %,.0f %s a minute on average: %s",
                    key, limit.getAsLong(), mean, what, then);
        }
    }

    private void rollout() {
        boolean open = scenario.traffic().length().isEmpty();
        scenario.rollout().filter(_ -> open).ifPresent(rollout -> {
            if (rollout.hold() instanceof Rollout.Hold.For(Duration each)) {
                Duration end =
                        rollout.at().plus(each.multipliedBy(rollout.weights().size()));
                double trace = plan.spanNanos() * scenario.traffic().speed();
                if (end.toNanos() > trace) {
                    add(
                            "the phases of the rollout end at %s of trace time at the earliest, and the trace is over"
                                    + " after %.0f s (rollout.hold)",
                            Durations.write(end), trace / 1e9);
                }
            }
        });
        scenario.rollout().ifPresent(rollout -> {
            if (rollout.hold() instanceof Rollout.Hold.Requests(long count)
                    && count * rollout.weights().size() > plan.requests()) {
                add(
                        "%d phases of %,d requests need %,d, and the trace brings %,d (rollout.hold)",
                        rollout.weights().size(),
                        count,
                        count * rollout.weights().size(),
                        plan.requests());
            }
        });
    }

    private void add(String sentence, Object... values) {
        warnings.add(String.format(Locale.ROOT, sentence, values));
    }
}
