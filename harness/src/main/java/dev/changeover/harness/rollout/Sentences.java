package dev.changeover.harness.rollout;

import dev.changeover.harness.history.Event;
import java.time.Duration;
import java.util.Locale;

/// What was seen, in words and numbers.
final class Sentences {

    private Sentences() {}

    /// "1 of 12 conversations on new had an error, 0 of 105 on old; 2 and 9 had a slow answer; E is 0.84".
    static String evidence(Event.Evidence seen) {
        String unlabelled = seen.unlabelled() == 0
                ? ""
                : "; %d errors could be laid to neither provider".formatted(seen.unlabelled());
        return "%d of %d conversations on new had an error, %d of %d on old; %d and %d had a slow answer; E is %s%s"
                .formatted(
                        seen.newErrors(),
                        seen.newSeen(),
                        seen.oldErrors(),
                        seen.oldSeen(),
                        seen.newSlow(),
                        seen.oldSlow(),
                        number(seen.eValue()),
                        unlabelled);
    }

    static String share(PhaseTraffic traffic, String unit) {
        return "%d of %d %s went to new at a weight of %s, by chance with p %s: the gateway does not split as it was told"
                .formatted(
                        traffic.assignedNew(),
                        traffic.assigned(),
                        unit,
                        percent(traffic.weight()),
                        traffic.chance() < 1e-6
                                ? "below 0.000001"
                                : String.format(Locale.ROOT, "= %.6f", traffic.chance()));
    }

    /// Past a million it makes no difference how far.
    static String number(double value) {
        return value > 1e6 ? "over 1,000,000" : String.format(Locale.ROOT, value < 100 ? "%.2f" : "%,.0f", value);
    }

    static String percent(double share) {
        return String.format(Locale.ROOT, "%.4g", share * 100).replaceAll("\\.?0+$", "") + "%";
    }

    static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.1f s", time.toNanos() / 1e9);
    }
}
