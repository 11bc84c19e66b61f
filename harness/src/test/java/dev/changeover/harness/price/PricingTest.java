package dev.changeover.harness.price;

import static org.assertj.core.api.Assertions.assertThat;

import dev.changeover.harness.scenario.Price;
import dev.changeover.harness.units.Money;
import java.math.BigDecimal;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PricingTest {

    private static final Price PRICE =
            new Price(new BigDecimal("0.28"), new BigDecimal("0.42"), "USD", 1_000_000, Optional.empty());

    @Test
    void tokensCostWhatTheListSaysToTheLastDigit() {
        assertThat(Pricing.cost(PRICE, 3, 7)).isEqualTo(Money.parse("0.00000378 USD"));
        assertThat(Pricing.cost(PRICE, 1_000_000_000_000L, 0)).isEqualTo(Money.parse("280000 USD"));
        assertThat(Pricing.cost(PRICE, 0, 0)).isEqualTo(Money.parse("0 USD"));
    }

    @Test
    void aVolumeMultipliesWhatOneRequestCost() {
        assertThat(Pricing.atVolume(Money.parse("0.30 USD"), 3, 36_000_000)).isEqualTo(Money.parse("3600000 USD"));
        assertThat(Pricing.atVolume(Money.parse("1 USD"), 3, 1).amount()).isLessThan(new BigDecimal("0.3334"));
    }
}
