package dev.changeover.benchmarks.toxiproxy;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The commands that start the servers under test.
final class Programs {

    private static final String NAME = "toxiproxy-server";

    private Programs() {}

    /// As people start it. The working directory is the project's.
    static List<String> embedded() {
        return List.of("./changeover", "toxiproxy");
    }

    /// The real server: `TOXIPROXY_BIN`, else on the PATH, else in Go's bin folder, where it is called `server`.
    static Optional<List<String>> real() {
        Stream<Path> said = Stream.ofNullable(System.getenv("TOXIPROXY_BIN")).map(Path::of);
        Stream<Path> onPath = Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .map(folder -> Path.of(folder).resolve(NAME));
        return Stream.concat(said, Stream.concat(onPath, inGoBin()))
                .filter(Files::isExecutable)
                .findFirst()
                .map(program -> List.of(program.toString()));
    }

    private static Stream<Path> inGoBin() {
        Path bin = Optional.ofNullable(System.getenv("GOBIN"))
                .map(Path::of)
                .or(() -> Optional.ofNullable(System.getenv("GOPATH")).map(p -> Path.of(p, "bin")))
                .orElse(Path.of(System.getProperty("user.home"), "go", "bin"));
        return Stream.of(NAME, "server").map(bin::resolve);
    }
}
