package dev.changeover.reports.claims;

import dev.changeover.harness.scenario.Claim;
import dev.changeover.harness.scenario.Scenario;
import dev.changeover.reports.claims.Expression.Result;
import java.util.ArrayList;
import java.util.List;

/// What is wrong with the expressions of a scenario's claims, found before anything is sent.
public final class ClaimProblems {

    private static final int LONG = 100;

    private ClaimProblems() {}

    /// Each with the claim, the character and, on a second line, what to do; empty when every expression can be used.
    public static List<String> of(Scenario scenario) {
        KnownValues known = KnownValues.before(scenario);
        List<String> problems = new ArrayList<>();
        for (int i = 0; i < scenario.claims().size(); i++) {
            Claim claim = scenario.claims().get(i);
            if (claim.test() instanceof Claim.Test.Arithmetic test) {
                try {
                    if (ExpressionReader.read(test.compute()).evaluate(known) instanceof Result.DividesByZero zero) {
                        throw new ExpressionException(zero.at(), "divides by zero", "correct the expression");
                    }
                } catch (ExpressionException e) {
                    problems.add("claims[%d].compute: '%s', at character %d: %s%n    %s"
                            .formatted(i, quoted(test.compute(), e.at()), e.at(), e.getMessage(), e.remedy()));
                }
            }
        }
        return problems;
    }

    /// A long expression by what is about the character, counted from 1, for nobody reads thousands.
    private static String quoted(String expression, int at) {
        if (expression.length() <= LONG) {
            return expression;
        }
        int from = Math.clamp(at - LONG / 2, 0, expression.length() - LONG);
        return (from > 0 ? "..." : "")
                + expression.substring(from, from + LONG)
                + (from + LONG < expression.length() ? "..." : "");
    }
}
