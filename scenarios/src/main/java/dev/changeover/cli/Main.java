package dev.changeover.cli;

import dev.changeover.harness.history.HistoryException;
import dev.changeover.harness.recorder.RecorderException;
import dev.changeover.harness.rehearsal.TestbedException;
import dev.changeover.harness.rehearsal.Version;
import dev.changeover.harness.scenario.ScenarioException;
import dev.changeover.harness.trace.TraceException;
import dev.changeover.harness.trace.TraceNotWrittenException;
import dev.changeover.toxics.server.CannotListenException;
import dev.changeover.toxics.server.ProxyFileException;
import java.io.PrintWriter;
import java.util.logging.LogManager;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/// The command `changeover`.
@Command(
        name = "changeover",
        description = "Rehearses a change of LLM provider before anyone makes it.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        versionProvider = Main.ShownVersion.class,
        scope = ScopeType.INHERIT,
        subcommands = {
            RunCommand.class,
            CheckCommand.class,
            ReportCommand.class,
            TraceCommand.class,
            ImportCommand.class,
            RecordCommand.class,
            ProviderCommand.class,
            ScenariosCommand.class,
            FaultsCommand.class,
            ToxiproxyCommand.class,
            SchemaCommand.class,
            AutoComplete.GenerateCompletion.class
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:GO",
            "1:NO_GO",
            "2:bad arguments or input",
            "3:INCONCLUSIVE, an invalid run, or a budget that stopped it",
            "4:the testbed could not be started or kept up, or the disk is full",
            "130:interrupted; the history is kept, everything is undone"
        })
public final class Main {

    @Option(names = "--debug", description = "Show stack traces.", scope = ScopeType.INHERIT)
    private boolean debug;

    private Main() {}

    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    /// What libraries log of misbehaving peers is no concern of users: it is in the history.
    static CommandLine commandLine() {
        LogManager.getLogManager().reset();
        Main main = new Main();
        return new CommandLine(main)
                .setExecutionExceptionHandler((failure, command, _) -> main.explain(failure, command.getErr()))
                .setCaseInsensitiveEnumValuesAllowed(true);
    }

    private int explain(Exception failure, PrintWriter err) {
        if (debug) {
            failure.printStackTrace(err);
        }
        return switch (failure) {
            case UserError e -> say(err, e.getMessage(), ExitCode.BAD_INPUT);
            case ScenarioException e -> say(err, e.getMessage(), ExitCode.BAD_INPUT);
            case TraceNotWrittenException e -> say(err, e.getMessage(), ExitCode.TESTBED_FAILED);
            case TraceException e -> say(err, e.getMessage(), ExitCode.BAD_INPUT);
            case ProxyFileException e -> say(err, e.getMessage(), ExitCode.BAD_INPUT);
            case CannotListenException e -> say(err, e.getMessage(), ExitCode.TESTBED_FAILED);
            case RecorderException e -> say(err, e.getMessage(), ExitCode.TESTBED_FAILED);
            case TestbedException e -> say(err, e.getMessage(), ExitCode.TESTBED_FAILED);
            case HistoryException e -> say(err, e.getMessage(), ExitCode.TESTBED_FAILED);
            default ->
                say(
                        err,
                        "this is a fault of changeover's own: %s%n    run it again with --debug and report what it shows"
                                .formatted(failure),
                        ExitCode.TESTBED_FAILED);
        };
    }

    private static int say(PrintWriter err, String message, int code) {
        err.println(message);
        err.flush();
        return code;
    }

    /// The version as the build wrote it.
    static final class ShownVersion implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"changeover " + Version.TEXT};
        }
    }
}
