package dev.changeover.reports.claims;

import dev.changeover.harness.check.ArmSummary;
import dev.changeover.harness.scenario.Cost;
import dev.changeover.harness.scenario.Price;
import dev.changeover.harness.scenario.Provider;
import dev.changeover.harness.scenario.Scenario;
import dev.changeover.harness.units.Arm;
import dev.changeover.reports.claims.Expression.Result;
import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.numbers.fraction.BigFraction;

/// What each name of an expression stands for, or why it stands for nothing.
final class KnownValues {

    private static final BigFraction A_MILLION = BigFraction.of(1_000_000);

    private final Map<ClaimName, Result> values = new EnumMap<>(ClaimName.class);

    private KnownValues(Scenario scenario) {
        prices(scenario, Arm.OLD, ClaimName.OLD_INPUT, ClaimName.OLD_OUTPUT);
        prices(scenario, Arm.NEW, ClaimName.NEW_INPUT, ClaimName.NEW_OUTPUT);
        Optional<Cost> cost = scenario.cost();
        String noCost = "the scenario gives no cost.";
        put(
                ClaimName.MONTHLY_REQUESTS,
                cost.map(c -> BigDecimal.valueOf(c.monthlyRequests())),
                noCost + "monthly_requests");
        Optional<Cost.Migration> migration = cost.flatMap(Cost::migration);
        put(ClaimName.MIGRATION_HOURS, migration.map(Cost.Migration::hours), noCost + "migration");
        put(ClaimName.MIGRATION_RATE, migration.map(Cost.Migration::rate), noCost + "migration");
        put(ClaimName.MIGRATION_COST, migration.map(m -> m.hours().multiply(m.rate())), noCost + "migration");
        Optional<Cost.Exchange> exchange = cost.flatMap(Cost::exchange);
        put(ClaimName.EXCHANGE_RATE, exchange.map(Cost.Exchange::rate), noCost + "exchange");
        put(ClaimName.EXCHANGE_CREDITED, exchange.flatMap(Cost.Exchange::credited), noCost + "exchange.credited");
    }

    /// Before a run: what a run measures has no value yet.
    static KnownValues before(Scenario scenario) {
        KnownValues known = new KnownValues(scenario);
        for (ClaimName name : new ClaimName[] {ClaimName.OLD_MONTHLY, ClaimName.NEW_MONTHLY}) {
            known.put(name, Optional.empty(), "only a run can measure it");
        }
        return known;
    }

    /// @param arms by `old`, `new` and `gateway`, as the run measured them
    static KnownValues after(Scenario scenario, Map<String, ArmSummary> arms) {
        KnownValues known = new KnownValues(scenario);
        known.monthly(ClaimName.OLD_MONTHLY, Arm.OLD, arms);
        known.monthly(ClaimName.NEW_MONTHLY, Arm.NEW, arms);
        return known;
    }

    Result of(ClaimName name) {
        return values.get(name);
    }

    private void prices(Scenario scenario, Arm arm, ClaimName input, ClaimName output) {
        Optional<Price> price =
                Optional.ofNullable(scenario.providers().get(arm)).flatMap(Provider::price);
        String why = scenario.providers().containsKey(arm)
                ? "the %s provider has no price".formatted(arm.word())
                : "the scenario has no %s provider".formatted(arm.word());
        put(input, why, price.map(p -> perMillion(p.input(), p)));
        put(output, why, price.map(p -> perMillion(p.output(), p)));
    }

    private static BigFraction perMillion(BigDecimal amount, Price price) {
        return ExpressionReader.fraction(amount).multiply(A_MILLION).divide(BigFraction.of(price.per()));
    }

    private void monthly(ClaimName name, Arm arm, Map<String, ArmSummary> arms) {
        put(
                name,
                Optional.ofNullable(arms.get(arm.word()))
                        .flatMap(ArmSummary::cost)
                        .flatMap(ArmSummary.CostSummary::monthly)
                        .map(money -> money.amount()),
                "the run measured no monthly cost of the %s provider".formatted(arm.word()));
    }

    private void put(ClaimName name, Optional<BigDecimal> value, String why) {
        put(name, why, value.map(ExpressionReader::fraction));
    }

    private void put(ClaimName name, String why, Optional<BigFraction> value) {
        values.put(name, value.<Result>map(Result.Value::new).orElseGet(() -> new Result.Unknown(name, why)));
    }
}
