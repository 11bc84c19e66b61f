package dev.changeover.cli;

import dev.changeover.harness.rollout.Approval;
import dev.changeover.harness.units.Share;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/// Asks at the terminal whether a phase is promoted. The changing line stays away until it is settled.
final class TerminalApproval implements Approval {

    private final Terminal terminal;
    private final ProgressLine progress;
    private Optional<Consumer<Answer>> open = Optional.empty();

    TerminalApproval(Terminal terminal, ProgressLine progress) {
        this.terminal = terminal;
        this.progress = progress;
    }

    @Override
    public void ask(Question question, Consumer<Answer> answer) {
        synchronized (this) {
            open = Optional.of(answer);
        }
        progress.pause();
        terminal.print("phase %d of the rollout, %s to new, %s%n"
                .formatted(question.phase() + 1, percent(question.weight()), question.numbers()));
        prompt(question);
        terminal.listen(line -> heard(line, question));
    }

    @Override
    public void withdraw() {
        if (settle().isPresent()) {
            terminal.print("%n    no answer is needed any more%n".formatted());
        }
    }

    private void heard(Optional<String> line, Question question) {
        Optional<Answer> answer = line.isEmpty() ? Optional.of(Answer.HOLD) : read(line.get());
        if (answer.isPresent()) {
            settle().ifPresent(waiting -> waiting.accept(answer.get()));
        } else if (isOpen()) {
            prompt(question);
        }
    }

    private void prompt(Question question) {
        String next =
                question.next().map(weight -> "promote to " + percent(weight)).orElse("promote for good");
        terminal.print("    %s, hold, or roll back? [p/h/r] ".formatted(next));
    }

    /// Whoever waited for the answer, if it is the first.
    private Optional<Consumer<Answer>> settle() {
        Optional<Consumer<Answer>> waiting;
        synchronized (this) {
            waiting = open;
            open = Optional.empty();
        }
        if (waiting.isPresent()) {
            progress.resume();
        }
        return waiting;
    }

    private synchronized boolean isOpen() {
        return open.isPresent();
    }

    private static Optional<Answer> read(String line) {
        return switch (line.strip().toLowerCase(Locale.ROOT)) {
            case "p", "promote" -> Optional.of(Answer.PROMOTE);
            case "h", "hold" -> Optional.of(Answer.HOLD);
            case "r", "roll back", "rollback" -> Optional.of(Answer.ROLL_BACK);
            default -> Optional.empty();
        };
    }

    private static String percent(Share share) {
        return String.format(Locale.ROOT, "%.4g", share.value() * 100).replaceAll("\\.?0+$", "") + "%";
    }
}
