package dev.changeover.cli;

import dev.changeover.harness.rehearsal.Progress;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// How a run stands: one line that changes on a terminal, a plain line every five seconds where there is none.
final class ProgressLine implements Consumer<Progress> {

    private static final int SECONDS_BETWEEN_PLAIN_LINES = 5;

    private enum Kind {
        SILENT,
        CHANGING,
        PLAIN
    }

    private final PrintWriter out;
    private final Kind kind;
    private int told;
    private boolean paused;

    private ProgressLine(PrintWriter out, Kind kind) {
        this.out = out;
        this.kind = kind;
    }

    static ProgressLine on(PrintWriter out, boolean quiet) {
        boolean terminal = System.console() != null && System.console().isTerminal();
        return new ProgressLine(out, quiet ? Kind.SILENT : terminal ? Kind.CHANGING : Kind.PLAIN);
    }

    @Override
    public synchronized void accept(Progress progress) {
        switch (kind) {
            case SILENT -> {}
            case CHANGING -> {
                if (!paused) {
                    out.print("\r\033[K" + line(progress));
                }
            }
            case PLAIN -> {
                if (told++ % SECONDS_BETWEEN_PLAIN_LINES == 0) {
                    out.println(line(progress));
                }
            }
        }
        out.flush();
    }

    synchronized void say(String text) {
        if (kind != Kind.SILENT) {
            out.println(text);
            out.flush();
        }
    }

    /// Leaves an empty line where the changing one was.
    synchronized void clear() {
        if (kind == Kind.CHANGING) {
            out.print("\r\033[K");
            out.flush();
        }
    }

    /// Until `resume`, the changing line stays away: somebody is being asked where it was.
    synchronized void pause() {
        clear();
        paused = true;
    }

    synchronized void resume() {
        paused = false;
    }

    private static String line(Progress progress) {
        StringBuilder line = new StringBuilder();
        if (progress.atSeconds() < 0) {
            line.append(String.format(Locale.ROOT, "warming up, %.0f s to go", -progress.atSeconds()));
        } else {
            line.append(String.format(
                    Locale.ROOT,
                    "%3.0f/%.0f s  %d/%d done  %.0f/s  %d in flight  p95 %s  %d errors",
                    progress.atSeconds(),
                    progress.spanSeconds(),
                    progress.ended(),
                    progress.planned(),
                    progress.perSecond(),
                    progress.inFlight(),
                    p95(progress),
                    progress.errors()));
        }
        if (!progress.servedBy().isEmpty()) {
            line.append("  served by ")
                    .append(progress.servedBy().entrySet().stream()
                            .sorted(java.util.Map.Entry.comparingByKey())
                            .map(served -> served.getKey() + " " + served.getValue())
                            .collect(Collectors.joining(", ")));
        }
        progress.change().ifPresent(change -> line.append("  ").append(text(change)));
        if (!progress.activeFaults().isEmpty()) {
            line.append("  FAULT ").append(String.join(", ", progress.activeFaults()));
        }
        return line.toString();
    }

    /// `new 30%, phase 2, E 0.84`.
    private static String text(Progress.Change change) {
        List<String> parts = new ArrayList<>();
        if (change.rollingBack()) {
            parts.add("ROLLBACK");
        }
        change.toNew().ifPresent(toNew -> parts.add(String.format(Locale.ROOT, "new %.0f%%", toNew * 100)));
        change.phase().ifPresent(phase -> parts.add("phase " + (phase + 1)));
        change.eValue()
                .ifPresent(value -> parts.add(String.format(Locale.ROOT, value < 10_000 ? "E %.2f" : "E %.0e", value)));
        return String.join(", ", parts);
    }

    private static String p95(Progress progress) {
        return progress.p95Millis().isPresent()
                ? String.format(Locale.ROOT, "%.0f ms", progress.p95Millis().getAsDouble())
                : "-";
    }
}
