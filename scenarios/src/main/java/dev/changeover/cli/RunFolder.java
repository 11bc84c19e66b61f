package dev.changeover.cli;

import dev.changeover.harness.scenario.Scenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/// The folder of one run and what lies where in it.
///
/// @param path absolute
record RunFolder(Path path) {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT);

    /// Makes a folder for a new run.
    ///
    /// @param asked where; null for a new one below `runs`
    static RunFolder create(Path asked, Scenario scenario) {
        return make(
                asked != null
                        ? asked
                        : Path.of("runs", LocalDateTime.now().format(TIME) + "-" + safe(scenario.name())));
    }

    /// Makes a folder for each of several new runs, named after the scenario; those of one name are numbered.
    ///
    /// @param asked new or empty, where they all go; null for new ones below `runs`
    static List<RunFolder> createEach(Path asked, List<Scenario> scenarios) {
        String time = LocalDateTime.now().format(TIME);
        if (asked != null) {
            make(asked);
        }
        Map<String, Integer> taken = new HashMap<>();
        List<RunFolder> folders = new ArrayList<>();
        for (Scenario scenario : scenarios) {
            String name = safe(scenario.name());
            int number = taken.merge(name, 1, Integer::sum);
            String numbered = number == 1 ? name : name + "-" + number;
            folders.add(make(asked != null ? asked.resolve(numbered) : Path.of("runs", time + "-" + numbered)));
        }
        return folders;
    }

    private static String safe(String scenario) {
        return scenario.replaceAll("[^A-Za-z0-9._-]", "_");
    }

    private static RunFolder make(Path path) {
        try {
            Files.createDirectories(path);
            if (!Files.isWritable(path)) {
                throw new UserError("--out %s: cannot be written to%n    name another folder".formatted(path));
            }
            try (Stream<Path> inside = Files.list(path)) {
                if (inside.findAny().isPresent()) {
                    throw new UserError("--out %s: is not empty%n    name a new folder: a run never overwrites another"
                            .formatted(path));
                }
            }
            return new RunFolder(path.toAbsolutePath().normalize());
        } catch (IOException e) {
            throw new UserError("--out %s: cannot be made (%s)%n    name another folder".formatted(path, e), e);
        }
    }

    /// The folder of a run that was.
    static RunFolder existing(Path path) {
        Path folder = Files.isRegularFile(path) ? path.toAbsolutePath().getParent() : path;
        if (!Files.isDirectory(folder)) {
            throw new UserError(
                    "%s: no such run%n    name a run's folder, like runs/20260115-101500-no-failover".formatted(path));
        }
        RunFolder run = new RunFolder(folder.toAbsolutePath().normalize());
        if (!Files.isRegularFile(run.history())) {
            throw new UserError("%s: no history.jsonl in it%n    name a run's folder".formatted(path));
        }
        return run;
    }

    Path history() {
        return path.resolve("history.jsonl");
    }

    void writeScenario(String resolvedYaml) throws IOException {
        Files.writeString(path.resolve("scenario.yaml"), resolvedYaml);
    }
}
