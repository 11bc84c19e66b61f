package dev.changeover.cli;

import dev.changeover.toxics.catalog.Catalog;
import dev.changeover.toxics.catalog.CatalogFault;
import dev.changeover.toxics.catalog.FaultDocumentation;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(name = "faults", description = "Lists the catalog of faults, or explains one.")
final class FaultsCommand implements Callable<Integer> {

    @Parameters(paramLabel = "NAME", arity = "0..1", description = "The fault to explain.")
    private String name;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        if (name == null) {
            out.print(FaultDocumentation.list(Catalog.groups()));
        } else {
            out.print(FaultDocumentation.of(find()));
        }
        out.flush();
        return ExitCode.GO;
    }

    private CatalogFault find() {
        return Catalog.find(name)
                .orElseThrow(() -> new UserError("no fault is named '%s'%n    the catalog has: %s"
                        .formatted(
                                name,
                                Catalog.all().stream().map(CatalogFault::name).collect(Collectors.joining(", ")))));
    }
}
