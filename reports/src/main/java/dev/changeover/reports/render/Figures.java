package dev.changeover.reports.render;

import dev.changeover.harness.units.Money;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.DoubleFunction;

/// Numbers as people read them, the same in every place and locale.
final class Figures {

    static final String NONE = "–";
    private static final int SIGNIFICANT = 4;

    private Figures() {}

    static String optional(OptionalDouble value, DoubleFunction<String> show) {
        return value.isPresent() ? show.apply(value.getAsDouble()) : NONE;
    }

    /// `4.21 ms`, `421 ms`, `1.42 s`.
    static String millis(double millis) {
        double size = Math.abs(millis);
        if (size >= 999.5) {
            return decimal(millis / 1000, size >= 99_950 ? 0 : size >= 9_995 ? 1 : 2) + " s";
        }
        return decimal(millis, size >= 99.95 ? 0 : size >= 9.995 ? 1 : 2) + " ms";
    }

    /// `1.23%`; `100%` only when it is all of them.
    static String share(double share) {
        if (share == 1) {
            return "100%";
        }
        return decimal(share * 100, Math.abs(share) < 0.0995 || Math.abs(share) > 0.99 ? 2 : 1) + "%";
    }

    static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count).replace("-", "−");
    }

    /// Exact where that is short, else four significant digits.
    static String money(Money money) {
        BigDecimal amount = money.amount();
        BigDecimal shown = amount.abs().compareTo(BigDecimal.valueOf(100)) >= 0
                ? amount.setScale(0, RoundingMode.HALF_EVEN)
                : amount.round(new MathContext(SIGNIFICANT, RoundingMode.HALF_EVEN));
        if (shown.scale() < 2 && shown.abs().compareTo(BigDecimal.valueOf(100)) < 0) {
            shown = shown.setScale(2, RoundingMode.HALF_EVEN);
        }
        return String.format(Locale.ROOT, "%,." + Math.max(0, shown.scale()) + "f %s", shown, money.currency())
                .replace("-", "−");
    }

    /// A change with its sign: `+12.3%` when relative; points of percent for shares; else the metric's unit.
    static String change(double change, boolean relative, String unit) {
        String sign = change > 0 ? "+" : "";
        if (relative) {
            return sign + decimal(change * 100, 1) + "%";
        }
        return sign + (unit.equals("share") ? decimal(change * 100, 2) + " pp" : inUnit(change, unit));
    }

    /// A value of a gate: its unit is one of those of [dev.changeover.harness.gate.GateResult].
    static String inUnit(double value, String unit) {
        return switch (unit) {
            case "ms" -> millis(value);
            case "share" -> share(value);
            case "requests" -> count(Math.round(value));
            case "ratio" -> decimal(value, 3);
            default -> decimal(value, 4) + " " + unit;
        };
    }

    /// An E-value: past a million it makes no difference how far.
    static String evidence(double value) {
        return value > 1e6 ? "over 1,000,000" : value < 10 ? decimal(value, 2) : count(Math.round(value));
    }

    /// As short as it goes, for attributes and factors: `2`, `33.33`.
    static String plain(double value) {
        return Json.rounded(value, 2).toPlainString();
    }

    /// `4.00 s` -> `4 s`: for what someone wrote, not measured.
    static String withoutZeros(String figure) {
        return figure.replaceFirst("(\\.\\d*?)0+(?=\\D|$)", "$1").replaceFirst("\\.(?=\\D|$)", "");
    }

    static String decimal(double value, int decimals) {
        if (!Double.isFinite(value)) {
            return NONE;
        }
        String text = BigDecimal.valueOf(value)
                .setScale(decimals, RoundingMode.HALF_EVEN)
                .toPlainString();
        return text.replace("-", "−");
    }
}
