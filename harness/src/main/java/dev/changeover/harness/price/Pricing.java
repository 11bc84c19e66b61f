package dev.changeover.harness.price;

import dev.changeover.harness.scenario.Price;
import dev.changeover.harness.units.Money;
import java.math.BigDecimal;
import java.math.MathContext;

/// From tokens to money, exactly: prices are decimal, and every sum is made of tokens before it is made
/// of money.
public final class Pricing {

    private Pricing() {}

    /// What so many tokens cost. Cached input costs what other input costs, as a price list of one line
    /// says nothing else.
    public static Money cost(Price price, long inputTokens, long outputTokens) {
        BigDecimal perTokens = price.input()
                .multiply(BigDecimal.valueOf(inputTokens))
                .add(price.output().multiply(BigDecimal.valueOf(outputTokens)));
        return new Money(plain(divide(perTokens, price.per())), price.currency());
    }

    /// A total as so much for each of `count`, times `volume`; to 34 digits where the division does not
    /// end.
    public static Money atVolume(Money total, long count, long volume) {
        return new Money(plain(divide(total.amount().multiply(BigDecimal.valueOf(volume)), count)), total.currency());
    }

    private static BigDecimal divide(BigDecimal amount, long by) {
        return amount.divide(BigDecimal.valueOf(by), MathContext.DECIMAL128);
    }

    /// Without trailing zeros or an exponent, so that equal amounts are equal.
    private static BigDecimal plain(BigDecimal amount) {
        BigDecimal stripped = amount.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }
}
