package dev.changeover.reports.claims;

import dev.changeover.harness.scenario.Claim;
import dev.changeover.harness.scenario.Scenario;
import dev.changeover.reports.claims.Expression.Result;
import java.util.ArrayList;
import java.util.List;

/// What is wrong with the expressions of a scenario's claims, found before anything is sent.
public final class ClaimProblems {

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
                            .formatted(i, test.compute(), e.at(), e.getMessage(), e.remedy()));
                }
            }
        }
        return problems;
    }
}
