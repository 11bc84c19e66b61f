package dev.changeover.toxics.backend;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;

/// The beginnings of the last lines that a server printed, read as they come so that it never waits for a reader.
final class ServerOutput {

    private static final int LINES = 20;
    private static final int LONGEST_LINE = 300;

    private final Deque<String> last = new ArrayDeque<>();
    private final Thread reader;

    private ServerOutput(InputStream printed) {
        reader = Thread.ofVirtual().name("toxiproxy-output").unstarted(() -> read(printed));
    }

    static ServerOutput of(InputStream printed) {
        ServerOutput output = new ServerOutput(printed);
        output.reader.start();
        return output;
    }

    synchronized boolean says(String text) {
        return last.stream().anyMatch(line -> line.contains(text));
    }

    /// Indented, a line each; says so when there is nothing.
    synchronized String text() {
        return last.isEmpty() ? "\n    (it printed nothing)" : "\n    " + String.join("\n    ", last);
    }

    /// Waits a moment for what a server that has ended still had to say.
    void awaitEnd() {
        try {
            reader.join(1_000);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void read(InputStream printed) {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(printed, StandardCharsets.UTF_8))) {
            StringBuilder line = new StringBuilder();
            for (int read = lines.read(); read >= 0; read = lines.read()) {
                if (read == '\n') {
                    keep(line.toString());
                    line.setLength(0);
                } else if (line.length() <= LONGEST_LINE) {
                    line.append((char) read);
                }
            }
            if (!line.isEmpty()) {
                keep(line.toString());
            }
        } catch (IOException _) {
            // the server is gone, and with it the pipe
        }
    }

    private synchronized void keep(String line) {
        if (last.size() == LINES) {
            last.removeFirst();
        }
        String whole = line.stripTrailing();
        last.addLast(whole.length() > LONGEST_LINE ? whole.substring(0, LONGEST_LINE) + "..." : whole);
    }
}
