package dev.changeover.cli;

import dev.changeover.harness.scenario.Rollout.Decider;
import dev.changeover.harness.scenario.Scenario;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// The terminal that somebody sits at, even where what is printed goes elsewhere. Whoever listens gets its
/// lines; those that nobody listens to are dropped.
final class Terminal {

    private static final Path CONTROLLING = Path.of("/dev/tty");

    private final BufferedReader in;
    private final PrintWriter out;
    private Consumer<Optional<String>> listener = _ -> {};
    private boolean reading;
    private boolean closed;

    Terminal(BufferedReader in, PrintWriter out) {
        this.in = in;
        this.out = out;
    }

    /// Finds the terminal if one of the scenarios will ask at it.
    ///
    /// @throws UserError when there is none
    static Optional<Terminal> neededBy(List<Scenario> scenarios, Supplier<Optional<Terminal>> find) {
        Optional<Scenario> asking = scenarios.stream()
                .filter(scenario -> scenario.rollout()
                        .filter(rollout -> rollout.gate() == Decider.MANUAL)
                        .isPresent())
                .findFirst();
        if (asking.isEmpty()) {
            return Optional.empty();
        }
        Optional<Terminal> found = find.get();
        if (found.isEmpty()) {
            throw new UserError(
                    "%s: rollout.gate is manual, and there is no terminal to ask at%n    run it in a terminal, or with --set rollout.gate=evidence"
                            .formatted(asking.get().name()));
        }
        return found;
    }

    static Optional<Terminal> find() {
        Console console = System.console();
        if (console != null && console.isTerminal()) {
            return Optional.of(new Terminal(new BufferedReader(console.reader()), console.writer()));
        }
        try {
            Charset charset = Charset.defaultCharset();
            PrintWriter out = new PrintWriter(Files.newBufferedWriter(CONTROLLING, charset), true);
            return Optional.of(new Terminal(Files.newBufferedReader(CONTROLLING, charset), out));
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    void print(String text) {
        out.print(text);
        out.flush();
    }

    /// From now on, until the next who listens. An empty one says that the terminal is gone.
    synchronized void listen(Consumer<Optional<String>> next) {
        listener = next;
        if (closed) {
            next.accept(Optional.empty());
        } else if (!reading) {
            reading = true;
            Thread.ofPlatform().name("terminal").daemon().start(this::read);
        }
    }

    private void read() {
        Optional<String> line;
        do {
            line = nextLine();
            tell(line);
        } while (line.isPresent());
    }

    private Optional<String> nextLine() {
        try {
            return Optional.ofNullable(in.readLine());
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    private synchronized void tell(Optional<String> line) {
        closed = line.isEmpty();
        listener.accept(line);
    }
}
