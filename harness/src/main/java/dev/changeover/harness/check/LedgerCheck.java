package dev.changeover.harness.check;

import dev.changeover.harness.history.Event;
import dev.changeover.harness.history.History;
import dev.changeover.harness.price.Pricing;
import dev.changeover.harness.scenario.Gateway;
import dev.changeover.harness.scenario.Price;
import dev.changeover.harness.scenario.Scenario;
import dev.changeover.harness.units.Arm;
import dev.changeover.harness.units.Money;
import dev.changeover.harness.wire.Purpose;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/// What the join of both views shows: work done twice, and work done for nobody.
final class LedgerCheck {

    /// How providers mark releases of one model: `-2025-04-14`, `-20250414`, `-0613`, `-001`,
    /// `@20250414`, `-latest`.
    private static final Pattern RELEASE = Pattern.compile("[-@](\\d{4}-\\d{2}-\\d{2}|\\d{8}|\\d{6}|\\d{3,4}|latest)$");

    private LedgerCheck() {}

    static LedgerSummary of(Scenario scenario, History history, Join join, long lost) {
        long duplicated = 0;
        long orphaned = 0;
        long wrongModel = 0;
        long[] wastedInput = new long[Arm.values().length];
        long[] wastedOutput = new long[Arm.values().length];
        for (int i = 0; i < join.size(); i++) {
            int delivered = join.deliveredCall(i);
            int served = 0;
            for (int ordinal = 0; ordinal < join.callCount(i); ordinal++) {
                Event.UpstreamCall call = join.call(i, ordinal);
                served += call.outcome().isServed() ? 1 : 0;
                wrongModel += wrongModel(call) ? 1 : 0;
                if (ordinal != delivered && Join.generated(call)) {
                    orphaned++;
                    wastedInput[call.arm().ordinal()] += call.usage().input().orElse(0);
                    wastedOutput[call.arm().ordinal()] +=
                            call.usage().output().orElse(call.countedOutput().orElse(0));
                }
            }
            duplicated += served > 1 ? 1 : 0;
        }
        return new LedgerSummary(
                join.attributed() + join.unattributed(),
                lost,
                duplicated,
                orphaned,
                wrongModel,
                join.unattributed(),
                wasted(scenario, wastedInput, wastedOutput),
                amplification(scenario, history, join));
    }

    private static Optional<Money> wasted(Scenario scenario, long[] input, long[] output) {
        Optional<Money> sum = Optional.empty();
        for (Arm arm : Arm.values()) {
            Optional<Price> price =
                    Optional.ofNullable(scenario.providers().get(arm)).flatMap(provider -> provider.price());
            if (price.isEmpty()) {
                if (input[arm.ordinal()] + output[arm.ordinal()] > 0) {
                    return Optional.empty();
                }
                continue;
            }
            Money cost = Pricing.cost(price.get(), input[arm.ordinal()], output[arm.ordinal()]);
            if (sum.isPresent() && !sum.get().currency().equals(cost.currency())) {
                return Optional.empty();
            }
            sum = Optional.of(sum.map(cost::plus).orElse(cost));
        }
        return sum;
    }

    private static OptionalDouble amplification(Scenario scenario, History history, Join join) {
        if (join.size() == 0) {
            return OptionalDouble.empty();
        }
        if (scenario.gateway() instanceof Gateway.None) {
            boolean someDiedOnTheWay = join.attributed() < join.size();
            return someDiedOnTheWay
                    ? OptionalDouble.empty()
                    : OptionalDouble.of((double) join.attributed() / join.size());
        }
        long attempts = 0;
        for (Event.Attempt attempt : history.attempts()) {
            attempts += attempt.id().purpose() == Purpose.REQUEST ? 1 : 0;
        }
        return attempts == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) attempts / join.size());
    }

    private static boolean wrongModel(Event.UpstreamCall call) {
        if (call.modelAnswered().isEmpty()) {
            return false;
        }
        String asked = plainName(call.modelAsked());
        String answered = plainName(call.modelAnswered().get());
        boolean floating = asked.endsWith("-latest");
        return !answered.equals(asked) && !family(answered).equals(floating ? family(asked) : asked);
    }

    private static String family(String name) {
        return RELEASE.matcher(name).replaceFirst("");
    }

    /// Without the path before it.
    private static String plainName(String model) {
        return model.substring(model.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
    }
}
