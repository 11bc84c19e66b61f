package dev.changeover.cli;

import dev.changeover.harness.recorder.Recorder;
import dev.changeover.harness.recorder.Tally;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/// What `record` says: where to point clients, how it stands, and what it came to.
final class RecordTold {

    private static final int SECONDS_BETWEEN_PLAIN_LINES = 60;

    private final PrintWriter out;
    private final PrintWriter err;
    private final boolean terminal;

    RecordTold(PrintWriter out, PrintWriter err) {
        this.out = out;
        this.err = err;
        this.terminal = System.console() != null && System.console().isTerminal();
    }

    void started(Recorder.Options options, int port) {
        out.printf(
                "record: point base_url at http://127.0.0.1:%d/v1; what goes to %s is recorded in %s (texts: %s)%n",
                port, options.upstream(), options.out(), options.texts().name().toLowerCase(Locale.ROOT));
        out.flush();
    }

    synchronized void cannotWrite(String why) {
        err.printf(
                "%nrecord: the recording cannot be written to and ends here: %s%n"
                        + "    traffic goes on and is not recorded; make room on the disk and start anew%n",
                why);
        err.flush();
    }

    /// Until the process is ended: with 130 after Ctrl-C, with 143 after SIGTERM, and with 4 after either where
    /// something was lost.
    int until(Recorder recorder) throws InterruptedException {
        Thread onInterrupt = Thread.ofPlatform().name("on-interrupt").unstarted(() -> {
            recorder.close();
            Tally.Counts counts = recorder.tally().counts();
            summary(counts);
            if (counts.lost() > 0) {
                Runtime.getRuntime().halt(ExitCode.TESTBED_FAILED);
            }
        });
        try {
            Runtime.getRuntime().addShutdownHook(onInterrupt);
        } catch (IllegalStateException _) {
            // the process is being ended already
            return ExitCode.INTERRUPTED;
        }
        CountDownLatch never = new CountDownLatch(1);
        for (int second = 1; !never.await(1, TimeUnit.SECONDS); second++) {
            if (terminal || second % SECONDS_BETWEEN_PLAIN_LINES == 0) {
                progress(recorder.tally().counts());
            }
        }
        return ExitCode.INTERRUPTED;
    }

    private synchronized void progress(Tally.Counts counts) {
        String line = number("%,d requests of %,d conversations recorded", counts.written(), counts.conversations())
                + (counts.lost() == 0 ? "" : number(", %,d LOST", counts.lost()));
        if (terminal) {
            out.print("\r\033[K" + line);
        } else {
            out.println(line);
        }
        out.flush();
    }

    private synchronized void summary(Tally.Counts counts) {
        out.print(terminal ? "\r\033[K" : "");
        out.println(number(
                "recorded: %,d requests of %,d conversations, %,d bytes in %,d file%s",
                counts.written(),
                counts.conversations(),
                counts.bytes(),
                counts.files(),
                counts.files() == 1 ? "" : "s"));
        if (counts.unanswered() + counts.cancelled() > 0) {
            out.println(number(
                    "    of them %,d whose caller left, and %,d without an answer",
                    counts.cancelled(), counts.unanswered()));
        }
        if (counts.notSampled() > 0) {
            out.println(number("not sampled: %,d requests of other conversations", counts.notSampled()));
        }
        if (!counts.leftOut().isEmpty()) {
            out.println("left out: " + reasons(counts.leftOut()));
        }
        if (counts.passed() > 0) {
            out.println(number("passed on only: %,d requests that are no chat completions", counts.passed()));
        }
        if (counts.lost() > 0) {
            out.println(number("LOST: %,d requests that could not be written", counts.lost()));
        }
        out.flush();
    }

    private static String reasons(Map<String, Long> leftOut) {
        return leftOut.entrySet().stream()
                .map(reason -> number("%,d, %s", reason.getValue(), reason.getKey()))
                .collect(Collectors.joining("; "));
    }

    private static String number(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
