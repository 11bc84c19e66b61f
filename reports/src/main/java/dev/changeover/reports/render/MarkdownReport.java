package dev.changeover.reports.render;

import dev.changeover.harness.check.Course;
import dev.changeover.harness.check.LedgerSummary;
import dev.changeover.harness.gate.GateResult;
import dev.changeover.harness.gate.Judgement;
import dev.changeover.harness.history.History;
import dev.changeover.reports.claims.Claims;
import dev.changeover.reports.render.HtmlReport.Fact;
import dev.changeover.reports.roi.RoiOf;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// `report.md`, short enough for a comment on a pull request.
public final class MarkdownReport {

    private static final Set<String> FOR_THE_PAGE_ONLY = Set.of(
            "served",
            "gap between chunks p95",
            "time per token p50",
            "first token p99",
            "input tokens",
            "output tokens",
            "cost of this run");

    private MarkdownReport() {}

    public static String render(Judgement judgement, History history) {
        StringBuilder text = new StringBuilder();
        text.append("## ").append(Wording.verdict(judgement)).append(": ");
        text.append(escaped(judgement.scenario().name()));
        text.append(Wording.drill(judgement) ? " (drill)\n\n" : "\n\n");
        judgement
                .reasons()
                .forEach(reason -> text.append("- ").append(escaped(reason)).append('\n'));
        if (!judgement.validity().valid()) {
            text.append("\n**The run is not valid:**\n\n");
            judgement
                    .validity()
                    .why()
                    .forEach(why -> text.append("- ").append(escaped(why)).append('\n'));
        }
        comparison(text, Comparison.of(judgement));
        gates(text, judgement.gates());
        faults(text, judgement);
        course(text, judgement.course(), history);
        claims(text, judgement);
        RoiTable.of(RoiOf.run(judgement.scenario(), judgement.arms())).ifPresent(roi -> roi(text, roi));
        text.append("\n**Ledger:** ")
                .append(escaped(ledger(judgement.ledger())))
                .append("\n");
        judgement
                .started()
                .fitted()
                .forEach((arm, fitted) -> text.append("\n**Simulated:** ")
                        .append(escaped(arm + " is fitted to " + Wording.fitted(fitted)))
                        .append('\n'));
        reproduce(text, judgement, history);
        return text.toString();
    }

    /// The ledger in one line.
    static String ledger(LedgerSummary ledger) {
        List<String> parts = new ArrayList<>(List.of(
                Figures.count(ledger.upstreamCalls()) + " calls reached a provider",
                Figures.count(ledger.lost()) + " lost",
                Figures.count(ledger.duplicated()) + " duplicated",
                Figures.count(ledger.orphaned()) + " orphaned",
                Figures.count(ledger.wrongModel()) + " answered by another model"));
        if (ledger.unattributed() > 0) {
            parts.add(Figures.count(ledger.unattributed()) + " of unknown request");
        }
        ledger.retryAmplification()
                .ifPresent(attempts -> parts.add(Figures.decimal(attempts, 3) + " calls per request"));
        ledger.wastedCost().ifPresent(cost -> parts.add(Figures.money(cost) + " wasted"));
        return String.join(" · ", parts);
    }

    private static void comparison(StringBuilder text, Comparison comparison) {
        List<String> head = new ArrayList<>(List.of(""));
        head.addAll(comparison.sides());
        if (comparison.compared()) {
            head.add("change");
            head.add("90% interval");
        }
        table(
                text,
                head,
                comparison.rows().stream()
                        .filter(row -> !FOR_THE_PAGE_ONLY.contains(row.label()))
                        .map(row -> {
                            List<String> cells = new ArrayList<>(List.of(row.label()));
                            cells.addAll(row.cells());
                            if (comparison.compared()) {
                                cells.add(row.change());
                                cells.add(row.interval());
                            }
                            return cells;
                        })
                        .toList());
    }

    private static void gates(StringBuilder text, List<GateResult> gates) {
        List<List<String>> rows = gates.stream()
                .map(gate -> List.of(
                        gate.spec().id() + (gate.spec().required() ? "" : " (advisory)"),
                        gate.decision().name(),
                        Wording.value(gate, gate.observed()),
                        Wording.value(gate, gate.bound()),
                        Wording.asked(gate),
                        Figures.count(gate.n())))
                .toList();
        table(text, List.of("gate", "decision", "observed", "95% bound", "asked", "n"), rows);
    }

    private static void faults(StringBuilder text, Judgement judgement) {
        if (judgement.faults().isEmpty()) {
            return;
        }
        List<List<String>> rows = judgement.faults().stream()
                .map(FaultRow::of)
                .map(f -> List.of(f.fault(), f.on(), f.inForce(), f.hit(), f.detected(), f.recovered(), f.lost()))
                .toList();
        table(text, List.of("fault", "on", "in force", "requests hit", "detected", "recovered", "lost"), rows);
    }

