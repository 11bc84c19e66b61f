package dev.changeover.harness.stubs;

import com.github.tomakehurst.wiremock.http.RequestMethod;
import com.github.tomakehurst.wiremock.stubbing.StubMapping;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// A folder as WireMock keeps them: `mappings/` with stubs in files of JSON and `__files/` with bodies; or the folder
/// of mappings itself.
public final class StubFolder {

    /// Where the tap calls every provider that is on this machine.
    static final String COMPLETIONS = "/v1/chat/completions";

    private static final int MOST_FILES = 10_000;

    private final Path root;
    private final Path mappings;
    private final List<StubMapping> stubs = new ArrayList<>();
    private final List<StubProblem> problems = new ArrayList<>();

    private StubFolder(Path folder) {
        boolean whole = Files.isDirectory(folder.resolve("mappings"));
        boolean within = !whole && folder.endsWith("mappings");
        this.mappings = whole ? folder.resolve("mappings") : folder;
        this.root = within ? folder.resolveSibling("") : folder;
    }

    /// What is wrong with it; empty when it can be served.
    public static List<StubProblem> problems(Path folder) {
        return read(folder).problems;
    }

    static StubFolder read(Path folder) {
        StubFolder read = new StubFolder(folder);
        read.readAll(folder);
        return read;
    }

    List<StubProblem> problems() {
        return problems;
    }

    /// The folder in which `__files` lies, if there is one.
    Path root() {
        return root;
    }

    /// In the order of the names of their files.
    List<StubMapping> stubs() {
        return stubs;
    }

    private void readAll(Path folder) {
        if (!Files.isDirectory(folder)) {
            String wrong = Files.exists(folder) ? "is not a folder" : "is not there";
            problem(
                    folder,
                    "the folder of stubs %s %s".formatted(folder, wrong),
                    "name a folder of WireMock's mappings");
            return;
        }
        List<Path> files = files(folder);
        for (Path file : files) {
            StubFile.Read read = StubFile.read(file, root.resolve("__files"));
            stubs.addAll(read.stubs());
            problems.addAll(read.problems());
        }
        if (files.isEmpty() && problems.isEmpty()) {
            problem(folder, "the folder of stubs %s holds no .json file".formatted(folder), "put mappings into it");
        } else if (problems.isEmpty() && stubs.stream().noneMatch(StubFolder::answersCompletions)) {
            problem(
                    folder,
                    "no stub in %s answers POST %s".formatted(folder, COMPLETIONS),
                    "give one of them the urlPath " + COMPLETIONS);
        }
    }

    private List<Path> files(Path folder) {
        try (Stream<Path> within = Files.walk(mappings)) {
            List<Path> files = within.filter(Files::isRegularFile)
                    .filter(file -> file.getFileName().toString().endsWith(".json"))
                    .filter(file -> !file.startsWith(root.resolve("__files")))
                    .sorted()
                    .limit(MOST_FILES + 1L)
                    .toList();
            if (files.size() > MOST_FILES) {
                problem(folder, "more than %,d files of stubs".formatted(MOST_FILES), "is this the right folder?");
                return List.of();
            }
            return files;
        } catch (IOException e) {
            problem(folder, "the folder of stubs %s cannot be read".formatted(folder), "let it be read");
            return List.of();
        }
    }

    private static boolean answersCompletions(StubMapping stub) {
        return stub.getRequest().getMethod().match(RequestMethod.POST).isExactMatch()
                && stub.getRequest().getUrlMatcher().match(COMPLETIONS).isExactMatch();
    }

    private void problem(Path place, String what, String remedy) {
        problems.add(new StubProblem(place, 0, what, remedy));
    }
}
