package dev.changeover.toxics.server;

import java.util.List;
import java.util.stream.Collectors;

/// A file of proxies that cannot be used, with every problem found in it.
public final class ProxyFileException extends Exception {

    private static final long serialVersionUID = 1;

    private final transient List<ProxyFileProblem> problems;

    ProxyFileException(List<ProxyFileProblem> problems) {
        super(problems.stream().map(ProxyFileProblem::toString).collect(Collectors.joining(System.lineSeparator())));
        this.problems = List.copyOf(problems);
    }

    public List<ProxyFileProblem> problems() {
        return problems;
    }
}
