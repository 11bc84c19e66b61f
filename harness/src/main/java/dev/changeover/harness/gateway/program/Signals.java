package dev.changeover.harness.gateway.program;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// Signals to processes, sent by the shell's own `kill`.
public final class Signals {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private Signals() {}

    /// @param signal `HUP`, `USR1`
    /// @throws IOException with a sentence, when it was not sent
    public static void send(String signal, long pid, Path log) throws IOException {
        List<String> command = List.of("sh", "-c", "kill -s \"$1\" \"$2\"", "sh", signal, String.valueOf(pid));
        try {
            Ended ended = Program.run(command, Map.of(), log.toAbsolutePath().getParent(), log, PATIENCE);
            if (!ended.equals(new Ended.Exited(0))) {
                throw new IOException("SIG%s could not be sent to pid %d: kill %s; what it printed is in %s"
                        .formatted(signal, pid, ended.text(), log.getFileName()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("SIG%s to pid %d was interrupted".formatted(signal, pid), e);
        }
    }
}
