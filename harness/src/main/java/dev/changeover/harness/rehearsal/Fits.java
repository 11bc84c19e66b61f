package dev.changeover.harness.rehearsal;

import dev.changeover.harness.history.Event;
import dev.changeover.harness.measurement.Fit;
import dev.changeover.harness.measurement.FitSummary;
import dev.changeover.harness.scenario.FittedProfile.Play;
import dev.changeover.harness.scenario.Provider;
import dev.changeover.harness.scenario.Scenario;
import dev.changeover.harness.units.Arm;
import dev.changeover.harness.units.Durations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/// The measurements that simulated providers of a scenario are fitted to, read once.
public record Fits(Map<Arm, Fit> byArm, Map<Arm, FitSummary> summaries) {

    public Fits {
        byArm = Collections.unmodifiableMap(byArm);
        summaries = Collections.unmodifiableMap(summaries);
    }

    /// @throws dev.changeover.harness.trace.TraceException when a measurement cannot be read, or does not tell enough
    public static Fits of(Scenario scenario) {
        Map<Arm, Fit> fits = new EnumMap<>(Arm.class);
        Map<Arm, FitSummary> summaries = new EnumMap<>(Arm.class);
        scenario.providers().forEach((arm, provider) -> {
            if (provider.source() instanceof Provider.Source.Fitted(var profile)) {
                Fit fit = Fit.of(profile);
                fits.put(arm, fit);
                summaries.put(arm, fit.summary());
            }
        });
        return new Fits(fits, summaries);
    }

    Fit of(Arm arm) {
        return byArm.get(arm);
    }

    /// How well each is fitted, for people: a line each, those about one indented under its first.
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        summaries.forEach((arm, summary) -> lines.addAll(new FitText(arm, byArm.get(arm), summary).lines()));
        return lines;
    }

    /// What may not be as it seems.
    ///
    /// @param spanNanos of the run
    public List<String> warnings(long spanNanos) {
        List<String> warnings = new ArrayList<>();
        byArm.forEach((arm, fit) -> {
            String who = "providers.%s.simulate.profile: ".formatted(arm.word());
            summaries.get(arm).warnings().forEach(warning -> warnings.add(who + warning));
            fit.incidentLength()
                    .filter(length -> length.toNanos() < spanNanos)
                    .ifPresent(length -> warnings.add(who
                            + String.format(
                                    Locale.ROOT,
                                    "the incident is over after %.1f s of the run's %.1f s, and stays as it ended",
                                    length.toNanos() / 1e9,
                                    spanNanos / 1e9)));
        });
        return warnings;
    }

    /// As the history has them, by arm.
    SortedMap<String, Event.Fitted> events() {
        SortedMap<String, Event.Fitted> events = new TreeMap<>();
        summaries.forEach((arm, summary) -> events.put(
                arm.word(),
                new Event.Fitted(
                        summary.file(),
                        summary.sha256(),
                        played(byArm.get(arm)),
                        summary.served(),
                        summary.ttft().distance(),
                        summary.pace()
                                .map(pace -> OptionalDouble.of(pace.distance()))
                                .orElse(OptionalDouble.empty()))));
        return events;
    }

    static String played(Fit fit) {
        String window = fit.profile().measured().windowed()
                ? " from " + Durations.write(fit.profile().measured().from())
                        + fit.profile()
                                .measured()
                                .length()
                                .map((Duration length) -> " for " + Durations.write(length))
                                .orElse("")
                : "";
        return switch (fit.profile().play()) {
            case Play.Distribution _ -> "distribution" + window;
            case Play.Incident(double speed) -> String.format(Locale.ROOT, "incident at %sx%s", plain(speed), window);
        };
    }

    private static String plain(double speed) {
        return speed == Math.rint(speed) ? Long.toString((long) speed) : Double.toString(speed);
    }
}
