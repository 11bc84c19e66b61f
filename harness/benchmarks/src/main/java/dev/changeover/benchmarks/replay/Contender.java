package dev.changeover.benchmarks.replay;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A client that puts the load on a server, as a command.
///
/// @param warmsUpFirst whether requests before t0, which do not count, are part of how it works
record Contender(String name, boolean warmsUpFirst, Command command) {

    static final String OURS = "Changeover";
    static final String WITHOUT_HISTORY = OURS + ", no history";
    static final String GATLING = "Gatling";
    static final String WRK = "wrk";

    private static final Path GATLING_CLASSES = Path.of("scenarios/soak/target/classes");
    private static final double STREAM_SECONDS = 1.1;

    interface Command {
        /// @param folder for files of its own
        List<String> of(Load load, Path folder);
    }

    static Contender changeover() {
        return new Contender(OURS, true, (load, _) -> java(ChangeoverClient.class, load));
    }

    static Contender withoutHistory() {
        return new Contender(WITHOUT_HISTORY, true, (load, _) -> java(ChangeoverClient.class, load.withoutHistory()));
    }

    static Contender jdk() {
        return new Contender("JDK client", false, (load, _) -> java(JdkClient.class, load));
    }

    /// Where the module `scenarios/soak` was built.
    static Optional<Contender> gatling() {
        return Files.isDirectory(GATLING_CLASSES)
                ? Optional.of(new Contender(GATLING, false, Contender::gatling))
                : Optional.empty();
    }

    /// Parses nothing and knows no schedule: the floor.
    static Optional<Contender> wrk() {
        return Pinned.program("wrk")
                .map(program -> new Contender(WRK, false, (load, folder) -> wrk(program, load, folder)));
    }

    /// Both Java clients of this module get the options that the launcher gives to Changeover.
    private static List<String> java(Class<?> main, Load load) {
        List<String> command = new ArrayList<>(List.of(
                java(), "@scenarios/jvm.options", "-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(load.arguments());
        return command;
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /// With the options that its own launchers give to it.
    private static List<String> gatling(Load load, Path folder) {
        List<String> command = new ArrayList<>(List.of(
                java(),
                "-Xmx1g",
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dchangeover.load=" + String.join(" ", load.arguments()),
                "-cp",
                GATLING_CLASSES + ":" + GATLING_CLASSES.resolveSibling("lib") + "/*",
                "io.gatling.app.Gatling",
                "--no-reports",
                "--simulation",
                "dev.changeover.soak.SteadyLoad",
                "--results-folder",
                folder.toString()));
        return command;
    }

    private static List<String> wrk(Path program, Load load, Path folder) {
        Path script = folder.resolve("post.lua");
        try {
            Files.writeString(script, """
                wrk.method = "POST"
                wrk.headers["Content-Type"] = "application/json"
                wrk.body = [==[%s]==]
                """.formatted(new String(load.body(), java.nio.charset.StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        long connections = load.rate() > 0 ? Math.round(load.rate() * STREAM_SECONDS) : Load.CONNECTIONS;
        return Stream.of(
                        program.toString(),
                        "-t1",
                        "-c" + connections,
                        "-d" + (load.warmUpSeconds() + load.totalSeconds()) + "s",
                        "-s" + script,
                        load.url())
                .toList();
    }
}
