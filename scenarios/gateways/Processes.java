import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Programs of this folder that start each other, and tell by files with process ids where they are.
final class Processes {

    private Processes() {}

    static void writeOwnPid(Path file) throws IOException {
        Files.writeString(file, Long.toString(ProcessHandle.current().pid()));
    }

    /// Starts another program of this folder, writing to where this one writes.
    ///
    /// @param own a class of this folder, started from its source
    static void start(Class<?> own, String program, String... arguments) throws IOException {
        Path folder = Path.of(
                        own.getProtectionDomain().getCodeSource().getLocation().getPath())
                .getParent();
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.add(folder.resolve(program).toString());
        command.addAll(List.of(arguments));
        new ProcessBuilder(command).inheritIO().start();
    }

    /// When this program is told to stop, whoever is named in the file then stops with it.
    static void stopWithThis(Path file) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> named(file).ifPresent(ProcessHandle::destroy)));
    }

    /// This program ends when the one named in the file does, however that happens.
    static void endWith(Path file) {
        named(file)
                .ifPresent(other ->
                        other.onExit().thenRun(() -> Runtime.getRuntime().halt(0)));
    }

    private static Optional<ProcessHandle> named(Path file) {
        try {
            return ProcessHandle.of(Long.parseLong(Files.readString(file).strip()));
        } catch (IOException _) {
            return Optional.empty();
        }
    }
}
