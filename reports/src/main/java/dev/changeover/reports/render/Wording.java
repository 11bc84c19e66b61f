package dev.changeover.reports.render;

import dev.changeover.harness.gate.GateResult;
import dev.changeover.harness.gate.Judgement;
import dev.changeover.harness.history.Event;
import dev.changeover.harness.scenario.GateSpec;
import dev.changeover.harness.scenario.Load;
import dev.changeover.harness.scenario.Traffic;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/// Sentences that several reports share.
final class Wording {

    private Wording() {}

    /// A gate in one line: `observed +4.2%; 95% bound +6.1%; margin 15%`.
    static String gate(GateResult gate) {
        String line = "observed %s; 95%% bound %s; %s"
                .formatted(value(gate, gate.observed()), value(gate, gate.bound()), asked(gate));
        return gate.needed().isPresent()
                ? line
                        + "; about %s more requests would settle it"
                                .formatted(Figures.count(gate.needed().getAsLong()))
                : line;
    }

    /// What the gate asks: `margin 15%`, `max 30 s`.
    static String asked(GateResult gate) {
        return switch (gate.spec().limit()) {
            case GateSpec.Limit.Margin _ -> "margin " + margin(gate);
            case GateSpec.Limit.Max _ -> "max " + Figures.withoutZeros(value(gate, gate.threshold()));
            case GateSpec.Limit.Min _ -> "min " + Figures.withoutZeros(value(gate, gate.threshold()));
        };
    }

    /// A value of the gate in the unit that it is in.
    static String value(GateResult gate, OptionalDouble value) {
        if (gate.spec().limit() instanceof GateSpec.Limit.Margin) {
            return Figures.optional(value, v -> Figures.change(v, relative(gate), gate.unit()));
        }
        return Figures.optional(value, v -> Figures.inUnit(v, gate.unit()));
    }

    private static String margin(GateResult gate) {
        String signed = Figures.withoutZeros(value(gate, gate.threshold()));
        return signed.startsWith("+") ? signed.substring(1) : signed;
    }

    private static boolean relative(GateResult gate) {
        return gate.unit().equals("ratio");
    }

    /// An arm was not the real provider: what this verdict speaks of is the plan, not the vendor.
    static boolean drill(Judgement judgement) {
        Map<String, String> evidence = judgement.started().evidence();
        return evidence.containsValue("simulated") || evidence.containsValue("stubbed");
    }

    /// What was sent, and when: `10 times as fast as recorded; open loop, at most 8 in flight; a sample of 50%`.
    static String traffic(Traffic traffic) {
        String pace = traffic.speed() == 1
                ? "as recorded"
                : Figures.plain(traffic.speed()) + " times as fast as recorded"
                        + (traffic.sample().value() < 1 ? "" : ", and as dense");
        String load = switch (traffic.load()) {
            case Load.Open open -> open.equals(Load.AS_RECORDED) ? pace : pace + "; " + load(open);
            case Load.Closed closed -> load(closed);
        };
        return traffic.sample().value() < 1
                ? "%s; a sample of %s"
                        .formatted(
                                load,
                                Figures.withoutZeros(Figures.decimal(
                                                100 * traffic.sample().value(), 2)) + "%")
                : load;
    }

    /// What decided when a request left.
    static String load(Load load) {
        return switch (load) {
            case Load.Open(var inOrder, var maxInFlight) ->
                "open loop%s%s"
                        .formatted(
                                inOrder ? ", conversations in order" : "",
                                maxInFlight.isPresent()
                                        ? ", at most %d in flight".formatted(maxInFlight.getAsInt())
                                        : "");
            case Load.Closed(var callers) -> "closed loop of %d callers".formatted(callers);
        };
    }

    /// What a simulated arm is fitted to, and how well.
    static String fitted(Event.Fitted fitted) {
        String rate = fitted.ksRate().isPresent()
                ? String.format(
                        Locale.ROOT,
                        ", %.3f of tokens a second",
                        fitted.ksRate().getAsDouble())
                : "";
        return String.format(
                Locale.ROOT,
                "%s sha256:%s, %,d served calls, KS %.3f of time to first token%s; played as %s",
                fitted.file(),
                fitted.sha256(),
                fitted.served(),
                fitted.ksTtft(),
                rate,
                fitted.play());
    }

    static String verdict(Judgement judgement) {
        return switch (judgement.verdict()) {
            case GO -> "GO";
            case NO_GO -> "NO GO";
            case INCONCLUSIVE -> "INCONCLUSIVE";
        };
    }
}
