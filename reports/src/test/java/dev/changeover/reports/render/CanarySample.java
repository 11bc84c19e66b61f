package dev.changeover.reports.render;

import dev.changeover.harness.gate.Judge;
import dev.changeover.harness.history.History;
import dev.changeover.harness.scenario.Alerts;
import dev.changeover.harness.scenario.Claim;
import dev.changeover.harness.scenario.Cost;
import dev.changeover.harness.scenario.GateSpec;
import dev.changeover.harness.scenario.Metric;
import dev.changeover.harness.scenario.Provider;
import dev.changeover.harness.scenario.Rollback;
import dev.changeover.harness.scenario.Rollout;
import dev.changeover.harness.scenario.Scenario;
import dev.changeover.harness.units.Arm;
import dev.changeover.harness.units.Share;
import dev.changeover.reports.claims.Books;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A canary that was rolled back, with everything else that a report can tell of: alerts, claims, costs.
final class CanarySample {

    private CanarySample() {}

    static Samples sample() {
        return sample(Optional.empty());
    }

    /// @param exchange the new provider bills in another currency
    static Samples sample(Optional<Cost.Exchange> exchange) {
        Scenario plain = Samples.failover().judgement().scenario();
        Scenario scenario = new Scenario(
                "region-outage-failover.good",
                "A canary with gates between its phases; the new provider breaks in the third.",
                plain.traffic(),
                Map.of(
                        Arm.OLD, priced(plain, "2", "8.00", "USD"),
                        Arm.NEW,
                                priced(
                                        plain,
                                        "0.28",
                                        "0.42",
                                        exchange.map(Cost.Exchange::from).orElse("USD"))),
                plain.gateway(),
                plain.toxiproxy(),
                List.of(),
                Optional.of(new Rollout(
                        Duration.ofSeconds(30),
                        List.of(new Share(0.1), new Share(0.3), new Share(0.5), new Share(1)),
                        new Rollout.Hold.For(Duration.ofSeconds(50)),
                        Rollout.Sticky.CONVERSATION,
                        Rollout.Decider.EVIDENCE,
                        Rollout.Tolerated.DEFAULT)),
                Optional.of(new Rollback(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(new Rollback.Verify(new Share(1), true, true, Duration.ofSeconds(10))))),
                plain.objectives(),
                List.of(
                        new GateSpec(Metric.LOST, new GateSpec.Limit.Max(0), true),
                        new GateSpec(Metric.ERROR_RATE, new GateSpec.Limit.Max(0.05), true)),
                new Alerts(
                        Optional.empty(),
                        List.of(
                                rule("slow answers", Alerts.Signal.LATENCY_P95, 20_000),
                                rule("errors", Alerts.Signal.ERROR_RATE, 0.02))),
                Optional.of(new Cost(
                        36_000_000,
                        Optional.of(new Cost.Migration(new BigDecimal("8"), new BigDecimal("100"))),
                        Optional.of("USD"),
                        exchange)),
                List.of(
                        arithmetic("4,200 USD for 10 million tokens", "10M * new.output / 1M", "4200", "USD"),
                        arithmetic("42,240 USD saved a year", "12 * (4200 - 680)", "42240", "USD"),
                        new Claim(
                                "average latency below 50 ms",
                                new Claim.Test.Measured(
                                        Claim.Whose.NEW, Metric.LATENCY_MEAN, new GateSpec.Limit.Max(50))),
                        new Claim(
                                "no more than five requests are lost",
                                new Claim.Test.Measured(Claim.Whose.GATEWAY, Metric.LOST, new GateSpec.Limit.Max(5))),
                        new Claim(
                                "three large customers trust us again",
                                new Claim.Test.Untestable("no harness can see trust"))),
                Optional.empty(),
                7);
        History history = SampleHistories.canary();
        return new Samples(Judge.judge(scenario, history), history);
    }

    /// The new provider bills in CNY and credits them as USD.
    static Samples credited() {
        return sample(Optional.of(new Cost.Exchange(
                "CNY", new BigDecimal("0.14"), LocalDate.of(2026, 1, 15), Optional.of(BigDecimal.ONE))));
    }

    private static Provider priced(Scenario plain, String input, String output, String currency) {
        return new Provider(
                plain.providers().get(Arm.OLD).source(),
                Map.of("gpt-4.1", "gpt-4.1"),
                Optional.of(Books.price(input, output, currency)));
    }

    private static Alerts.Rule rule(String name, Alerts.Signal signal, double above) {
        return new Alerts.Rule(name, signal, above, Duration.ofSeconds(5), Duration.ofSeconds(5));
    }

    private static Claim arithmetic(String says, String compute, String value, String unit) {
        return new Claim(
                says,
                new Claim.Test.Arithmetic(
                        compute, Claim.Relation.EQUALS, new BigDecimal(value), BigDecimal.ZERO, Optional.of(unit)));
    }
}
