package dev.changeover.toxics.backend;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// Where `toxiproxy-server` is on this machine: where `TOXIPROXY_BIN` says, on the PATH, or where Go installs it.
///
/// @param environment of the process
record BinarySearch(Map<String, String> environment) {

    private static final String NAME = "toxiproxy-server";
    /// What `go install` calls it, after the folder of its source.
    private static final String GO_NAME = "server";
    private static final String HOW_TO_INSTALL = """
        install it (https://github.com/Shopify/toxiproxy#1-installing-toxiproxy), as with
            go install github.com/Shopify/toxiproxy/v2/cmd/server@v2.12.0
        or name one with TOXIPROXY_BIN\
        """;

    /// @throws BackendMissingException saying where it was looked for and how to install it
    Path find() throws BackendMissingException {
        String named = environment.getOrDefault("TOXIPROXY_BIN", "");
        if (!named.isEmpty()) {
            Path binary = Path.of(named);
            if (!isProgram(binary)) {
                throw new BackendMissingException(
                        "TOXIPROXY_BIN names %s, which is no program that can be run".formatted(binary));
            }
            return binary;
        }
        return Stream.concat(path().map(folder -> folder.resolve(NAME)), inGoFolders())
                .filter(BinarySearch::isProgram)
                .filter(binary -> !binary.endsWith(GO_NAME) || saysItIsToxiproxy(binary))
                .findFirst()
                .orElseThrow(() -> new BackendMissingException("no %s on the PATH, nor in Go's folders (%s)\n%s"
                        .formatted(
                                NAME,
                                join(goFolders()),
                                HOW_TO_INSTALL.indent(4).stripTrailing())));
    }

    private Stream<Path> path() {
        return folders(environment.getOrDefault("PATH", ""));
    }

    private Stream<Path> inGoFolders() {
        return goFolders().stream().flatMap(folder -> Stream.of(folder.resolve(NAME), folder.resolve(GO_NAME)));
    }

    private List<Path> goFolders() {
        List<Path> folders = new ArrayList<>();
        folders(environment.getOrDefault("GOBIN", "")).forEach(folders::add);
        folders(environment.getOrDefault("GOPATH", ""))
                .map(path -> path.resolve("bin"))
                .forEach(folders::add);
        folders(environment.getOrDefault("HOME", ""))
                .map(home -> home.resolve("go", "bin"))
                .forEach(folders::add);
        return folders.stream().distinct().toList();
    }

    private static Stream<Path> folders(String joined) {
        return Stream.of(joined.split(File.pathSeparator))
                .filter(folder -> !folder.isEmpty())
                .map(Path::of);
    }

    private static boolean isProgram(Path file) {
        return Files.isRegularFile(file) && Files.isExecutable(file);
    }

    /// Any program may be called `server`.
    private static boolean saysItIsToxiproxy(Path binary) {
        try {
            Process process = new ProcessBuilder(binary.toString(), "-version")
                    .redirectErrorStream(true)
                    .start();
            ServerOutput output = ServerOutput.of(process.getInputStream());
            process.getOutputStream().close();
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            output.awaitEnd();
            return output.says(NAME);
        } catch (IOException _) {
            return false;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static String join(List<Path> folders) {
        return String.join(", ", folders.stream().map(Path::toString).toList());
    }
}
