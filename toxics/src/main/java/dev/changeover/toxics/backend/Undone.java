package dev.changeover.toxics.backend;

import com.github.dockerjava.api.exception.NotFoundException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// How it went to undo what a run that died left behind.
///
/// @param isGone whether it is there no longer
/// @param text a sentence for people; empty when it was gone before
record Undone(boolean isGone, Optional<String> text) {

    private static final Duration TO_END = Duration.ofSeconds(3);
    private static final Undone WAS_GONE = new Undone(true, Optional.empty());

    static Undone of(Leftover leftover) {
        try {
            boolean found = switch (leftover) {
                case Leftover.ServerProcess(var seed) -> end(seed);
                case Leftover.Container(var name) -> remove(name);
                case Leftover.SharedProxy proxy -> SharedServer.delete(proxy);
            };
            return found
                    ? new Undone(true, Optional.of(leftover + " was left by a run that died; it is gone now"))
                    : WAS_GONE;
        } catch (IOException | RuntimeException e) {
            return new Undone(
                    false,
                    Optional.of(
                            "%s was left by a run that died and cannot be undone now (%s); the next start tries again"
                                    .formatted(leftover, e.getMessage())));
        }
    }

    private static boolean end(long seed) {
        List<ProcessHandle> servers = ProcessHandle.allProcesses()
                .filter(process -> isStartedWith(process, seed))
                .toList();
        for (ProcessHandle server : servers) {
            server.destroy();
            if (!hasEnded(server)) {
                server.destroyForcibly();
                hasEnded(server);
            }
        }
        return !servers.isEmpty();
    }

    private static boolean isStartedWith(ProcessHandle process, long seed) {
        List<String> arguments = List.of(process.info().arguments().orElse(new String[0]));
        int at = arguments.indexOf("-seed");
        return at >= 0 && at + 1 < arguments.size() && arguments.get(at + 1).equals(Long.toString(seed));
    }

    private static boolean hasEnded(ProcessHandle process) {
        try {
            process.onExit().get(TO_END.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException | ExecutionException _) {
            return false;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static boolean remove(String container) throws IOException {
        try {
            ContainerEngine.client()
                    .removeContainerCmd(container)
                    .withForce(true)
                    .exec();
            return true;
        } catch (NotFoundException _) {
            return false;
        }
    }
}
