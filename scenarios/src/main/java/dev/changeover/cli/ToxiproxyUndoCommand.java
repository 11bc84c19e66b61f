package dev.changeover.cli;

import dev.changeover.toxics.backend.Backends;
import dev.changeover.toxics.backend.Clearance;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "undo",
        description = "Undoes what runs that died left behind: Toxiproxy servers, containers, and proxies on shared"
                + " servers. Every run does so when it starts; what runs that live use is left alone.")
final class ToxiproxyUndoCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        Clearance clearance = Backends.ofThisProcess().undoDeadRuns();
        clearance.told().forEach(out::println);
        if (clearance.told().isEmpty()) {
            out.println("nothing to undo");
        }
        out.flush();
        return clearance.isWhole() ? ExitCode.GO : ExitCode.TESTBED_FAILED;
    }
}
