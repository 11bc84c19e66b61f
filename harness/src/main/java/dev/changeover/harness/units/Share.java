package dev.changeover.harness.units;

import java.math.BigDecimal;

/// A part of a whole, written as a percentage: `60%`.
///
/// @param value 0 to 1
public record Share(double value) {

    public static final Share NONE = new Share(0);
    public static final Share ALL = new Share(1);

    public Share {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException("a share must be 0% to 100%, got " + value * 100 + "%");
        }
    }

    /// @throws IllegalArgumentException quoting the text, when it is not a percentage from 0% to 100%
    public static Share parse(String text) {
        return new Share(fraction(text, "%", "write a percentage like 60%"));
    }

    /// Percentage points, `0.25pp` -> 0.0025.
    public static double parsePoints(String text) {
        return fraction(text, "pp", "write percentage points like 0.25pp");
    }

    /// A percentage that may exceed 100 %, `150%` -> 1.5.
    public static double parseRelative(String text) {
        return fraction(text, "%", "write a percentage like 15%");
    }

    private static double fraction(String text, String unit, String remedy) {
        String stripped = text.strip();
        try {
            if (stripped.endsWith(unit) && !stripped.startsWith("-")) {
                String number = stripped.substring(0, stripped.length() - unit.length());
                return new BigDecimal(number.strip()).movePointLeft(2).doubleValue();
            }
        } catch (NumberFormatException _) {
            // said below, with the text
        }
        throw new IllegalArgumentException("'%s' has no '%s'; %s".formatted(text, unit, remedy));
    }
}
