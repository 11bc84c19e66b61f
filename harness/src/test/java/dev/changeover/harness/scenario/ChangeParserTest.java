package dev.changeover.harness.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.changeover.harness.scenario.GateSpec.Limit;
import dev.changeover.harness.units.Arm;
import dev.changeover.harness.units.Share;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ChangeParserTest {

    private static final Scenario CANARY = read(ChangeExamples.CANARY);

    private static Scenario read(String yaml, String... settings) {
        try {
            return Examples.parse(yaml, settings).scenario();
        } catch (ScenarioException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void theReferenceGatewayIsReadWhole() {
        assertThat(CANARY.gateway())
                .isEqualTo(new Gateway.Reference(
                        List.of(Arm.OLD, Arm.NEW),
                        Optional.empty(),
                        Map.of("deepseek-chat", List.of("gpt-4.1", "claude-sonnet-4-5")),
                        Deadlines.GATEWAY,
                        new Gateway.Retry(
                                3,
                                Duration.ofMillis(200),
                                Optional.of(Duration.ofSeconds(10)),
                                2,
                                Gateway.Retry.Jitter.FULL,
                                Gateway.Retry.On.ANY,
                                Gateway.Retry.Scope.CANDIDATE,
                                false),
                        Optional.of(new Gateway.Breaker(5, Duration.ofMinutes(1), 3)),
                        Optional.of(new Gateway.Health(Duration.ofSeconds(30), Duration.ofSeconds(5))),
                        Gateway.Trust.CONTENT,
                        Optional.of(new Gateway.Limits(
                                OptionalLong.of(1000), OptionalLong.of(100_000), 100, Duration.ofSeconds(10))),
                        Optional.of(new Gateway.Cache(Duration.ofHours(1), Gateway.Cache.Key.MESSAGES)),
                        Gateway.HealthPage.BLIND));
    }

    @Test
    void theRolloutAndTheWayBackAreReadWhole() {
        assertThat(CANARY.rollout())
                .contains(new Rollout(
                        Duration.ofSeconds(30),
                        List.of(new Share(0.1), new Share(0.3), new Share(0.5), Share.ALL),
                        new Rollout.Hold.For(Duration.ofSeconds(90)),
                        Rollout.Sticky.REQUEST,
                        Rollout.Decider.CALENDAR,
                        new Rollout.Tolerated(1.5, 3)));
        assertThat(CANARY.rollback())
                .contains(new Rollback(
                        Optional.of(Duration.ofMinutes(8)),
                        Optional.of(new Rollback.Script(
                                List.of("sh", "/library/rollback.sh"), Map.of("A", "b"), Duration.ofSeconds(60))),
                        Optional.of(new Rollback.Verify(Share.ALL, true, false, Duration.ofSeconds(10)))));
    }

    @Test
    void whatARolloutDoesNotSayIsTheCautiousThing() {
        assertThat(read(ChangeExamples.COMMAND).rollout())
                .contains(new Rollout(
                        Duration.ZERO,
                        List.of(new Share(0.5), Share.ALL),
                        new Rollout.Hold.Requests(500),
                        Rollout.Sticky.CONVERSATION,
                        Rollout.Decider.EVIDENCE,
                        Rollout.Tolerated.DEFAULT));
    }

    @Test
    void alertsAndCostsAreReadWhole() {
        assertThat(CANARY.alerts())
                .isEqualTo(new Alerts(
                        Optional.of(new Alerts.Scrape("/metrics", Duration.ofSeconds(15))),
                        List.of(
                                new Alerts.Rule(
                                        "LatencyHigh",
                                        Alerts.Signal.LATENCY_P95,
                                        100,
                                        Duration.ofMinutes(1),
                                        Duration.ofMinutes(5)),
                                new Alerts.Rule(
                                        "Errors", Alerts.Signal.ERROR_RATE, 0.05, Duration.ofMinutes(1), Duration.ZERO),
                                new Alerts.Rule(
                                        "Down",
                                        Alerts.Signal.DOWN,
                                        0,
                                        Duration.ofSeconds(30),
                                        Duration.ofMinutes(1)))));
        assertThat(CANARY.cost())
                .contains(new Cost(
                        36_000_000,
                        Optional.of(new Cost.Migration(new BigDecimal("8"), new BigDecimal("100"))),
                        Optional.of("USD"),
                        Optional.of(new Cost.Exchange(
                                "CNY",
                                new BigDecimal("0.14"),
                                LocalDate.of(2026, 1, 15),
                                Optional.of(BigDecimal.ONE)))));
    }

    @Test
    void aClaimIsDecidedByTheRunByArithmeticOrNotHere() {
        assertThat(CANARY.claims())
                .extracting(Claim::test)
                .containsExactly(
                        new Claim.Test.Measured(Claim.Whose.NEW, Metric.LATENCY_MEAN, new Limit.Max(50)),
                        new Claim.Test.Measured(Claim.Whose.GATEWAY, Metric.RECOVERY_TIME, new Limit.Max(30_000)),
                        new Claim.Test.Arithmetic(
                                "10M * new.output / 1M",
                                Claim.Relation.EQUALS,
                                new BigDecimal("4200"),
                                new BigDecimal("0.05"),
                                Optional.of("USD")),
                        new Claim.Test.Arithmetic(
                                "1 - new.output / old.output",
                                Claim.Relation.MIN,
                                new BigDecimal("0.5"),
                                BigDecimal.ZERO,
                                Optional.empty()),
                        new Claim.Test.Untestable("Changeover does not judge what answers mean."));
    }

    @Test
    void aGatewayThatIsAProgramIsReadWhole() {
        assertThat(read(ChangeExamples.COMMAND).gateway())
                .isEqualTo(new Gateway.Command(
                        List.of("{{java}}", "/library/../gateways/EdgeChat.java", "{{port}}"),
                        Map.of("UPSTREAM", "{{new.url}}"),
                        List.of(new Gateway.ConfigFile(
                                Path.of("/library/relay.properties"), Path.of("relay.properties"))),
                        List.of("curl"),
                        "/v1",
                        new Gateway.Ready("/health", Duration.ofSeconds(30)),
                        Duration.ofSeconds(5),
                        Optional.of("/health"),
                        Optional.of(
                                new Gateway.WeightMeans.Http("PUT", "/admin/weights", "{\"new\": {{weight.new}}}"))));
        assertThat(read(ChangeExamples.COMMAND).rollback().orElseThrow().verify())
                .as("a gateway with files has a configuration to put back")
                .contains(new Rollback.Verify(Share.ALL, true, true, Duration.ofSeconds(10)));
    }

    @Test
    void aGatewayThatRunsAlreadyIsReadWhole() {
        Scenario running = read(ChangeExamples.URL);

        assertThat(running.gateway())
                .isEqualTo(new Gateway.Url(
                        URI.create("http://127.0.0.1:4000/v1"),
                        Optional.of("GATEWAY_KEY"),
                        Optional.of("/health"),
                        Optional.of(new Gateway.WeightMeans.Run(
                                List.of("sh", "set.sh", "{{weight.new}}"), Duration.ofSeconds(10)))));
        assertThat(running.providers().get(Arm.NEW).listen()).isEqualTo(OptionalInt.of(18002));
    }

    @Test
    void aGatewayIsToldWeightsByASignalOrWatchesItsFiles() {
        assertThat(weights("gateway.command.weights={reload: USR2}"))
                .contains(new Gateway.WeightMeans.Reload(Optional.of("USR2")));
        assertThat(weights("gateway.command.weights={reload: watch}"))
                .contains(new Gateway.WeightMeans.Reload(Optional.empty()));
    }

    private static Optional<Gateway.WeightMeans> weights(String setting) {
        return ((Gateway.Command) read(ChangeExamples.COMMAND, setting).gateway()).weights();
    }

    @Test
    void aSplitStaysWithTheConversation() {
        Gateway.Reference gateway = (Gateway.Reference)
                read(Examples.FAILOVER, "gateway.reference.split={new: 10%}").gateway();

        assertThat(gateway.split()).contains(new Gateway.Split(new Share(0.1), Rollout.Sticky.CONVERSATION));
    }

    @Test
    void theFolderIsThatOfTheScenarioWhereverItIsReadAgain() throws ScenarioException {
        for (String yaml : List.of(ChangeExamples.CANARY, ChangeExamples.COMMAND, ChangeExamples.URL)) {
            ScenarioParser.Parsed first = Examples.parse(yaml);
            ScenarioParser.Parsed second =
                    ScenarioParser.parse(first.resolvedYaml(), "again", Path.of("/elsewhere"), List.of());

            assertThat(second.scenario()).isEqualTo(first.scenario());
            assertThat(second.resolvedYaml()).isEqualTo(first.resolvedYaml());
            assertThat(second.warnings()).isEqualTo(first.warnings());
            assertThat(second.resolvedYaml()).doesNotContain("{{folder}}", "/elsewhere");
        }
    }

    @Test
    void aFolderInASettingIsWhereTheSettingWasGiven() {
        Gateway.Command gateway = (Gateway.Command) read(
                        ChangeExamples.COMMAND,
                        "gateway.command.run=['{{folder}}/relay']",
                        "gateway.command.files=[{template: other.properties, to: relay.properties}]")
                .gateway();

        assertThat(gateway.run()).containsExactly("/here/relay");
        assertThat(gateway.files().getFirst().template()).isEqualTo(Path.of("/here/other.properties"));
    }
}
