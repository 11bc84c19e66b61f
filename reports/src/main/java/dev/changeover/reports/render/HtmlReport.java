package dev.changeover.reports.render;

import dev.changeover.harness.check.Course;
import dev.changeover.harness.check.FaultSummary;
import dev.changeover.harness.check.RolloutSummary;
import dev.changeover.harness.gate.Decision;
import dev.changeover.harness.gate.GateResult;
import dev.changeover.harness.gate.Judgement;
import dev.changeover.harness.history.History;
import dev.changeover.harness.scenario.Gateway;
import dev.changeover.harness.units.Arm;
import dev.changeover.harness.units.Durations;
import dev.changeover.reports.claims.Claims;
import dev.changeover.reports.roi.RoiOf;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// `report.html`: one file, no network, for the person who signs. `docs/reading-the-report.md` says how to read it.
public final class HtmlReport {

    /// A line of a list of facts.
    record Fact(String label, String value) {}

    record GateRow(
            String id,
            boolean required,
            String decision,
            String tone,
            String mark,
            String observed,
            String bound,
            String asked,
            String n,
            String detail) {}

    private static final int MOST_TURNS_DRAWN = 500;

    private HtmlReport() {}

    public static String render(Judgement judgement, History history) {
        Comparison comparison = Comparison.of(judgement);
        Map<String, Object> model = new HashMap<>();
        model.put("name", judgement.scenario().name());
        model.put("about", judgement.scenario().about());
        model.put("startedAt", judgement.started().startedAt());
        model.put("version", judgement.started().version());
        model.put("verdict", Wording.verdict(judgement));
        verdict(model, judgement);
        model.put("facts", facts(judgement, history));
        model.put("comparison", comparison);
        model.put("comparisonNote", comparisonNote(comparison));
        model.put("errors", ErrorRow.of(judgement, comparison.sides()));
        model.put("gates", judgement.gates().stream().map(HtmlReport::gate).toList());
        model.put("faults", judgement.faults().stream().map(FaultRow::of).toList());
        Course course = judgement.course();
        model.put(
                "phases",
                course.rollout().map(RolloutSummary::phases).orElse(List.of()).stream()
                        .map(PhaseRow::of)
                        .toList());
        model.put("rolloutNotes", CourseFacts.rollout(course));
        model.put(
                "rollback",
                course.rollback()
                        .map(rollback -> RollbackTable.of(rollback, history))
                        .orElse(null));
        model.put("alerts", course.alerts().stream().map(AlertRow::of).toList());
        model.put("gatewayFacts", CourseFacts.gateway(course));
        model.put("claims", Claims.of(judgement).stream().map(ClaimRow::of).toList());
        model.put(
                "roi",
                RoiTable.of(RoiOf.run(judgement.scenario(), judgement.arms())).orElse(null));
        model.put("ledger", LedgerFacts.ledger(judgement.ledger()));
        model.put("validity", LedgerFacts.validity(judgement.validity()));
        model.put("doubts", judgement.validity().why());
        model.put(
                "command",
                "changeover run scenario.yaml --seed " + judgement.scenario().seed());
        model.put("environment", LedgerFacts.environment(judgement, history));
        model.put("yaml", judgement.started().scenarioYaml());
        return Page.render(model, charts(model, judgement, history));
    }

    private static void verdict(Map<String, Object> model, Judgement judgement) {
        model.put("valid", judgement.validity().valid());
        model.put("drill", Wording.drill(judgement));
        model.put("reasons", judgement.reasons());
        model.put("endedEarly", judgement.endedEarly());
        switch (judgement.verdict()) {
            case GO -> tone(model, Decision.PASS);
            case NO_GO -> tone(model, Decision.FAIL);
            case INCONCLUSIVE -> tone(model, Decision.INCONCLUSIVE);
        }
    }

    private static void tone(Map<String, Object> model, Decision decision) {
        model.put("tone", tone(decision));
        model.put("mark", mark(decision));
    }

