package dev.changeover.reports.claims;

import dev.changeover.harness.scenario.Suggestion;
import dev.changeover.reports.claims.Expression.Operator;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.apache.commons.numbers.fraction.BigFraction;

/// Reads expressions like `10M * new.output / 1M`:
/// ```
/// sum     = product { ("+" | "-") product }
/// product = factor { ("*" | "/") factor }
/// factor  = "-" factor | "(" sum ")" | number | name
/// number  = digits [ "." digits ] [ "k" | "M" | "B" | "%" ]
/// ```
final class ExpressionReader {

    private static final int LONGEST = 500;
    private static final int DEEPEST = 50;
    private static final String WHAT_IS_EXPECTED = "a number, a name, - or ( is expected";

    private final String text;
    private int at;
    private int depth;

    private ExpressionReader(String text) {
        this.text = text;
    }

    /// @throws ExpressionException with the place of the first mistake
    static Expression read(String text) throws ExpressionException {
        if (text.length() > LONGEST) {
            throw new ExpressionException(
                    LONGEST + 1, "longer than %d characters".formatted(LONGEST), "make two claims of it");
        }
        ExpressionReader reader = new ExpressionReader(text);
        Expression whole = reader.sum();
        if (reader.next() != 0) {
            throw reader.unexpected(reader.next() == ')' ? "no ( is open" : "an operator is expected: + - * /");
        }
        return whole;
    }

    private Expression sum() throws ExpressionException {
        Expression sum = product();
        while (next() == '+' || next() == '-') {
            int place = at + 1;
            Operator operator = text.charAt(at++) == '+' ? Operator.PLUS : Operator.MINUS;
            sum = new Expression.Operation(operator, sum, product(), place);
        }
        return sum;
    }

    private Expression product() throws ExpressionException {
        Expression product = factor();
        while (next() == '*' || next() == '/') {
            int place = at + 1;
            Operator operator = text.charAt(at++) == '*' ? Operator.TIMES : Operator.OVER;
            product = new Expression.Operation(operator, product, factor(), place);
        }
        return product;
    }

    private Expression factor() throws ExpressionException {
        if (++depth > DEEPEST) {
            throw new ExpressionException(at + 1, "nested deeper than %d".formatted(DEEPEST), "write it plainer");
        }
        try {
            char first = next();
            if (first == '-') {
                at++;
                return new Expression.Negative(factor());
            }
            if (first == '(') {
                return parentheses();
            }
            if (digit(first)) {
                return number();
            }
            if (letter(first)) {
                return name();
            }
            throw unexpected(WHAT_IS_EXPECTED);
        } finally {
            depth--;
        }
    }

    private Expression parentheses() throws ExpressionException {
        int opened = ++at;
        Expression inside = sum();
        if (next() != ')') {
            throw next() == 0
                    ? new ExpressionException(opened, "this ( is never closed", "add a )")
                    : unexpected("an operator or ) is expected");
        }
        at++;
        return new Expression.Parentheses(inside);
    }

    private Expression number() throws ExpressionException {
        int start = at;
        digits();
        if (here() == '.') {
            at++;
            if (!digit(here())) {
                throw unexpected("digits are expected after the point");
            }
            digits();
        }
        BigFraction value = fraction(new BigDecimal(text.substring(start, at)));
        BigFraction factor = suffix(here());
        if (factor != null) {
            at++;
        }
        if (letter(here()) || digit(here()) || here() == '.') {
            throw unexpected("after a number comes an operator; its suffixes are k, M, B and %");
        }
        return new Expression.Number(text.substring(start, at), factor == null ? value : value.multiply(factor));
    }

    private void digits() {
        while (digit(here())) {
            at++;
        }
    }

    /// Null where there is none.
    private static BigFraction suffix(char letter) {
        return switch (letter) {
            case 'k' -> BigFraction.of(1_000);
            case 'M' -> BigFraction.of(1_000_000);
            case 'B' -> BigFraction.of(1_000_000_000);
            case '%' -> BigFraction.of(1, 100);
            default -> null;
        };
    }

    private Expression name() throws ExpressionException {
        int start = at;
        while (letter(here()) || digit(here()) || here() == '.') {
            at++;
        }
        String word = text.substring(start, at);
        return ClaimName.of(word)
                .map(Expression.Named::new)
                .orElseThrow(() -> new ExpressionException(
                        start + 1, "unknown name '%s'".formatted(word), Suggestion.among(ClaimName.words(), word)));
    }

    /// The next character that is not a space; 0 at the end.
    private char next() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return here();
    }

    private char here() {
        return at < text.length() ? text.charAt(at) : 0;
    }

    private ExpressionException unexpected(String expected) {
        char found = here();
        if (found == ',') {
            return new ExpressionException(at + 1, "unexpected ','", "write 10000 or 10k, without separators");
        }
        return new ExpressionException(
                at + 1, found == 0 ? "it ends too soon" : "unexpected '" + found + "'", expected);
    }

    static BigFraction fraction(BigDecimal decimal) {
        return decimal.scale() <= 0
                ? BigFraction.of(decimal.toBigIntegerExact())
                : BigFraction.of(decimal.unscaledValue(), BigInteger.TEN.pow(decimal.scale()));
    }

    private static boolean digit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean letter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_';
    }
}
