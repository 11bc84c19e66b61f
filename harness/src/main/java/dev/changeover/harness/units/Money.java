package dev.changeover.harness.units;

import java.math.BigDecimal;
import java.util.regex.Pattern;

/// An exact amount of a currency.
///
/// @param currency three capital letters (ISO 4217)
public record Money(BigDecimal amount, String currency) {

    private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");

    public Money {
        if (!CURRENCY.matcher(currency).matches()) {
            throw new IllegalArgumentException("a currency is three capital letters like USD, got '" + currency + "'");
        }
    }

    public static Money zero(String currency) {
        return new Money(BigDecimal.ZERO, currency);
    }

    /// Reads `5 USD`.
    public static Money parse(String text) {
        String[] parts = text.strip().split("\\s+");
        if (parts.length == 2) {
            try {
                return new Money(new BigDecimal(parts[0]), parts[1]);
            } catch (NumberFormatException _) {
                // said below, with the text
            }
        }
        throw new IllegalArgumentException("'%s' is not an amount of money; write 5 USD".formatted(text));
    }

    /// @throws IllegalArgumentException when the currencies differ: converting takes a rate and a date
    public Money plus(Money other) {
        requireSameCurrency(other);
        return new Money(amount.add(other.amount), currency);
    }

    public Money minus(Money other) {
        requireSameCurrency(other);
        return new Money(amount.subtract(other.amount), currency);
    }

    public Money times(BigDecimal factor) {
        return new Money(amount.multiply(factor), currency);
    }

    private void requireSameCurrency(Money other) {
        if (!currency.equals(other.currency)) {
            throw new IllegalArgumentException("cannot add %s to %s".formatted(other.currency, currency));
        }
    }

    @Override
    public String toString() {
        return amount.toPlainString() + " " + currency;
    }
}
