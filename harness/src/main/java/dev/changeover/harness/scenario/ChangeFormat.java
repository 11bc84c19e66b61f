package dev.changeover.harness.scenario;

import static dev.changeover.harness.scenario.Keys.given;
import static dev.changeover.harness.scenario.Keys.maybe;
import static dev.changeover.harness.scenario.Keys.needed;
import static dev.changeover.harness.scenario.Keys.words;
import static dev.changeover.harness.scenario.Scalars.AMOUNT;
import static dev.changeover.harness.scenario.Scalars.CURRENCY;
import static dev.changeover.harness.scenario.Scalars.DATE;
import static dev.changeover.harness.scenario.Scalars.DURATION;
import static dev.changeover.harness.scenario.Scalars.HOLD;
import static dev.changeover.harness.scenario.Scalars.INTEGER;
import static dev.changeover.harness.scenario.Scalars.PATH;
import static dev.changeover.harness.scenario.Scalars.SHARE;
import static dev.changeover.harness.scenario.Scalars.SPEED;
import static dev.changeover.harness.scenario.Scalars.TEXT;
import static dev.changeover.harness.scenario.Scalars.TRUTH;

import dev.changeover.harness.scenario.Shape.Key;
import dev.changeover.harness.scenario.Shape.ListOf;
import dev.changeover.harness.scenario.Shape.Table;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/// Every key of the change itself: the rollout, the way back, who watches, and what it costs.
final class ChangeFormat {

    static final Table ROLLOUT = new Table(List.of(
            given("at", DURATION, "0s", "trace time from the start of the window"),
            needed("weights", new ListOf(SHARE), "the new provider's share in each phase, rising"),
            needed("hold", HOLD, "how long each phase lasts at least"),
            given("sticky", Keys.STICKY, "conversation", "what stays on one provider"),
            given(
                    "gate",
                    words(
                            Map.entry("evidence", Rollout.Decider.EVIDENCE),
                            Map.entry("calendar", Rollout.Decider.CALENDAR),
                            Map.entry("manual", Rollout.Decider.MANUAL)),
                    "evidence",
                    "what decides at the end of a phase"),
            given(
                    "tolerate",
                    new Table(List.of(
                            given("errors", SPEED, "1x", "ratio of the odds of an error, new to old"),
                            given("slow", SPEED, "2x", "ratio of the odds of a slow answer, new to old"))),
                    "{}",
                    "up to where the new provider counts as no worse")));

    private static final Table SCRIPT = new Table(List.of(
            needed("command", new ListOf(TEXT), "program and arguments"),
            maybe("env", new Shape.Names(), "variables added to the environment"),
            given("patience", DURATION, "60s", "after which it hangs, and is killed")));

    private static final Table VERIFY = new Table(List.of(
            given("weight_old", SHARE, "100%", "share that the old provider has to answer afterwards"),
            given("health", TRUTH, "true", "whether the health page has to be green"),
            maybe("configuration", TRUTH, "whether the files have to be what they were; true where there are files"),
            needed("within", DURATION, "from the trigger")));

    static final Table ROLLBACK = new Table(List.of(
            maybe("at", DURATION, "trace time from the start of the window; else when the rollout's gate says so"),
            maybe("script", SCRIPT, "your own, run for real; else ours"),
            maybe("verify", VERIFY, "what must be true afterwards")));

    static final Table ALERTS = new Table(List.of(
            maybe(
                    "scrape",
                    new Table(List.of(
                            needed("path", PATH, "on the gateway"),
                            given("every", DURATION, "15s", "between two reads"))),
                    "where the monitoring reads"),
            needed("rules", new ListOf(rule()), "what fires, and when")));

    static final Table COST = new Table(List.of(
            needed("monthly_requests", INTEGER, "volume of a month"),
            maybe(
                    "migration",
                    new Table(List.of(
                            needed("hours", AMOUNT, "of work"),
                            needed("rate", AMOUNT, "for an hour, in the report's currency"))),
                    "the work of the change"),
            maybe("currency", CURRENCY, "of the report; else that of the prices"),
            maybe(
                    "exchange",
                    new Table(List.of(
                            needed("from", CURRENCY, "the currency of a provider's bills"),
                            needed("rate", AMOUNT, "what one of it is worth in the report's currency"),
                            needed("as_of", DATE, "the day of the rate"),
                            maybe("credited", AMOUNT, "what the vendor credits for one, where that differs"))),
                    "between the currencies")));

    private ChangeFormat() {}

    private static Shape.Variants rule() {
        SequencedMap<String, Object> signals = new LinkedHashMap<>();
        signals.put("latency_p95", Alerts.Signal.LATENCY_P95);
        signals.put("latency_p99", Alerts.Signal.LATENCY_P99);
        signals.put("error_rate", Alerts.Signal.ERROR_RATE);
        signals.put("down", Alerts.Signal.DOWN);
        Key slower = needed("above", DURATION, "fires above it");
        SequencedMap<String, List<Key>> thresholds = new LinkedHashMap<>();
        thresholds.put("latency_p95", List.of(slower));
        thresholds.put("latency_p99", List.of(slower));
        thresholds.put("error_rate", List.of(needed("above", SHARE, "fires above it")));
        thresholds.put("down", List.of());
        return new Shape.Variants(
                List.of(
                        needed("name", TEXT, "its name"),
                        needed("signal", new Shape.Word(signals), "what is looked at"),
                        needed("window", DURATION, "that the signal is computed over"),
                        given("for", DURATION, "0s", "how long it has to stay above")),
                "signal",
                thresholds);
    }
}
