package dev.changeover.harness.scenario;

import java.util.List;
import java.util.stream.Collectors;

/// A scenario that cannot be used, with every problem found in it.
public final class ScenarioException extends Exception {

    private static final long serialVersionUID = 1;

    private final transient List<Problem> problems;

    public ScenarioException(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining(System.lineSeparator())));
        this.problems = List.copyOf(problems);
    }

    public List<Problem> problems() {
        return problems;
    }
}
