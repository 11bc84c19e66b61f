package dev.changeover.harness.scenario;

import dev.changeover.harness.scenario.Gateway.Retry;
import dev.changeover.harness.units.Durations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// How many calls one request may become behind the reference gateway, and how long they may take, in the worst case:
/// every try waits for its connection and its first token until it is given up, and every backoff is its ceiling.
final class Waits {

    private Waits() {}

    static List<String> of(Scenario scenario) {
        return scenario.gateway() instanceof Gateway.Reference gateway
                ? of(gateway, scenario.traffic().patience().total())
                : List.of();
    }

    private static List<String> of(Gateway.Reference gateway, Duration patience) {
        List<String> warnings = new ArrayList<>();
        int tries = gateway.retry().max() + 1;
        int providers = gateway.route().size();
        int models = 1
                + gateway.fallbackModels().values().stream()
                        .mapToInt(List::size)
                        .max()
                        .orElse(0);
        int calls = calls(gateway.retry(), providers * models);
        if (calls > tries) {
            warnings.add(
                    "one request may become %d calls: %d at each of %d, providers times models (gateway.reference.retry.scope: candidate)"
                            .formatted(calls, tries, providers * models));
        }
        if (gateway.retry().on() == Retry.On.ANY && calls > 1) {
            warnings.add(
                    "a refused key or a request that cannot be answered is tried up to %d times, which cures nothing (gateway.reference.retry.on: any)"
                            .formatted(calls));
        }
        Duration total = gateway.timeout().total();
        if (total.compareTo(patience) > 0) {
            warnings.add(
                    "gateway.reference.timeout.total is %s and callers leave after %s (traffic.patience.total): the gateway goes on, and pays, for callers who are gone"
                            .formatted(Durations.write(total), Durations.write(patience)));
        }
        Duration worst = worst(gateway, calls, providers * models);
        Duration allowed = total.compareTo(patience) < 0 ? total : patience;
        if (worst.compareTo(allowed) > 0) {
            warnings.add(
                    "the %s of a request may take %s (gateway.reference.timeout.connect and .first_token each, and the backoffs), and there are %s for it (%s): what comes last is cut short"
                            .formatted(
                                    calls == 1 ? "one try" : calls + " tries",
                                    Durations.write(worst),
                                    Durations.write(allowed),
                                    allowed.equals(patience)
                                            ? "traffic.patience.total"
                                            : "gateway.reference.timeout.total"));
        }
        return warnings;
    }

    private static int calls(Retry retry, int candidates) {
        return switch (retry.scope()) {
            case REQUEST -> retry.max() + 1;
            case CANDIDATE -> (retry.max() + 1) * candidates;
        };
    }

    private static Duration worst(Gateway.Reference gateway, int calls, int candidates) {
        Deadlines timeout = gateway.timeout();
        Duration trying = timeout.connect().plus(timeout.firstToken()).multipliedBy(calls);
        Retry retry = gateway.retry();
        return switch (retry.scope()) {
            case REQUEST -> trying.plus(backoffs(gateway, (calls - 1) / candidates));
            case CANDIDATE -> trying.plus(backoffs(gateway, retry.max()).multipliedBy(candidates));
        };
    }

    /// The sum of the first ceilings.
    private static Duration backoffs(Gateway.Reference gateway, int count) {
        Retry retry = gateway.retry();
        double cap = retry.cap().orElse(gateway.timeout().total()).toNanos();
        double sum = 0;
        for (int i = 0; i < count; i++) {
            sum += Math.min(cap, retry.backoff().toNanos() * Math.pow(retry.factor(), i));
        }
        return Duration.ofNanos(Math.round(sum));
    }
}
