package dev.changeover.harness.scenario;

import dev.changeover.harness.scenario.Tree.Branch;
import dev.changeover.harness.scenario.Tree.Entry;
import dev.changeover.harness.scenario.Tree.Leaf;
import dev.changeover.harness.scenario.Tree.Rows;
import dev.changeover.harness.stubs.StubFolder;
import dev.changeover.harness.stubs.StubProblem;
import dev.changeover.harness.units.Arm;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What a scenario needs of the machine that it is run on: its files, its programs, and its secrets.
final class ScenarioFiles {

    private ScenarioFiles() {}

    /// @param root with paths absolute
    /// @param environment its values are never quoted
    static void check(Branch root, Map<String, String> environment, List<Problem> problems) {
        branch(root, "traffic")
                .flatMap(traffic -> leaf(traffic, "trace"))
                .ifPresent(trace -> file(trace, "trace", "name a recording's file", problems));
        for (Arm arm : Arm.values()) {
            branch(root, "providers")
                    .flatMap(providers -> branch(providers, arm.word()))
                    .flatMap(provider -> leaf(provider, "api_key"))
                    .ifPresent(key -> secret(key, environment, problems));
            branch(root, "providers")
                    .flatMap(providers -> branch(providers, arm.word()))
                    .flatMap(provider -> leaf(provider, "wiremock"))
                    .ifPresent(folder -> stubs(folder, problems));
            branch(root, "providers")
                    .flatMap(providers -> branch(providers, arm.word()))
                    .flatMap(provider -> branch(provider, "simulate"))
                    .flatMap(simulate -> branch(simulate, "profile"))
                    .flatMap(profile -> leaf(profile, "from"))
                    .ifPresent(from -> file(from, "measurement", "name a file of measured calls", problems));
        }
        Located.connections(root).forEach(connection -> connection(connection, environment, problems));
        Optional<Branch> gateway = branch(root, "gateway");
        gateway.flatMap(g -> branch(g, "url"))
                .flatMap(url -> leaf(url, "api_key"))
                .ifPresent(key -> secret(key, environment, problems));
        gateway.flatMap(g -> branch(g, "command")).ifPresent(command -> {
            for (Tree item : items(command, "files")) {
                if (item instanceof Branch one) {
                    leaf(one, "template").ifPresent(leaf -> template(leaf, Braces.providers(root), problems));
                }
            }
            for (Tree item : items(command, "needs")) {
                if (item instanceof Leaf program && program.kind() != Tree.Kind.NULL) {
                    onPath(program, environment, problems);
                }
            }
        });
    }

    private static void file(Leaf leaf, String what, String remedy, List<Problem> problems) {
        try {
            Path file = Path.of(leaf.text());
            if (!Files.isRegularFile(file)) {
                String wrong = Files.exists(file) ? "is not a file" : "is not there";
                problems.add(leaf.place().problem("the %s %s %s".formatted(what, file, wrong), remedy));
            } else if (!Files.isReadable(file)) {
                problems.add(leaf.place().problem("the %s %s cannot be read".formatted(what, file), "let it be read"));
            }
        } catch (InvalidPathException _) {
            // told where the path was read
        }
    }

    private static void connection(Branch connection, Map<String, String> environment, List<Problem> problems) {
        branch(connection, "proxy").flatMap(proxy -> leaf(proxy, "credentials")).ifPresent(leaf -> {
            int before = problems.size();
            secret(leaf, environment, problems);
            String name = named(leaf);
            if (problems.size() == before && !name.isEmpty()) {
                tried(
                        leaf,
                        "let it hold user:password",
                        problems,
                        () -> ReadyTransport.Credentials.parse(name, environment.get(name)));
            }
        });
        branch(connection, "trust").ifPresent(trust -> {
            int before = problems.size();
            Optional<Leaf> password = leaf(trust, "password");
            password.ifPresent(leaf -> secret(leaf, environment, problems));
            leaf(trust, "file").ifPresent(leaf -> {
                file(leaf, "trust store", "name a file of certificates: PEM, PKCS12 or JKS", problems);
                if (problems.size() == before) {
                    Optional<String> value = password.map(ScenarioFiles::named).map(environment::get);
                    tried(
                            leaf,
                            "name a file of certificates, PEM, PKCS12 or JKS, and its password",
                            problems,
                            () -> TrustStore.load(Path.of(leaf.text()), value));
                }
            });
        });
    }

