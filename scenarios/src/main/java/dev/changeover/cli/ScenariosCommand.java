package dev.changeover.cli;

import dev.changeover.harness.scenario.ScenarioException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(name = "scenarios", description = "Lists the library of scenarios.")
final class ScenariosCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws ScenarioException {
        Library library = Library.standard();
        List<String> names = library.names();
        int width = names.stream().mapToInt(String::length).max().orElse(0);
        PrintWriter out = spec.commandLine().getOut();
        for (String name : names) {
            String about = library.read(name).scenario().about();
            out.printf("%-" + width + "s  %s%n", name, about);
        }
        out.flush();
        return ExitCode.GO;
    }
}
