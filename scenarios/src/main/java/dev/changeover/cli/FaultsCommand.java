package dev.changeover.cli;

import dev.changeover.harness.scenario.Suggestion;
import dev.changeover.toxics.catalog.Catalog;
import dev.changeover.toxics.catalog.CatalogFault;
import dev.changeover.toxics.catalog.FaultDocumentation;
import dev.changeover.toxics.catalog.FaultPage;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(name = "faults", description = "Lists the catalog of faults, or explains one.")
final class FaultsCommand implements Callable<Integer> {

    @Parameters(paramLabel = "NAME", arity = "0..1", description = "The fault to explain.")
    private String name;

    @Option(names = "--markdown", description = "Writes docs/faults.md, which tells of all of them.")
    private boolean markdown;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        out.print(told());
        out.flush();
        return ExitCode.GO;
    }

    private String told() {
        if (markdown && name != null) {
            throw new UserError("--markdown: tells of all faults%n    leave %s out".formatted(name));
        }
        if (markdown) {
            return FaultPage.markdown();
        }
        return name == null ? FaultDocumentation.list(Catalog.groups()) : FaultDocumentation.of(find());
    }

    private CatalogFault find() {
        List<String> known = Catalog.all().stream().map(CatalogFault::name).toList();
        return Catalog.find(name)
                .orElseThrow(() ->
                        new UserError("no fault is named '%s'%n    %s".formatted(name, Suggestion.among(known, name))));
    }
}