    private interface Trial {
        void go() throws IOException;
    }

    private static void tried(Leaf leaf, String remedy, List<Problem> problems, Trial trial) {
        try {
            trial.go();
        } catch (InvalidPathException _) {
            // told where the path was read
        } catch (IOException e) {
            problems.add(leaf.place().problem(e.getMessage(), remedy));
        }
    }

    /// What is wrong in a file of stubs is told with that file's line, the rest with the scenario's.
    private static void stubs(Leaf leaf, List<Problem> problems) {
        try {
            for (StubProblem problem : StubFolder.problems(Path.of(leaf.text()))) {
                boolean ofFolder = problem.place().equals(Path.of(leaf.text()));
                problems.add(
                        ofFolder
                                ? leaf.place().problem(problem.what(), problem.remedy())
                                : new Problem(
                                        problem.place().toString(),
                                        problem.line(),
                                        1,
                                        problem.what(),
                                        problem.remedy()));
            }
        } catch (InvalidPathException _) {
            // told where the path was read
        }
    }

    private static void template(Leaf leaf, Set<String> providers, List<Problem> problems) {
        int before = problems.size();
        file(leaf, "template", "name a file beside the scenario", problems);
        if (problems.size() > before) {
            return;
        }
        try {
            Braces.checkTemplate(leaf, Files.readString(Path.of(leaf.text())), providers, problems);
        } catch (InvalidPathException _) {
            // told where the path was read
        } catch (IOException e) {
            problems.add(leaf.place()
                    .problem(
                            "the template %s cannot be read as UTF-8 text".formatted(leaf.text()),
                            "name a text file in UTF-8"));
        }
    }

    private static void onPath(Leaf program, Map<String, String> environment, List<Problem> problems) {
        try {
            for (String folder : environment.getOrDefault("PATH", "").split(File.pathSeparator)) {
                if (!folder.isEmpty() && Files.isExecutable(Path.of(folder, program.text()))) {
                    return;
                }
            }
        } catch (InvalidPathException _) {
            // not the name of a program, so there is none
        }
        problems.add(program.place()
                .problem(
                        "the program %s is not on the PATH".formatted(program.text()),
                        "install it, or add its folder to the PATH"));
    }

    private static void secret(Leaf leaf, Map<String, String> environment, List<Problem> problems) {
        String name = named(leaf);
        if (!name.isEmpty()) {
            if (environment.getOrDefault(name, "").isBlank()) {
                problems.add(leaf.place()
                        .problem(
                                "the environment variable %s is not set".formatted(name),
                                "export %s=...".formatted(name)));
            }
        }
    }

    /// The variable that a secret is in; empty for a literal, which is told elsewhere.
    private static String named(Leaf leaf) {
        boolean reference = leaf.text().startsWith("${") && leaf.text().endsWith("}");
        return reference ? leaf.text().substring(2, leaf.text().length() - 1) : "";
    }

    private static Optional<Branch> branch(Branch in, String key) {
        return Optional.ofNullable(in.entries().get(key))
                .map(Entry::value)
                .filter(Branch.class::isInstance)
                .map(Branch.class::cast);
    }

    private static List<Tree> items(Branch in, String key) {
        Entry entry = in.entries().get(key);
        return entry != null && entry.value() instanceof Rows rows ? rows.items() : List.of();
    }

    private static Optional<Leaf> leaf(Branch in, String key) {
        return Optional.ofNullable(in.entries().get(key))
                .map(Entry::value)
                .filter(Leaf.class::isInstance)
                .map(Leaf.class::cast)
                .filter(leaf -> leaf.kind() != Tree.Kind.NULL);
    }
}
