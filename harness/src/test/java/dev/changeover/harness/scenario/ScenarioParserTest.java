package dev.changeover.harness.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.changeover.harness.scenario.GateSpec.Limit;
import dev.changeover.harness.units.Arm;
import dev.changeover.harness.units.Money;
import dev.changeover.harness.units.Share;
import dev.changeover.toxics.backend.BackendChoice;
import dev.changeover.toxics.catalog.Catalog;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ScenarioParserTest {

    @Test
    void theLoadIsOpenOrClosed() throws ScenarioException {
        assertThat(traffic("traffic.sample=25%", "traffic.cancel=false"))
                .returns(0.25, traffic -> traffic.sample().value())
                .returns(false, Traffic::cancel)
                .returns(Load.AS_RECORDED, Traffic::load);
        assertThat(traffic("traffic.conversations=in-order", "traffic.max_in_flight=50")
                        .load())
                .isEqualTo(new Load.Open(true, OptionalInt.of(50)));
        assertThat(traffic("traffic.concurrency=8").load()).isEqualTo(new Load.Closed(8));
    }

    private static Traffic traffic(String... settings) throws ScenarioException {
        List<Setting> set = Stream.of(settings)
                .map(text -> Setting.parse(text, Examples.FOLDER))
                .toList();
        return ScenarioParser.parse(Examples.COMPARISON, "test.yaml", Examples.FOLDER, set)
                .scenario()
                .traffic();
    }

    @Test
    void theDesignsExampleIsReadWhole() throws ScenarioException {
        Provider old = new Provider(
                new Provider.Source.Simulated(new SimulatedProfile(
                        Duration.ofMillis(420),
                        Duration.ofMillis(650),
                        45,
                        0.1,
                        Share.NONE,
                        Set.of(),
                        "",
                        SimulatedProfile.Limits.NONE)),
                Map.of("gpt-4.1", "gpt-4.1"),
                Optional.of(new Price(new BigDecimal("2"), new BigDecimal("8"), "USD", 1_000_000, Optional.empty())));
        Provider replacement = new Provider(
                new Provider.Source.Real(URI.create("https://api.example.com/v1"), Optional.of("NEW_API_KEY")),
                Map.of("gpt-4.1", "deepseek-chat"),
                Optional.of(new Price(
                        new BigDecimal("0.28"),
                        new BigDecimal("0.42"),
                        "USD",
                        1_000_000,
                        Optional.of(LocalDate.of(2026, 1, 15)))));
        Scenario expected = new Scenario(
                "region-outage-failover",
                "The old provider's region goes dark for 4 hours in a busy afternoon.",
                new Traffic(
                        Path.of("/library/traces/busy.csv"),
                        Duration.ofMinutes(5),
                        Optional.of(Duration.ofMinutes(10)),
                        2,
                        new Share(0.6),
                        Optional.empty(),
                        Deadlines.CALLER,
                        Duration.ofSeconds(3)),
                Map.of(Arm.OLD, old, Arm.NEW, replacement),
                new Gateway.Reference(
                        List.of(Arm.OLD, Arm.NEW),
                        Deadlines.GATEWAY,
                        Gateway.Retry.DEFAULT,
                        Optional.of(new Gateway.Breaker(5, Duration.ofSeconds(60), 3)),
                        Optional.of(new Gateway.Health(Duration.ofSeconds(30), Duration.ofSeconds(5))),
                        Gateway.Trust.CONTENT),
                new BackendChoice.Embedded(),
                List.of(
                        fault(Duration.ofMinutes(2), Duration.ofMinutes(4), Arm.OLD, "region-outage", Map.of()),
                        fault(
                                Duration.ofMinutes(7),
                                Duration.ofSeconds(30),
                                Arm.NEW,
                                "brownout-latency",
                                Map.of("latency", "3s"))),
                Optional.empty(),
                Optional.empty(),
                new Objectives(
                        Optional.of(Duration.ofSeconds(2)),
                        Optional.of(Duration.ofSeconds(30)),
                        Optional.of(new Share(0.01))),
                List.of(
                        new GateSpec(Metric.ERROR_RATE_STEADY, new Limit.Max(0.01), true),
                        new GateSpec(Metric.ERROR_RATE_FAULT, new Limit.Max(0.08), false),
                        new GateSpec(Metric.LOST, new Limit.Max(0), true),
                        new GateSpec(Metric.RECOVERY_TIME, new Limit.Max(30_000), true)),
                Alerts.NONE,
                Optional.of(new Cost(36_000_000)),
                List.of(),
                Optional.of(new Budget(new Money(new BigDecimal("5"), "USD"))),
                7);

        assertThat(Examples.parse(Examples.FAILOVER).scenario()).isEqualTo(expected);
    }

    private static FaultWindow fault(Duration at, Duration length, Arm on, String name, Map<String, String> given) {
        return new FaultWindow(
                at, length, on, name, Catalog.find(name).orElseThrow().effectOf(given));
    }

    @Test
    void aMarginAndALimitMakeTwoGatesAndDefaultMarginsHaveAFloor() throws ScenarioException {
        assertThat(Examples.parse(Examples.COMPARISON).scenario().expect())
                .containsExactly(
                        new GateSpec(Metric.LATENCY_P95, new Limit.Margin(0.15, 3000), true),
                        new GateSpec(Metric.LATENCY_P95, new Limit.Max(20_000), true),
                        new GateSpec(Metric.TTFT_P95, new Limit.Margin(0.2, 0), true),
                        new GateSpec(Metric.ERROR_RATE, new Limit.Margin(0.0025, 0), true));
    }

    @Test
    void theResolvedScenarioReadsBackTheSame() throws ScenarioException {
        for (String yaml : Examples.ALL) {
            ScenarioParser.Parsed first = Examples.parse(yaml, "traffic.speed=3.5x", "about=another sentence");
            ScenarioParser.Parsed second =
                    ScenarioParser.parse(first.resolvedYaml(), "again", Path.of("/elsewhere"), List.of());

            assertThat(second.scenario()).isEqualTo(first.scenario());
            assertThat(second.resolvedYaml()).isEqualTo(first.resolvedYaml());
            assertThat(second.warnings()).isEqualTo(first.warnings());
        }
    }

    @Test
    void namesAndPricesThatLookLikeOtherThingsReadBackTheSame() throws ScenarioException {
        for (String model : List.of("1.50", "1E5", ".nan", "true", "'null'", "007", "'a: b'", "'~'", "-0", "'#1'")) {
            ScenarioParser.Parsed first = Examples.parse(
                    Examples.COMPARISON,
                    "traffic.model=" + model,
                    "providers.old.price={input: 2.50, output: 0.00000012345678901234567, currency: USD}");
            ScenarioParser.Parsed second =
                    ScenarioParser.parse(first.resolvedYaml(), "again", Path.of("/elsewhere"), List.of());

            assertThat(second.scenario()).as(model).isEqualTo(first.scenario());
        }
    }

    @Test
    void secretsStayReferences() throws ScenarioException {
        assertThat(Examples.parse(Examples.FAILOVER).resolvedYaml()).contains("${NEW_API_KEY}");
    }

    @Test
    void settingsReplaceAndCreate() throws ScenarioException {
        Scenario scenario = Examples.parse(
                        Examples.FAILOVER,
                        "traffic.trace=other.csv",
                        "traffic.window.length=20m",
                        "traffic.patience.idle=1s",
                        "faults.0.for=5m",
                        "providers.old.models.gpt-4.1=gpt-5",
                        "providers.new={simulate: {profile: fast}}",
                        "providers.old.simulate.ttft={p50: 2s}")
                .scenario();

        assertThat(scenario.traffic().trace()).isEqualTo(Path.of("/here/other.csv"));
        assertThat(scenario.traffic().length()).contains(Duration.ofMinutes(20));
        assertThat(scenario.traffic().patience().idle()).isEqualTo(Duration.ofSeconds(1));
        assertThat(scenario.faults().getFirst().length()).isEqualTo(Duration.ofMinutes(5));
        assertThat(scenario.providers().get(Arm.OLD).modelFor("gpt-4.1")).isEqualTo("gpt-5");
        assertThat(scenario.providers().get(Arm.NEW).source())
                .isEqualTo(new Provider.Source.Simulated(Profiles.byName().get("fast")));
    }

    @Test
    void problemsInSettingsPointToThem() {
        assertThat(Examples.problems(Examples.FAILOVER, "traffic.sped=3x", "faults.7.for=1m", "seed=many"))
                .containsExactlyInAnyOrder(
                        "--set traffic.sped:0:0 unknown key 'sped'",
                        "--set faults.7.for:0:0 no element '7' in a list of 2",
                        "--set seed:0:0 'many' is not a whole number");
    }

    @Test
    void warningsTellOfLoadAndOfFaultsThatAreOverBeforeABreakerLooksAgain() throws ScenarioException {
        assertThat(Examples.parse(Examples.FAILOVER).warnings())
                .containsExactly(
                        "speed 2x multiplies the load by 2",
                        "brownout-latency lasts 15s of wall time, less than the breaker's open time (1m)",
                        "brownout-latency lasts 15s of wall time, less than the health check's period (30s)");
    }
}
