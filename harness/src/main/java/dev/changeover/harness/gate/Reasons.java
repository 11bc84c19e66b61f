package dev.changeover.harness.gate;

import dev.changeover.harness.check.Course;
import dev.changeover.harness.check.Findings;
import dev.changeover.harness.history.Event;
import dev.changeover.harness.history.History;
import dev.changeover.harness.scenario.Metric;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Why the verdict is what it is, in sentences for the one who signs it, the most important first.
final class Reasons {

    /// Which broken gate says most of what went wrong.
    private static final List<Metric> TELLING = List.of(
            Metric.ROLLOUT_SHARE,
            Metric.ROLLBACK_TIME,
            Metric.ERROR_RATE_FAULT,
            Metric.RECOVERY_TIME,
            Metric.MISANSWERED,
            Metric.AVAILABILITY,
            Metric.ERROR_RATE,
            Metric.ERROR_RATE_STEADY,
            Metric.LOST,
            Metric.HOPS,
            Metric.FALSE_GREEN,
            Metric.ALERT_DELAY,
            Metric.FAILBACK_TIME);

    private static final Set<String> MADE_UP = Set.of("simulated", "stubbed");

    private final Verdict verdict;
    private final Findings findings;
    private final List<GateResult> gates;
    private final GateSentences sentences;

    private Reasons(Verdict verdict, Findings findings, List<GateResult> gates) {
        this.verdict = verdict;
        this.findings = findings;
        this.gates =
                gates.stream().sorted(Comparator.comparingInt(Reasons::order)).toList();
        this.sentences = new GateSentences(findings);
    }

    private static int order(GateResult gate) {
        int at = TELLING.indexOf(gate.spec().metric());
        return at < 0 ? TELLING.size() : at;
    }

    static List<String> of(Verdict verdict, Findings findings, List<GateResult> gates) {
        return new Reasons(verdict, findings, gates).sentences();
    }

    static String endedEarly(History history) {
        return history.ended()
                .map(ended -> switch (ended.end()) {
                    case COMPLETED -> "";
                    case INTERRUPTED -> "interrupted " + when(ended);
                    case BUDGET -> "stopped by its budget " + when(ended);
                    case GATEWAY_NOT_READY -> "given up because the gateway never became ready " + when(ended);
                    case TESTBED_FAILED -> "the testbed failed " + when(ended);
                })
                .orElse("killed: its history has no end");
    }

    private static String when(Event.RunEnded ended) {
        return ended.atNanos() < 0 ? "before the first request was due" : "after " + seconds(ended.atNanos() / 1e6);
    }

    private List<String> sentences() {
        List<String> why = why();
        List<String> reasons = new ArrayList<>();
        reasons.add(verdict + ": " + uncapitalised(why.getFirst()) + "." + drill()
                + LoadSentences.closedLoop(findings.observations().scenario()));
        why.stream().skip(1).map(Reasons::sentence).forEach(reasons::add);
        if (verdict != Verdict.GO) {
            course().stream().map(Reasons::sentence).forEach(reasons::add);
        }
        gates.stream()
                .filter(g -> !g.spec().required() && g.decision() != Decision.PASS)
                .map(g -> sentence("advisory, and decides nothing: " + sentences.of(g)))
                .forEach(reasons::add);
        LoadSentences.of(
                        findings.observations().scenario(),
                        findings.observations().history())
                .stream()
                .map(Reasons::sentence)
                .forEach(reasons::add);
        if (costIsAdvisory(findings)) {
            reasons.add("Request bodies were generated from token counts: what they cost at a real provider, and how"
                    + " much of them it had cached, is advisory.");
        }
        reasons.add("Answer quality is not assessed: an answer counts when it is complete and not empty.");
        return List.copyOf(reasons);
    }

