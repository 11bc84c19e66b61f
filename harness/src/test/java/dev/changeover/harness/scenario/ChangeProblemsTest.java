package dev.changeover.harness.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ChangeProblemsTest {

    private static final String DIRECT = """
        scenario: direct
        traffic: { trace: a.csv, window: { length: 10m } }
        providers: { old: { simulate: {} }, new: { simulate: {} } }
        gateway: none
        expect: { lost: { max: 0 } }
        """;

    @Test
    void aChangeWithoutAGatewayIsAProblemAtEachOfItsParts() {
        assertThat(Examples.problems(DIRECT + """
            rollout: { weights: [100%], hold: 1m }
            rollback: { at: 1m }
            alerts: { rules: [ { name: Down, signal: down, window: 1m } ] }
            claims:
              - { says: fast, metric: latency_p50, of: gateway, max: 1s }
            """))
                .containsExactly(
                        "test.yaml:6:10 a rollout needs a gateway that can be told weights",
                        "test.yaml:7:11 a rollback needs a gateway",
                        "test.yaml:8:9 alerts need a gateway",
                        "test.yaml:10:44 of: gateway needs a gateway");
    }

    @Test
    void gatewaysThatCannotBeToldWeightsCannotBeRolledOut() {
        assertThat(Examples.problems(ChangeExamples.CANARY, "gateway.reference.route=[new]"))
                .containsExactly("test.yaml:15:3 a rollout needs a gateway that can be told weights");
        assertThat(Examples.problems(ChangeExamples.COMMAND.replaceFirst("    weights: .*\n", "")))
                .containsExactly(
                        "test.yaml:11:10 a rollout needs a gateway that can be told weights",
                        "test.yaml:12:11 a rollback needs a script, or a gateway that can be told weights");
    }

    @Test
    void aSplitAndARolloutExcludeEachOther() {
        assertThat(Examples.problems(ChangeExamples.CANARY, "gateway.reference.split={new: 10%}"))
                .containsExactly("test.yaml:15:3 a rollout sets the weights that gateway.reference.split would fix");
        assertThat(Examples.problems(
                        Examples.FAILOVER, "gateway.reference.split={new: 10%}", "gateway.reference.route=[old]"))
                .containsExactly("--set gateway.reference.split:0:0 split needs both arms in the route, got [OLD]");
    }

    @Test
    void weightsThatDoNotRiseAreAProblemAtTheWeights() {
        assertThat(Examples.problems(ChangeExamples.CANARY.replace("30%, 50%", "50%, 7%")))
                .singleElement()
                .asString()
                .startsWith("test.yaml:16:12 weights must rise from above 0%");
    }

    @Test
    void phasesAndRollbacksThatTheWindowIsTooShortForAreProblems() {
        assertThat(Examples.problems(ChangeExamples.CANARY, "traffic.window.length=6m"))
                .containsExactly(
                        "test.yaml:17:9 4 phases from 30s on end at 390s, and the window is over at 6m",
                        "test.yaml:22:7 the rollback starts at 8m, and the window is over at 6m");
        assertThat(Examples.problems(ChangeExamples.CANARY, "rollout.at=10m"))
                .containsExactly("--set rollout.at:0:0 the rollout starts at 10m, and the window is over at 10m");
    }

    @Test
    void aRollbackIsSetOffByATimeOrByARollout() {
        assertThat(Examples.problems(DIRECT.replace("none", "{ reference: { route: [old, new] } }")
                        + "rollback: { verify: { within: 10s, configuration: true } }\n"))
                .containsExactly(
                        "test.yaml:6:11 nothing sets this rollback off",
                        "test.yaml:6:51 verify.configuration needs files that the gateway was given");
    }

    @Test
    void whatNeedsAHealthPageSaysSo() {
        assertThat(Examples.problems(
                        ChangeExamples.URL.replaceFirst("    health: .*\n", ""),
                        "rollback.verify={within: 10s}",
                        "alerts={rules: [{name: Down, signal: down, window: 1m}]}",
                        "expect.false_green={max: 0%}"))
                .containsExactly(
                        "--set alerts:0:0 'down' needs the gateway's health page",
                        "--set expect.false_green:0:0 false_green needs the gateway's health page",
                        "--set rollback.verify:0:0 verify.health needs the gateway's health page");
    }

    @Test
    void aGatewayThatRunsAlreadyNeedsKnownPorts() {
        assertThat(Examples.problems(
                        ChangeExamples.URL.replace("listen: 18001", "").replace("18002", "18002, models: {}"),
                        "gateway.url.weights={reload: HUP}"))
                .containsExactlyInAnyOrder(
                        "test.yaml:3:19 a gateway that is running already is pointed at ports that are known: "
                                + "providers.old has none",
                        "--set gateway.url.weights:0:0 reload is for a gateway that we start, and whose files we"
                                + " write");
        assertThat(Examples.problems(ChangeExamples.URL.replace("18002", "18001")))
                .containsExactly("test.yaml:3:81 both providers listen on port 18001");
        assertThat(Examples.problems(ChangeExamples.URL.replace("18002", "70000")))
                .containsExactly("test.yaml:3:81 listen must be a port from 1 to 65535, got 70000");
    }

    @Test
    void aGatewayIsOneOfThreeAndIsToldWeightsInOneWay() {
        assertThat(Examples.problems(ChangeExamples.URL, "gateway.reference={route: [old]}"))
                .containsExactly("test.yaml:6:5 a gateway has more than one of reference, url, command");
        assertThat(Examples.problems(DIRECT, "gateway={}"))
                .containsExactly("--set gateway:0:0 a gateway has none of reference, url, command");
        assertThat(Examples.problems(ChangeExamples.COMMAND, "gateway.command.weights.reload=HUP"))
                .containsExactly(
                        "--set gateway.command.weights.reload:0:0 weights has more than one of http, run, reload");
    }

    @Test
    void namesInBracesThatNothingFillsInAreProblems() {
        assertThat(Examples.problems(
                        ChangeExamples.COMMAND, "gateway.command.env={A: '{{new.ulr}}', B: '{{ .Host }}'}"))
                .containsExactly("--set gateway.command.env:0:0 unknown name {{new.ulr}}");
        assertThat(Examples.problems(DIRECT.replace(", new: { simulate: {} }", "")
                        .replace("none", "{ command: { run: [edge, \"{{new.url}}\"] } }")))
                .containsExactly("test.yaml:4:35 {{new.url}} without a provider 'new'");
    }

    @Test
    void secretsAreForKeysAlone() {
        assertThat(Examples.problems(ChangeExamples.COMMAND, "gateway.command.env={A: '${NEW_API_KEY}'}"))
                .containsExactly("--set gateway.command.env:0:0 '${...}' is only for secrets (api_key)");
        assertThat(Examples.problems(ChangeExamples.URL, "gateway.url.api_key=sk-1"))
                .containsExactly("--set gateway.url.api_key:0:0 a secret must not stand in a scenario");
    }

    @Test
    void aClaimThatMeansNothingHereIsAProblem() {
        assertThat(Examples.problems(DIRECT + """
            claims:
              - { says: a, metric: recovery_time, of: old, max: 30s }
              - { says: b, metric: error_rate, max: 5s }
              - { says: c, metric: error_rate }
              - { says: d, compute: 1 + 1, equals: 2, at_most: 2 }
              - { says: e, compute: 1 + 1, at_most: 2, of: new }
              - { says: f, untestable: taste, metric: lost, max: 1 }
              - { says: g }
            """))
                .containsExactly(
                        "test.yaml:7:24 recovery_time is what clients saw behind the gateway, not what a provider did",
                        "test.yaml:8:41 error_rate is in share: '5s' has no '%'; write a percentage like 60%",
                        "test.yaml:9:5 a measured claim has none of max, min",
                        "test.yaml:10:52 an arithmetic claim has more than one of equals, at_most, at_least",
                        "test.yaml:11:48 'of' has no use beside compute",
                        "test.yaml:12:28 a claim has more than one of metric, compute, untestable",
                        "test.yaml:13:5 a claim has none of metric, compute, untestable");
    }

    @Test
    void anotherCurrencyNeedsAnExchange() {
        assertThat(Examples.problems(ChangeExamples.CANARY, "cost={monthly_requests: 1, currency: USD}"))
                .containsExactly("--set cost:0:0 costs are told in USD, and a provider bills in CNY");
    }

    @Test
    void gatesOfAChangeNeedTheChange() {
        assertThat(Examples.problems(
                        DIRECT,
                        "expect={rollback_time: {max: 1s}, rollout_share: {min: 1%}, alert_delay: {max: 1s},"
                                + " hops: {max: 0}}"))
                .containsExactlyInAnyOrder(
                        "--set expect:0:0 rollback_time needs a rollback",
                        "--set expect:0:0 rollout_share needs a rollout",
                        "--set expect:0:0 alert_delay needs a fault",
                        "--set expect:0:0 alert_delay needs alert rules",
                        "--set expect:0:0 hops needs a gateway");
    }

    @Test
    void aRolloutIsAGateOfItsOwn() {
        assertThat(Examples.problems(ChangeExamples.CANARY, "expect={}")).isEmpty();
    }
}
