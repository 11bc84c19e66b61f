package dev.changeover.harness.check;

import dev.changeover.harness.history.Event;
import dev.changeover.harness.price.Pricing;
import dev.changeover.harness.scenario.Cost;
import dev.changeover.harness.scenario.Price;
import dev.changeover.harness.scenario.Provider;
import dev.changeover.harness.units.Arm;
import dev.changeover.harness.units.Money;
import dev.changeover.harness.wire.Purpose;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/// Sums each side up.
final class ArmSummaries {

    /// Who answered when no call in the ledger did.
    private static final String UNATTRIBUTED = "unattributed";

    private final Observations observations;

    ArmSummaries(Observations observations) {
        this.observations = observations;
    }

    ArmSummary of(Side side) {
        Counts counts = side.counts();
        return new ArmSummary(
                counts.requests(),
                counts.served(),
                counts.cancelled(),
                counts.errors(),
                counts.lost(),
                counts.all().rate(),
                counts.steady().rate(),
                counts.fault().rate(),
                counts.answerable() == 0
                        ? OptionalDouble.empty()
                        : OptionalDouble.of((double) counts.withinObjectives() / counts.answerable()),
                goodput(counts),
                side.quantiles(Measure.LATENCY),
                side.quantiles(Measure.SERVICE),
                side.quantiles(Measure.TTFT),
                side.quantiles(Measure.ITL),
                side.quantiles(Measure.TPOT),
                tokens(counts),
                servedBy(side),
                total(side).filter(_ -> counts.requests() > 0).map(total -> cost(total, counts.requests())));
    }

    OptionalDouble goodput(Counts counts) {
        double seconds = observations.spanSeconds();
        return seconds > 0 && counts.requests() > 0
                ? OptionalDouble.of(counts.withinObjectives() / seconds)
                : OptionalDouble.empty();
    }

    private static ArmSummary.TokenTotals tokens(Counts counts) {
        return new ArmSummary.TokenTotals(
                counts.inputTokens(),
                counts.outputTokens(),
                counts.cachedTokens(),
                counts.estimatedTokens(),
                counts.countedOutput() == 0
                        ? OptionalDouble.empty()
                        : OptionalDouble.of((double) counts.meteredOutput() / counts.countedOutput()));
    }

    private SortedMap<String, Long> servedBy(Side side) {
        SortedMap<String, Long> by = new TreeMap<>();
        if (!side.name().equals(Observations.GATEWAY)) {
            if (side.counts().served() > 0) {
                by.put(side.name(), side.counts().served());
            }
            return by;
        }
        Join join = observations.join();
        for (int i = 0; i < join.size(); i++) {
            if (join.request(i).outcome().isServed()) {
                int delivered = join.deliveredCall(i);
                by.merge(
                        delivered < 0
                                ? UNATTRIBUTED
                                : join.call(i, delivered).arm().word(),
                        1L,
                        Long::sum);
            }
        }
        return by;
    }

    /// What the providers charge for a side: for an arm what its own answers cost; for the gateway
    /// every call that reached a provider, whatever became of it.
    private Optional<Money> total(Side side) {
        if (!side.name().equals(Observations.GATEWAY)) {
            Counts counts = side.counts();
            return Arm.of(side.name())
                    .flatMap(this::price)
                    .map(price -> Pricing.cost(price, counts.inputTokens(), counts.outputTokens()));
        }
        Optional<Money> sum = Optional.empty();
        for (Arm arm : Arm.values()) {
            long input = 0;
            long output = 0;
            boolean called = false;
            for (Event.UpstreamCall call : observations.history().ledger()) {
                if (call.arm() == arm
                        && call.id().isPresent()
                        && call.id().get().purpose() == Purpose.REQUEST) {
                    called = true;
                    input += call.usage().input().orElse(0);
                    output += call.usage().output().orElse(call.countedOutput().orElse(0));
                }
            }
            if (!called) {
                continue;
            }
            Optional<Price> price = price(arm);
            if (price.isEmpty()
                    || sum.isPresent()
                            && !sum.get().currency().equals(price.get().currency())) {
                return Optional.empty();
            }
            Money cost = Pricing.cost(price.get(), input, output);
            sum = Optional.of(sum.map(cost::plus).orElse(cost));
        }
        return sum;
    }

    private Optional<Price> price(Arm arm) {
        return Optional.ofNullable(observations.scenario().providers().get(arm)).flatMap(Provider::price);
    }

    private ArmSummary.CostSummary cost(Money total, long requests) {
        return new ArmSummary.CostSummary(
                total,
                Optional.of(Pricing.atVolume(total, requests, 1_000)),
                observations
                        .scenario()
                        .cost()
                        .map(Cost::monthlyRequests)
                        .map(volume -> Pricing.atVolume(total, requests, volume)));
    }
}
