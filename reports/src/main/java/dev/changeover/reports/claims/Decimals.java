package dev.changeover.reports.claims;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import org.apache.commons.numbers.fraction.BigFraction;

/// Fractions as people read them: decimals, exact where that is short; `about` says where they are rounded.
final class Decimals {

    private static final int LONGEST_EXACT = 12;
    private static final MathContext ROUNDED = new MathContext(6, RoundingMode.HALF_EVEN);

    private Decimals() {}

    /// `4.2`, `about 0.571429`.
    static String of(BigFraction value) {
        return of(value, LONGEST_EXACT, ROUNDED);
    }

    /// `1000`, `about 1.19`: for how many times one is another.
    static String coarse(BigFraction value) {
        return of(value, 6, new MathContext(3, RoundingMode.HALF_EVEN));
    }

    private static String of(BigFraction value, int longest, MathContext rounded) {
        BigDecimal near = decimal(value);
        boolean exact = ExpressionReader.fraction(near).equals(value);
        return exact && (near.scale() == 0 || near.precision() <= longest)
                ? near.toPlainString()
                : "about " + plain(near.round(rounded)).toPlainString();
    }

    /// Exact where it ends within 34 digits, else to so many.
    static BigDecimal decimal(BigFraction value) {
        return plain(new BigDecimal(value.getNumerator())
                .divide(new BigDecimal(value.getDenominator()), MathContext.DECIMAL128));
    }

    private static BigDecimal plain(BigDecimal value) {
        BigDecimal stripped = value.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }
}