    private static Json charts(Map<String, Object> model, Judgement judgement, History history) {
        Population population = new Population(
                Durations.millis(judgement.scenario().traffic().patience().total()));
        Json data = new Json();
        boolean any = !history.requests().isEmpty();
        model.put("timelineWords", "");
        model.put("latencyWords", "");
        model.put("ttftWords", "");
        model.put("bucket", "");
        RolloutChart rollout = RolloutChart.of(history);
        model.put("rolloutWords", rollout.isEmpty() ? "" : rollout.inWords());
        model.put("rolloutTested", !rollout.evidence().isEmpty());
        if (!rollout.isEmpty()) {
            data.put("rollout", rollout.json());
        }
        if (any) {
            Timeline timeline = Timeline.of(history, population);
            var requests = history.requests();
            var calls = Population.calmCalls(judgement, history);
            var latency = PercentileCurve.bySide(requests, population::latency, calls, population::latency);
            var firstToken = PercentileCurve.bySide(requests, population::firstToken, calls, population::firstToken);
            model.put("timelineWords", timeline.inWords());
            model.put("bucket", Figures.millis(timeline.buckets().widthMillis()));
            model.put("latencyWords", PercentileCurve.inWords("Latency", latency));
            model.put("ttftWords", firstToken.isEmpty() ? "" : PercentileCurve.inWords("First token", firstToken));
            data.put("timeline", timeline.json())
                    .put("latency", PercentileCurve.json(latency))
                    .put("ttft", PercentileCurve.json(firstToken));
        }
        return data.put(
                "faults",
                judgement.faults().stream()
                        .map(f -> new Json()
                                .put("fault", f.fault())
                                .put("on", f.on())
                                .put("from", f.fromMillis(), 3)
                                .put("to", f.toMillis(), 3)
                                .put("turns", turns(f))
                                .fields())
                        .toList());
    }

    /// Those that fit on a screen.
    private static List<Map<String, Object>> turns(FaultSummary fault) {
        List<FaultSummary.Turn> turns = fault.turns().size() <= MOST_TURNS_DRAWN
                ? fault.turns()
                : FaultSummary.Turn.once(fault.fromMillis(), fault.toMillis());
        return turns.stream()
                .map(turn -> new Json()
                        .put("from", turn.fromMillis(), 3)
                        .put("to", turn.toMillis(), 3)
                        .fields())
                .toList();
    }

    private static String facts(Judgement judgement, History history) {
        long logical =
                history.requests().stream().map(r -> r.id().number()).distinct().count();
        String route = switch (judgement.scenario().gateway()) {
            case Gateway.None _ -> "each straight to both providers";
            case Gateway.Url url -> "through the gateway at " + url.base();
            case Gateway.Command command -> "through the program " + program(command.run());
            case Gateway.Reference reference ->
                "through the reference gateway (%s)"
                        .formatted(reference.route().stream().map(Arm::word).collect(Collectors.joining(", then ")));
        };
        Duration span = Duration.ofSeconds(Math.round(history.spanNanos() / 1e9));
        return "%s requests in %s, %s; %s."
                .formatted(
                        Figures.count(logical),
                        Durations.write(span),
                        route,
                        Wording.traffic(judgement.scenario().traffic()));
    }

    /// `Gateway.java` for `{{java}} -Xmx128m {{folder}}/Gateway.java`.
    private static String program(List<String> command) {
        String program = command.getFirst().equals("{{java}}")
                ? command.stream()
                        .skip(1)
                        .filter(argument -> argument.endsWith(".java") || argument.endsWith(".jar"))
                        .findFirst()
                        .orElse("java")
                : command.getFirst();
        return program.substring(program.lastIndexOf('/') + 1);
    }

    private static String comparisonNote(Comparison comparison) {
        String note = "Times run from when a request was due.";
        if (comparison.compared()) {
            note += " The interval of a change is two-sided 90%, so each end is a one-sided 95% bound; right of the"
                    + " dashed line is more than before.";
        }
        if (comparison.sides().contains("gateway")) {
            note += " Gateway: what its clients saw. Old and new: what reached each provider outside of faults.";
            if (comparison.compared()) {
                note += " The gateway chose who got what, so old and new had different requests: their difference is a"
                        + " hint.";
            }
        }
        return note;
    }

    private static GateRow gate(GateResult gate) {
        List<String> detail = new ArrayList<>();
        gate.needed().ifPresent(n -> detail.add("About %s more would settle it".formatted(Figures.count(n))));
        detail.add(gate.evidence());
        detail.add(gate.method());
        detail.removeIf(String::isBlank);
        return new GateRow(
                gate.spec().id(),
                gate.spec().required(),
                gate.decision().name(),
                tone(gate.decision()),
                mark(gate.decision()),
                Wording.value(gate, gate.observed()),
                Wording.value(gate, gate.bound()),
                Wording.asked(gate),
                Figures.count(gate.n()),
                String.join(" · ", detail));
    }

    private static String tone(Decision decision) {
        return switch (decision) {
            case PASS -> "good";
            case FAIL -> "bad";
            case INCONCLUSIVE -> "open";
        };
    }

    private static String mark(Decision decision) {
        return switch (decision) {
            case PASS -> "✓";
            case FAIL -> "✕";
            case INCONCLUSIVE -> "?";
        };
    }
}