    /// Without full stops; never empty.
    private List<String> why() {
        List<String> why = new ArrayList<>();
        List<GateResult> required =
                gates.stream().filter(g -> g.spec().required()).toList();
        switch (verdict) {
            case GO -> {
                why.add("%s passed"
                        .formatted(
                                required.size() == 1
                                        ? "the required gate"
                                        : "all %d required gates".formatted(required.size())));
                why.addAll(course());
                required.stream().map(sentences::of).forEach(why::add);
            }
            case NO_GO -> {
                CourseSentences.gateway(findings.course().gateway()).ifPresent(why::add);
                if (findings.course().gateway().neverReady().isEmpty()) {
                    addAll(why, required, Decision.FAIL);
                    addAll(why, required, Decision.INCONCLUSIVE);
                }
                findings.validity().why().stream()
                        .map(doubt -> "besides, the run cannot be believed. " + doubt)
                        .forEach(why::add);
            }
            case INCONCLUSIVE -> {
                List<String> doubts = findings.validity().why();
                if (!doubts.isEmpty()) {
                    why.add("the run cannot be believed. " + doubts.getFirst());
                    why.addAll(doubts.subList(1, doubts.size()));
                } else if (required.isEmpty()) {
                    why.add("no gate is required, so there is nothing to pass");
                } else if (required.stream().allMatch(g -> g.decision() == Decision.PASS)) {
                    why.add("every required gate passed for want of anything to measure, which proves nothing");
                }
                addAll(why, required, Decision.FAIL);
                addAll(why, required, Decision.INCONCLUSIVE);
            }
        }
        return why;
    }

    private void addAll(List<String> why, List<GateResult> required, Decision decision) {
        required.stream()
                .filter(g -> g.decision() == decision)
                .map(sentences::of)
                .forEach(why::add);
    }

    /// On simulated and stubbed providers a verdict says nothing of those that they stand for.
    private String drill() {
        List<String> madeUp = findings.observations().history().started().evidence().entrySet().stream()
                .filter(arm -> MADE_UP.contains(arm.getValue()))
                .filter(arm -> findings.arms().containsKey(arm.getKey()))
                .map(Map.Entry::getKey)
                .toList();
        if (madeUp.isEmpty()) {
            return "";
        }
        return madeUp.size() == findings.observations().scenario().providers().size()
                ? " This was a drill: it speaks of the gateway and the plan, not of any vendor."
                : " This was a drill: it speaks of the gateway and the plan, not of the %s provider's vendor."
                        .formatted(madeUp.getFirst());
    }

    /// How faults, the rollout and the way back went, but for what a broken gate says already.
    private List<String> course() {
        Course course = findings.course();
        List<String> told = new ArrayList<>();
        findings.faults().stream().map(CourseSentences::fault).forEach(told::add);
        if (verdict == Verdict.GO ? !required(Metric.ROLLOUT_SHARE) : passed(Metric.ROLLOUT_SHARE)) {
            course.rollout()
                    .map(rollout -> CourseSentences.rollout(rollout, course.rollback()))
                    .ifPresent(told::add);
        }
        course.rollout().flatMap(CourseSentences::contradiction).ifPresent(told::add);
        course.rollback().map(CourseSentences::rollback).ifPresent(told::add);
        if (passed(Metric.ROLLBACK_TIME)) {
            course.rollback().flatMap(CourseSentences::lie).ifPresent(told::add);
        }
        CourseSentences.leftBehind(course.gateway()).ifPresent(told::add);
        return told;
    }

    private boolean required(Metric metric) {
        return gates.stream()
                .anyMatch(gate -> gate.spec().metric() == metric && gate.spec().required());
    }

    private boolean passed(Metric metric) {
        return gates.stream()
                .filter(gate -> gate.spec().metric() == metric)
                .allMatch(gate -> gate.decision() == Decision.PASS);
    }

    static String seconds(double millis) {
        return Values.seconds(millis);
    }

    /// Whether bodies made from token counts met a provider that really charges.
    static boolean costIsAdvisory(Findings findings) {
        Event.RunStarted started = findings.observations().history().started();
        return started.generatedBodies() && started.evidence().containsValue("real");
    }

    private static String sentence(String text) {
        String capital = text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
        return capital.endsWith(".") ? capital : capital + ".";
    }

    private static String uncapitalised(String text) {
        String open = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
        boolean name = open.length() > 1 && Character.isUpperCase(open.charAt(1));
        return name ? open : open.substring(0, 1).toLowerCase(Locale.ROOT) + open.substring(1);
    }
}
