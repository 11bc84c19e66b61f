package dev.changeover.harness.rehearsal;

import dev.changeover.harness.measurement.Fit;
import dev.changeover.harness.measurement.FitSummary;
import dev.changeover.harness.measurement.FitSummary.Compared;
import dev.changeover.harness.measurement.FitSummary.Quantiles;
import dev.changeover.harness.units.Arm;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// How well a simulated provider is fitted, in lines for people.
record FitText(Arm arm, Fit fit, FitSummary summary) {

    private static final int SHOWN = 12;

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("%s: fitted to %s (%s, sha256 %s), %s"
                .formatted(
                        arm.word(),
                        summary.file(),
                        summary.format(),
                        summary.sha256().substring(0, SHOWN),
                        Fits.played(fit)));
        String failed = summary.failed().isEmpty()
                ? "none failed"
                : summary.failed().entrySet().stream()
                        .map(entry -> "%,d %s".formatted(entry.getValue(), entry.getKey()))
                        .collect(Collectors.joining(", "));
        add(lines, "%,d calls: %,d served, %s", summary.calls(), summary.served(), failed);
        if (!summary.leftOut().isEmpty()) {
            add(lines, "left out: %s", summary.leftOut());
        }
        add(lines, "ttft ms    %s", compared(summary.ttft()));
        summary.pace().ifPresent(pace -> add(lines, "tokens/s   %s", compared(pace)));
        summary.lognormal()
                .ifPresent(distance -> add(
                        lines, "a lognormal curve through its p50 and p99 of ttft would be KS %.3f away", distance));
        if (!summary.limit().isEmpty()) {
            add(lines, "limit: %s", summary.limit());
        }
        return lines;
    }

    private static String compared(Compared compared) {
        return String.format(
                Locale.ROOT,
                "measured %s; simulated %s; KS %.3f (n = %,d)",
                quantiles(compared.measured()),
                quantiles(compared.simulated()),
                compared.distance(),
                compared.n());
    }

    private static String quantiles(Quantiles quantiles) {
        return String.format(
                Locale.ROOT, "p50 %,.1f, p95 %,.1f, p99 %,.1f", quantiles.p50(), quantiles.p95(), quantiles.p99());
    }

    private static void add(List<String> lines, String sentence, Object... values) {
        lines.add("  " + String.format(Locale.ROOT, sentence, values));
    }
}
