package dev.changeover.harness.rehearsal;

import dev.changeover.harness.history.Event;
import dev.changeover.harness.history.EventSink;
import dev.changeover.harness.price.Pricing;
import dev.changeover.harness.scenario.Price;
import dev.changeover.harness.units.Arm;
import dev.changeover.harness.units.Money;
import java.util.Map;
import java.util.function.Consumer;

/// Adds up what the calls cost at the scenario's prices and cries out, once, past the budget. Simulated arms count
/// too, so that a drill shows what the real run would have cost; answers that a fault made up carry no tokens
/// of the provider, and cost nothing.
final class SpendGuard implements EventSink {

    private final Map<Arm, Price> prices;
    private final Money limit;
    private final Consumer<Money> onExceeded;
    private Money spent;
    private boolean exceeded;

    /// @param onExceeded told what was spent
    SpendGuard(Map<Arm, Price> prices, Money limit, Consumer<Money> onExceeded) {
        this.prices = Map.copyOf(prices);
        this.limit = limit;
        this.spent = Money.zero(limit.currency());
        this.onExceeded = onExceeded;
    }

    @Override
    public synchronized void accept(Event event) {
        if (!exceeded && event instanceof Event.UpstreamCall call && prices.containsKey(call.arm())) {
            long output = call.usage().output().orElse(call.countedOutput().orElse(0));
            spent = spent.plus(
                    Pricing.cost(prices.get(call.arm()), call.usage().input().orElse(0), output));
            if (spent.minus(limit).amount().signum() > 0) {
                exceeded = true;
                onExceeded.accept(spent);
            }
        }
    }
}
