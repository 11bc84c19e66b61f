package dev.changeover.cli;

import dev.changeover.harness.scenario.ScenarioSchema;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(name = "schema", description = "Prints the JSON Schema of a scenario, for an editor's completion.")
final class SchemaCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        spec.commandLine().getOut().println(ScenarioSchema.json());
        spec.commandLine().getOut().flush();
        return ExitCode.GO;
    }
}
