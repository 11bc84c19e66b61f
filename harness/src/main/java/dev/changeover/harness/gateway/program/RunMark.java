package dev.changeover.harness.gateway.program;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// The mark that every process started for a run carries in its environment, and hands down to those that it starts.
/// It finds them when their parents are gone. Read from /proc: on other systems nothing is found by it.
///
/// @param run unique
public record RunMark(String run) {

    private static final String OF_RUN = "CHANGEOVER_RUN";
    private static final String OF_SCRIPT = "CHANGEOVER_SCRIPT";
    private static final Path PROC = Path.of("/proc");

    public static RunMark unique() {
        return new RunMark(UUID.randomUUID().toString());
    }

    /// Variables for the gateway.
    public Map<String, String> forGateway() {
        return Map.of(OF_RUN, run);
    }

    /// Variables for scripts of the user's, whose children may be meant to stay: a gateway started anew.
    public Map<String, String> forScripts() {
        return Map.of(OF_RUN, run, OF_SCRIPT, run);
    }

    /// Living processes of this run, the first started first.
    List<ProcessHandle> processes() {
        return carrying(OF_RUN);
    }

    /// Those of them that a script started and whose parent it did not.
    List<ProcessHandle> startedByScripts() {
        List<ProcessHandle> all = carrying(OF_SCRIPT);
        return all.stream()
                .filter(process -> process.parent().filter(all::contains).isEmpty())
                .toList();
    }

    /// Whether it runs: one that has ended and was not waited for does not.
    static boolean isRunning(ProcessHandle process) {
        return process.isAlive() && !isZombie(process.pid());
    }

    private List<ProcessHandle> carrying(String variable) {
        String wanted = "\0" + variable + "=" + run + "\0";
        List<ProcessHandle> found = new ArrayList<>();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path process : processes) {
                if (environment(process).contains(wanted)) {
                    long pid = Long.parseLong(process.getFileName().toString());
                    ProcessHandle.of(pid).filter(RunMark::isRunning).ifPresent(found::add);
                }
            }
        } catch (IOException _) {
            // no /proc: nothing is found by the mark
        }
        found.remove(ProcessHandle.current());
        found.sort(Comparator.comparing(process -> process.info().startInstant().orElse(Instant.MIN)));
        return found;
    }

    private static String environment(Path process) {
        try {
            return "\0" + new String(Files.readAllBytes(process.resolve("environ")), StandardCharsets.ISO_8859_1);
        } catch (IOException _) {
            return "";
        }
    }

    private static boolean isZombie(long pid) {
        try {
            String stat = Files.readString(PROC.resolve(pid + "/stat"), StandardCharsets.ISO_8859_1);
            return stat.startsWith("Z", stat.lastIndexOf(')') + 2);
        } catch (IOException _) {
            return false;
        }
    }
}
