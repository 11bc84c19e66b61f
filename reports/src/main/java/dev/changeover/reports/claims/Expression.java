package dev.changeover.reports.claims;

import java.util.function.Function;
import org.apache.commons.numbers.fraction.BigFraction;

/// An expression of a claim. Values are fractions: nothing is rounded before a person reads it.
sealed interface Expression {

    record Number(String written, BigFraction value) implements Expression {}

    record Named(ClaimName name) implements Expression {}

    record Negative(Expression of) implements Expression {}

    record Parentheses(Expression inside) implements Expression {}

    /// @param at the operator's character, from 1
    record Operation(Operator operator, Expression left, Expression right, int at) implements Expression {}

    enum Operator {
        PLUS("+"),
        MINUS("-"),
        TIMES("*"),
        OVER("/");

        private final String word;

        Operator(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }

    /// What came of it.
    sealed interface Result {

        record Value(BigFraction value) implements Result {}

        /// @param why the name has no value, as a clause
        record Unknown(ClaimName name, String why) implements Result {}

        /// @param at the operator's character, from 1
        record DividesByZero(int at) implements Result {}
    }

    default Result evaluate(KnownValues known) {
        return switch (this) {
            case Number number -> new Result.Value(number.value());
            case Named named -> known.of(named.name());
            case Parentheses parentheses -> parentheses.inside().evaluate(known);
            case Negative negative ->
                switch (negative.of().evaluate(known)) {
                    case Result.Value value -> new Result.Value(value.value().negate());
                    case Result.Unknown unknown -> unknown;
                    case Result.DividesByZero zero -> zero;
                };
            case Operation operation -> evaluate(operation, known);
        };
    }

    /// A division by zero is found even where another part has no value.
    private static Result evaluate(Operation operation, KnownValues known) {
        Result left = operation.left().evaluate(known);
        Result right = operation.right().evaluate(known);
        boolean byZero = operation.operator() == Operator.OVER
                && right instanceof Result.Value divisor
                && divisor.value().signum() == 0;
        if (left instanceof Result.DividesByZero || right instanceof Result.DividesByZero) {
            return left instanceof Result.DividesByZero ? left : right;
        }
        if (byZero) {
            return new Result.DividesByZero(operation.at());
        }
        if (left instanceof Result.Value one && right instanceof Result.Value other) {
            return new Result.Value(apply(operation.operator(), one.value(), other.value()));
        }
        return left instanceof Result.Unknown ? left : right;
    }

    private static BigFraction apply(Operator operator, BigFraction left, BigFraction right) {
        return switch (operator) {
            case PLUS -> left.add(right);
            case MINUS -> left.subtract(right);
            case TIMES -> left.multiply(right);
            case OVER -> left.divide(right);
        };
    }

    /// As it was written, but for spaces.
    default String written() {
        return show("*", Number::written, ClaimName::word);
    }

    /// With every number in full and every name's value in its place; a name without one stays.
    default String filled(KnownValues known) {
        return show("x", number -> Decimals.of(number.value()), name -> switch (known.of(name)) {
            case Result.Value value -> Decimals.of(value.value());
            case Result.Unknown _, Result.DividesByZero _ -> name.word();
        });
    }

    private String show(String times, Function<Number, String> numbers, Function<ClaimName, String> names) {
        return switch (this) {
            case Number number -> numbers.apply(number);
            case Named named -> names.apply(named.name());
            case Parentheses parentheses -> "(" + parentheses.inside().show(times, numbers, names) + ")";
            case Negative negative -> "-" + negative.of().show(times, numbers, names);
            case Operation operation ->
                "%s %s %s"
                        .formatted(
                                operation.left().show(times, numbers, names),
                                operation.operator() == Operator.TIMES
                                        ? times
                                        : operation.operator().word(),
                                operation.right().show(times, numbers, names));
        };
    }
}
