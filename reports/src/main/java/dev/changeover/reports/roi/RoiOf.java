package dev.changeover.reports.roi;

import dev.changeover.harness.check.ArmSummary;
import dev.changeover.harness.scenario.Cost;
import dev.changeover.harness.scenario.Provider;
import dev.changeover.harness.scenario.Scenario;
import dev.changeover.harness.units.Arm;
import dev.changeover.harness.units.Money;
import java.util.Map;
import java.util.Optional;

/// Works out the return on a change of provider from what a run measured.
public final class RoiOf {

    /// Why there is none, as a clause.
    private static final class Missing extends Exception {
        private static final long serialVersionUID = 1;

        Missing(String why) {
            super(why);
        }
    }

    private final Scenario scenario;
    private final Map<String, ArmSummary> arms;
    private final Cost cost;

    private RoiOf(Scenario scenario, Map<String, ArmSummary> arms, Cost cost) {
        this.scenario = scenario;
        this.arms = arms;
        this.cost = cost;
    }

    /// @param arms by `old`, `new` and `gateway`, as the run measured them
    public static Roi run(Scenario scenario, Map<String, ArmSummary> arms) {
        if (scenario.cost().isEmpty()) {
            return new Roi.NotAsked();
        }
        try {
            return new RoiOf(scenario, arms, scenario.cost().get()).worked();
        } catch (Missing e) {
            return new Roi.NotKnown(e.getMessage());
        }
    }

    private Roi worked() throws Missing {
        Money old = monthly(Arm.OLD);
        Money next = monthly(Arm.NEW);
        String currency = currency(old, next);
        Bill oldBill = bill(Arm.OLD, old, currency);
        Bill newBill = bill(Arm.NEW, next, currency);
        boolean converted = !old.currency().equals(currency) || !next.currency().equals(currency);
        return new Roi.Worked(
                cost.monthlyRequests(),
                oldBill,
                newBill,
                cost.migration().map(m -> new Money(m.hours().multiply(m.rate()), currency)),
                converted ? cost.exchange() : Optional.empty());
    }

    private Money monthly(Arm arm) throws Missing {
        Provider provider = scenario.providers().get(arm);
        if (provider == null) {
            throw new Missing("the scenario has no %s provider".formatted(arm.word()));
        }
        if (provider.price().isEmpty()) {
            throw new Missing("the %s provider has no price".formatted(arm.word()));
        }
        return Optional.ofNullable(arms.get(arm.word()))
                .flatMap(ArmSummary::cost)
                .flatMap(ArmSummary.CostSummary::monthly)
                .orElseThrow(() ->
                        new Missing("no request was seen at the %s provider to reckon from".formatted(arm.word())));
    }

    /// The one asked for; else the one that both bill in; else the one that the exchange goes into.
    private String currency(Money old, Money next) {
        return cost.currency().orElseGet(() -> {
            boolean exchanged = cost.exchange()
                    .filter(exchange -> exchange.from().equals(old.currency()))
                    .isPresent();
            return exchanged ? next.currency() : old.currency();
        });
    }

    private Bill bill(Arm arm, Money billed, String currency) throws Missing {
        if (billed.currency().equals(currency)) {
            return new Bill(billed, billed, Optional.empty());
        }
        Cost.Exchange exchange = cost.exchange()
                .filter(e -> e.from().equals(billed.currency()))
                .orElseThrow(() -> new Missing("the %s provider bills in %s, and cost.exchange gives no rate into %s"
                        .formatted(arm.word(), billed.currency(), currency)));
        return new Bill(
                billed,
                new Money(billed.amount().multiply(exchange.rate()), currency),
                exchange.credited().map(credited -> new Money(billed.amount().multiply(credited), currency)));
    }
}
