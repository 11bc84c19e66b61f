package dev.changeover.reports.roi;

import dev.changeover.harness.check.ArmSummary;
import dev.changeover.harness.check.Quantiles;
import dev.changeover.harness.units.Money;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/// What a run measured, of which only the monthly costs matter.
public final class Arms {

    private Arms() {}

    public static Map<String, ArmSummary> costing(String oldMonthly, String newMonthly) {
        return Map.of("old", arm(oldMonthly), "new", arm(newMonthly));
    }

    /// @param monthly `2400 USD`
    public static ArmSummary arm(String monthly) {
        Money money = Money.parse(monthly);
        OptionalDouble none = OptionalDouble.empty();
        Quantiles nothing = new Quantiles(0, none, none, none, none, none, none);
        return new ArmSummary(
                0,
                0,
                0,
                new TreeMap<>(),
                0,
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                nothing,
                nothing,
                nothing,
                nothing,
                nothing,
                new ArmSummary.TokenTotals(0, 0, 0, 0, OptionalDouble.empty()),
                new TreeMap<>(),
                Optional.of(new ArmSummary.CostSummary(money, Optional.empty(), Optional.of(money))));
    }
}
