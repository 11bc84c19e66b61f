package dev.changeover.harness.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.changeover.harness.history.Event;
import dev.changeover.harness.scenario.Price;
import dev.changeover.harness.units.Arm;
import dev.changeover.harness.units.Money;
import dev.changeover.harness.wire.CallId;
import dev.changeover.harness.wire.Outcome;
import dev.changeover.harness.wire.Purpose;
import dev.changeover.harness.wire.Usage;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class SpendGuardTest {

    private static final Map<Arm, Price> PRICES =
            Map.of(Arm.OLD, new Price(new BigDecimal("2"), new BigDecimal("8"), "USD", 1_000_000, Optional.empty()));

    private final List<Money> cries = new ArrayList<>();
    private final SpendGuard guard = new SpendGuard(PRICES, Money.parse("0.01 USD"), cries::add);

    @Test
    void underTheBudgetItIsSilent() {
        guard.accept(call(Arm.OLD, Usage.of(1000, 1000, 0), OptionalLong.empty()));
        assertThat(cries).isEmpty();
    }

    @Test
    void pastTheBudgetItCriesOnce() {
        guard.accept(call(Arm.OLD, Usage.of(1000, 1000, 0), OptionalLong.empty()));
        guard.accept(call(Arm.OLD, Usage.of(1, 0, 0), OptionalLong.empty()));
        guard.accept(call(Arm.OLD, Usage.of(1_000_000, 0, 0), OptionalLong.empty()));
        assertThat(cries).singleElement().hasToString("0.010002 USD");
    }

    @Test
    void anAnswerWithoutUsageIsCountedByOurOwnCount() {
        guard.accept(call(Arm.OLD, Usage.UNKNOWN, OptionalLong.of(2000)));
        assertThat(cries).singleElement().hasToString("0.016 USD");
    }

    @Test
    void anArmWithoutAPriceCostsNothing() {
        guard.accept(call(Arm.NEW, Usage.of(1_000_000_000, 0, 0), OptionalLong.empty()));
        assertThat(cries).isEmpty();
    }

    private static Event call(Arm arm, Usage usage, OptionalLong counted) {
        return new Event.UpstreamCall(
                Optional.of(new CallId(Purpose.REQUEST, 1)),
                arm,
                "m",
                Optional.of("m"),
                false,
                new Event.Timing(0, 0, OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty(), 1),
                OptionalInt.of(200),
                Outcome.SERVED,
                true,
                usage,
                counted,
                List.of(),
                OptionalLong.empty());
    }
}
