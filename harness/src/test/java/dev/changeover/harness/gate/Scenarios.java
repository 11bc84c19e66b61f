package dev.changeover.harness.gate;

import dev.changeover.harness.scenario.Alerts;
import dev.changeover.harness.scenario.Claim;
import dev.changeover.harness.scenario.Deadlines;
import dev.changeover.harness.scenario.FaultWindow;
import dev.changeover.harness.scenario.GateSpec;
import dev.changeover.harness.scenario.GateSpec.Limit;
import dev.changeover.harness.scenario.Gateway;
import dev.changeover.harness.scenario.Metric;
import dev.changeover.harness.scenario.Objectives;
import dev.changeover.harness.scenario.Price;
import dev.changeover.harness.scenario.Provider;
import dev.changeover.harness.scenario.Rollback;
import dev.changeover.harness.scenario.Rollout;
import dev.changeover.harness.scenario.Scenario;
import dev.changeover.harness.scenario.SimulatedProfile;
import dev.changeover.harness.scenario.Traffic;
import dev.changeover.harness.units.Arm;
import dev.changeover.harness.units.Share;
import dev.changeover.toxics.backend.BackendChoice;
import dev.changeover.toxics.catalog.Catalog;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Little scenarios, as far as judging looks at them.
final class Scenarios {

    private final Map<Arm, Provider> providers = new EnumMap<>(Arm.class);
    private final List<FaultWindow> faults = new ArrayList<>();
    private final List<GateSpec> expect = new ArrayList<>();
    private Gateway gateway = new Gateway.None();
    private BackendChoice toxiproxy = new BackendChoice.Embedded();
    private Objectives objectives = Objectives.NONE;
    private Optional<Rollout> rollout = Optional.empty();
    private Optional<Rollback> rollback = Optional.empty();
    private Alerts alerts = Alerts.NONE;
    private final List<Claim> claims = new ArrayList<>();

    private Scenarios() {
        providers.put(Arm.OLD, provider("2.00", "8.00"));
        providers.put(Arm.NEW, provider("0.28", "0.42"));
    }

    static Scenarios direct() {
        return new Scenarios();
    }

    static Scenarios routing(Arm... route) {
        Scenarios scenarios = new Scenarios();
        scenarios.gateway = new Gateway.Reference(
                List.of(route),
                Deadlines.GATEWAY,
                Gateway.Retry.DEFAULT,
                Optional.empty(),
                Optional.empty(),
                Gateway.Trust.CONTENT);
        scenarios.providers.keySet().retainAll(List.of(route));
        return scenarios;
    }

    /// Behind a program of somebody's, which tells nothing of its tries.
    static Scenarios program() {
        Scenarios scenarios = new Scenarios();
        scenarios.gateway = new Gateway.Command(
                List.of("gateway"),
                Map.of(),
                List.of(),
                List.of(),
                "/v1",
                new Gateway.Ready("/health", Duration.ofSeconds(10)),
                Duration.ofSeconds(5),
                Optional.of("/health"),
                Optional.empty());
        return scenarios;
    }

    Scenarios rollout(Rollout.Decider gate, double... weights) {
        rollout = Optional.of(new Rollout(
                Duration.ofSeconds(10),
                Arrays.stream(weights).mapToObj(Share::new).toList(),
                new Rollout.Hold.For(Duration.ofSeconds(20)),
                Rollout.Sticky.CONVERSATION,
                gate,
                Rollout.Tolerated.DEFAULT));
        return this;
    }

    /// @param atSeconds below zero: only when the evidence says so
    Scenarios rollback(int atSeconds, Rollback.Verify verify) {
        rollback = Optional.of(new Rollback(
                atSeconds < 0 ? Optional.empty() : Optional.of(Duration.ofSeconds(atSeconds)),
                Optional.empty(),
                Optional.of(verify)));
        return this;
    }

    Scenarios alert(Alerts.Signal signal, double above, int windowSeconds, int heldSeconds) {
        List<Alerts.Rule> rules = new ArrayList<>(alerts.rules());
        rules.add(new Alerts.Rule(
                signal.name(), signal, above, Duration.ofSeconds(windowSeconds), Duration.ofSeconds(heldSeconds)));
        alerts = new Alerts(alerts.scrape(), rules);
        return this;
    }

    Scenarios scraping(String path) {
        alerts = new Alerts(Optional.of(new Alerts.Scrape(path, Duration.ofSeconds(1))), alerts.rules());
        return this;
    }

    Scenarios claim(Claim.Whose of, Metric metric, double max) {
        claims.add(new Claim("as good as it gets", new Claim.Test.Measured(of, metric, new Limit.Max(max))));
        return this;
    }

    Scenarios promising(Duration ttft, Duration latency, double errorRate) {
        objectives = new Objectives(Optional.of(ttft), Optional.of(latency), Optional.of(new Share(errorRate)));
        return this;
    }

    Scenarios by(BackendChoice backend) {
        toxiproxy = backend;
        return this;
    }

    Scenarios fault(String name, Arm on) {
        faults.add(new FaultWindow(
                Duration.ofSeconds(10),
                Duration.ofSeconds(10),
                on,
                name,
                Catalog.find(name).orElseThrow().effectOf(Map.of())));
        return this;
    }

    Scenarios margin(Metric metric, double value) {
        expect.add(new GateSpec(metric, new Limit.Margin(value, 0), true));
        return this;
    }

    Scenarios max(Metric metric, double value) {
        expect.add(new GateSpec(metric, new Limit.Max(value), true));
        return this;
    }

    Scenarios min(Metric metric, double value) {
        expect.add(new GateSpec(metric, new Limit.Min(value), true));
        return this;
    }

    Scenarios advisory(Metric metric, double max) {
        expect.add(new GateSpec(metric, new Limit.Max(max), false));
        return this;
    }

    Scenario scenario() {
        return new Scenario(
                "test",
                "",
                new Traffic(
                        Path.of("test.jsonl"),
                        Duration.ZERO,
                        Optional.empty(),
                        1,
                        Share.ALL,
                        Optional.empty(),
                        Deadlines.CALLER,
                        Duration.ZERO),
                providers,
                gateway,
                toxiproxy,
                faults,
                rollout,
                rollback,
                objectives,
                expect,
                alerts,
                Optional.empty(),
                claims,
                Optional.empty(),
                7);
    }

    private static Provider provider(String input, String output) {
        return new Provider(
                new Provider.Source.Simulated(new SimulatedProfile(
                        Duration.ofMillis(100),
                        Duration.ofMillis(200),
                        50,
                        0,
                        Share.NONE,
                        Set.of(),
                        "",
                        SimulatedProfile.Limits.NONE)),
                Map.of(),
                Optional.of(
                        new Price(new BigDecimal(input), new BigDecimal(output), "USD", 1_000_000, Optional.empty())));
    }
}
