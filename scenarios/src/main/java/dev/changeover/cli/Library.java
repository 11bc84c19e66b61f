package dev.changeover.cli;

import dev.changeover.harness.scenario.ScenarioException;
import dev.changeover.harness.scenario.ScenarioParser;
import dev.changeover.harness.scenario.Setting;
import dev.changeover.harness.scenario.Suggestion;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The folder of ready-made scenarios, and how a scenario is found by name or by file.
final class Library {

    private static final String SUFFIX = ".yaml";

    private final Path folder;

    Library(Path folder) {
        this.folder = folder;
    }

    /// Where the launcher says that it is; `scenarios/library` below the working directory otherwise.
    static Library standard() {
        return new Library(Path.of(System.getProperty("changeover.library", "scenarios/library")));
    }

    /// Every scenario of the library, by name.
    List<String> names() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(SUFFIX))
                    .map(name -> name.substring(0, name.length() - SUFFIX.length()))
                    .sorted(Comparator.naturalOrder())
                    .toList();
        } catch (IOException e) {
            throw new UserError("%s: the library of scenarios cannot be read (%s)%n    start it by ./changeover"
                    .formatted(folder, e));
        }
    }

    /// Reads a scenario of the library, wherever it is to be run.
    ///
    /// @throws ScenarioException with every problem found in it
    ScenarioParser.Parsed read(String name) throws ScenarioException {
        Path file = locate(name);
        return ScenarioParser.parse(text(file), file.toString(), base(file), List.of());
    }

    /// Reads a scenario that is to be run: a file, or else a name of the library.
    ///
    /// @throws ScenarioException with every problem found in it, and with what it lacks on this machine
    ScenarioParser.Parsed readToRun(String nameOrFile, List<Setting> settings) throws ScenarioException {
        Path file = locate(nameOrFile);
        return ScenarioParser.parseToRun(text(file), file.toString(), base(file), settings, System.getenv());
    }

    /// What a pattern with `*` or `?` stands for; anything else for itself.
    List<String> matching(String nameOrPattern) {
        boolean pattern = nameOrPattern.contains("*") || nameOrPattern.contains("?");
        if (!pattern || Files.isRegularFile(Path.of(nameOrPattern))) {
            return List.of(nameOrPattern);
        }
        Pattern wanted = Pattern.compile(
                Pattern.quote(nameOrPattern).replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q"));
        List<String> found =
                names().stream().filter(name -> wanted.matcher(name).matches()).toList();
        if (found.isEmpty()) {
            throw new UserError("%s: matches no scenario of the library%n    the library has: %s"
                    .formatted(nameOrPattern, String.join(", ", names())));
        }
        return found;
    }

    private static Path base(Path file) {
        return file.toAbsolutePath().getParent();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (CharacterCodingException e) {
            throw new UserError("%s: not a text file in UTF-8".formatted(file), e);
        } catch (IOException e) {
            throw new UserError("%s: cannot be read (%s)".formatted(file, e), e);
        }
    }

    private Path locate(String nameOrFile) {
        Path file = Path.of(nameOrFile);
        if (Files.isRegularFile(file)) {
            return file;
        }
        Path inLibrary = folder.resolve(nameOrFile + SUFFIX);
        boolean isName = file.getNameCount() == 1 && !nameOrFile.endsWith(SUFFIX);
        if (isName && Files.isRegularFile(inLibrary)) {
            return inLibrary;
        }
        throw new UserError("%s: no such file, nor a scenario of the library%n    %s"
                .formatted(nameOrFile, Suggestion.among(names(), nameOrFile)));
    }
}