    private static void course(StringBuilder text, Course course, History history) {
        course.rollout()
                .ifPresent(rollout -> table(
                        text,
                        List.of("phase", "observed", "p", "requests", "E", "decision", "why"),
                        rollout.phases().stream()
                                .map(PhaseRow::of)
                                .map(p -> List.of(
                                        p.weight(),
                                        p.observed(),
                                        p.chance(),
                                        p.requests(),
                                        p.eValue(),
                                        p.decision(),
                                        p.why()))
                                .toList()));
        course.rollback().map(rollback -> RollbackTable.of(rollback, history)).ifPresent(rollback -> {
            text.append("\n**Rollback:** ")
                    .append(escaped(rollback.summary()))
                    .append(' ')
                    .append(escaped(rollback.script()))
                    .append('\n');
            table(
                    text,
                    List.of("after", "what", ""),
                    rollback.steps().stream()
                            .map(step -> List.of(step.after(), step.what(), step.detail()))
                            .toList());
            text.append('\n').append(escaped(facts(rollback.facts()))).append('\n');
        });
        if (!course.alerts().isEmpty()) {
            table(
                    text,
                    List.of("alert", "rule", "fault", "fired", "why"),
                    course.alerts().stream()
                            .map(AlertRow::of)
                            .map(alert ->
                                    List.of(alert.name(), alert.rule(), alert.fault(), alert.fired(), alert.why()))
                            .toList());
        }
        List<Fact> gateway = CourseFacts.gateway(course);
        if (!gateway.isEmpty()) {
            text.append("\n**Gateway:** ").append(escaped(facts(gateway))).append('\n');
        }
    }

    private static String facts(List<Fact> facts) {
        return facts.stream().map(fact -> fact.label() + " " + fact.value()).collect(Collectors.joining(" · "));
    }

    private static void claims(StringBuilder text, Judgement judgement) {
        List<List<String>> rows = Claims.of(judgement).stream()
                .map(ClaimRow::of)
                .map(claim -> List.of(claim.says(), claim.status(), claim.working()))
                .toList();
        if (!rows.isEmpty()) {
            table(text, List.of("claim", "status", "working"), rows);
        }
    }

    private static void roi(StringBuilder text, RoiTable roi) {
        if (!roi.notKnown().isEmpty()) {
            text.append("\n**ROI:** ").append(escaped(roi.notKnown())).append('\n');
            return;
        }
        table(
                text,
                List.of("", "old", "new"),
                roi.bills().stream()
                        .map(row -> List.of(row.label(), row.old(), row.next()))
                        .toList());
        text.append("\n**ROI:** ")
                .append(escaped(facts(roi.facts())))
                .append(". ")
                .append(escaped(roi.note()))
                .append('\n');
    }

    private static void reproduce(StringBuilder text, Judgement judgement, History history) {
        if (!judgement.endedEarly().isEmpty()) {
            text.append("\n**Ended early:** ")
                    .append(escaped(judgement.endedEarly()))
                    .append('\n');
        }
        text.append("\n**Again:** `changeover run scenario.yaml` in this run's folder · seed ")
                .append(judgement.scenario().seed())
                .append(" · trace ")
                .append(escaped(history.started().trace()))
                .append(" · Changeover ")
                .append(escaped(history.started().version()))
                .append('\n');
    }

    private static void table(StringBuilder text, List<String> head, List<? extends List<String>> rows) {
        text.append('\n');
        line(text, head);
        line(text, Collections.nCopies(head.size(), ":--"), false);
        rows.forEach(row -> line(text, row));
    }

    private static void line(StringBuilder text, List<String> cells) {
        line(text, cells, true);
    }

    private static void line(StringBuilder text, List<String> cells, boolean escape) {
        text.append('|');
        cells.forEach(
                cell -> text.append(' ').append(escape ? escaped(cell) : cell).append(" |"));
        text.append('\n');
    }

    /// Text that came from outside, so that it can neither format, nor link, nor call anyone.
    static String escaped(String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 8);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '<') {
                escaped.append("&lt;");
            } else if (c == '&') {
                escaped.append("&amp;");
            } else if (c == '@') {
                escaped.append("@\u200b");
            } else if (Character.isISOControl(c)) {
                escaped.append(' ');
            } else {
                if ("\\`*_{}[]>#|~!".indexOf(c) >= 0) {
                    escaped.append('\\');
                }
                escaped.append(c);
            }
        }
        return escaped.toString();
    }
}
