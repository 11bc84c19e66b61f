package dev.changeover.cli;

import dev.changeover.harness.rehearsal.ServedProvider;
import dev.changeover.harness.rehearsal.TestbedException;
import dev.changeover.harness.scenario.Provider;
import dev.changeover.harness.scenario.Scenario;
import dev.changeover.harness.scenario.ScenarioException;
import dev.changeover.harness.scenario.ScenarioParser;
import dev.changeover.harness.scenario.SimulatedProfile;
import dev.changeover.harness.units.Arm;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "provider",
        description = "Serves one simulated provider of a scenario to any client, until it is interrupted.")
final class ProviderCommand implements Callable<Integer> {

    private static final int HIGHEST_PORT = 65_535;

    @Mixin
    private ScenarioArguments arguments;

    @Option(
            names = "--arm",
            paramLabel = "ARM",
            defaultValue = "old",
            description = "Which of the two: old or new. ${DEFAULT-VALUE} else.")
    private String arm;

    @Option(
            names = "--listen",
            required = true,
            paramLabel = "PORT",
            description = "Where clients reach it, on the loopback; 0 is a free port.")
    private int port;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws ScenarioException, TestbedException, InterruptedException {
        if (port < 0 || port > HIGHEST_PORT) {
            throw new UserError("--listen %d: no such port%n    write 0 to %d".formatted(port, HIGHEST_PORT));
        }
        Arm which = Arm.of(arm)
                .orElseThrow(() -> new UserError("--arm %s: no such arm%n    write old or new".formatted(arm)));
        List<ScenarioParser.Parsed> read = arguments.read();
        if (read.size() != 1) {
            throw new UserError(
                    "provider serves one of a scenario, got %d scenarios%n    name one".formatted(read.size()));
        }
        Scenario scenario = read.getFirst().scenario();
        try (ServedProvider served = ServedProvider.start(profile(scenario, which), which, scenario.seed(), port)) {
            PrintWriter out = spec.commandLine().getOut();
            out.printf(
                    "provider: http://127.0.0.1:%d/v1 answers as the %s provider of %s%n",
                    served.port(), which.word(), scenario.name());
            out.flush();
            new CountDownLatch(1).await();
        }
        return ExitCode.INTERRUPTED;
    }

    private static SimulatedProfile profile(Scenario scenario, Arm arm) {
        Provider provider = scenario.providers().get(arm);
        if (provider != null && provider.source() instanceof Provider.Source.Simulated(SimulatedProfile profile)) {
            return profile;
        }
        if (provider != null && provider.source() instanceof Provider.Source.Fitted) {
            throw new UserError(
                    "%s: its %s provider is fitted to a measurement, and those are played in runs alone%n    set a named profile: --set providers.%s.simulate.profile=steady"
                            .formatted(scenario.name(), arm.word(), arm.word()));
        }
        throw new UserError(
                "%s: its %s provider is not simulated, or there is none%n    name one that is: --arm %s perhaps"
                        .formatted(scenario.name(), arm.word(), arm.other().word()));
    }
}
