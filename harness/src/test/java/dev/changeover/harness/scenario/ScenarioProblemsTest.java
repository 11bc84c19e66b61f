package dev.changeover.harness.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;

class ScenarioProblemsTest {

    @Test
    void tenMistakesAreTenProblemsAtTheirPlaces() {
        String yaml = """
            scenario: ten
            sede: 7
            traffic:
              trace: a.csv
              window: { length: 10m }
              speed: 2
              stream: 0.6
            providers:
              old: { simulate: { profile: stedy } }
              new: { base_url: "https://user:hunter2@example.com/v1", api_key: sk-hunter2 }
            gateway: { reference: { route: [old, nwe] } }
            faults:
              - { at: 10m, for: 1m, on: old, fault: region-outage }
              - { at: 1m, for: 1m, on: old, fault: regoin-outage }
            rollout: { hold: 90s }
            expect: { lost: { max: 0 } }
            """;

        assertThat(Examples.problems(yaml))
                .containsExactly(
                        "test.yaml:2:1 unknown key 'sede'",
                        "test.yaml:6:10 '2' has no 'x'",
                        "test.yaml:7:11 '0.6' has no '%'; write a percentage like 60%",
                        "test.yaml:9:31 unknown word 'stedy'",
                        "test.yaml:10:20 an address must hold no credentials, query or fragment",
                        "test.yaml:10:68 a secret must not stand in a scenario",
                        "test.yaml:11:38 unknown word 'nwe'",
                        "test.yaml:13:11 the fault starts at 10m, and the window is over at 10m",
                        "test.yaml:14:40 unknown word 'regoin-outage'",
                        "test.yaml:15:10 'weights' is missing");
        assertThat(exception(yaml).getMessage())
                .doesNotContain("hunter2")
                .contains("did you mean 'seed'?", "did you mean 'steady'?", "did you mean 'new'?")
                .contains("did you mean 'region-outage'?");
    }

    @Test
    void whatValuesRefuseIsAProblemAtTheValue() {
        assertThat(Examples.problems("""
            scenario: values
            traffic:
              trace: a.csv
              speed: 0x
              patience: { first_token: 90s }
            providers:
              old: { simulate: { ttft: { p50: 2s, p99: 1s } }, models: { a: "${SECRET}" } }
            gateway: { reference: { route: [old], breaker: { failures: 0 } } }
            expect: { lost: { max: 0 } }
            """))
                .containsExactly(
                        "test.yaml:4:10 speed must be above 0x and at most 1000x, got 0.0x",
                        "test.yaml:5:13 total (PT1M) must be >= first_token (PT1M30S)",
                        "test.yaml:7:28 ttft p99 (PT1S) must be >= p50 (PT2S)",
                        "test.yaml:7:65 '${...}' is only for secrets (api_key)",
                        "test.yaml:8:60 failures and half_open must be >= 1, got 0 and 3");
    }

    @Test
    void partsThatDoNotFitTogetherAreProblems() {
        assertThat(Examples.problems("""
            scenario: parts
            traffic: { trace: a.csv }
            providers:
              old: { simulate: {}, price: { input: 1, output: 1, currency: EUR } }
            gateway: none
            budget: { max_spend: 5 USD }
            expect:
              recovery_time: { max: 1s, advisory: true }
              latency_p95: { margin: default, advisory: true }
            """))
                .containsExactlyInAnyOrder(
                        "test.yaml:4:3 no provider 'new', which gateway: none compares",
                        "test.yaml:6:22 max_spend is in USD, and prices are in EUR",
                        "test.yaml:8:18 recovery_time needs a gateway",
                        "test.yaml:8:18 recovery_time needs a fault",
                        "test.yaml:8:3 no required gate, so GO is impossible",
                        "test.yaml:9:26 no default margin for latency_p95 without an objective to protect");
    }

    @Test
    void aClosedLoopRulesOutAQueueAndTimesWithoutAnEnd() {
        assertThat(Examples.problems("""
            scenario: closed
            traffic: { trace: a.csv, concurrency: 8, max_in_flight: 4, conversations: in-order }
            providers: { old: { simulate: {} }, new: { simulate: {} } }
            gateway: { reference: { route: [old, new] } }
            faults: [ { at: 1m, for: 1m, on: old, fault: region-outage } ]
            rollout: { weights: [50%, 100%], hold: 90s }
            rollback: { at: 2m }
            expect: { lost: { max: 0 } }
            """))
                .containsExactlyInAnyOrder(
                        "test.yaml:2:57 concurrency and max_in_flight contradict each other: so many callers never have"
                                + " more under way",
                        "test.yaml:2:75 with concurrency every caller keeps the order of a conversation",
                        "test.yaml:5:17 a fault at a time needs to know how long the run is, and a closed loop lasts as"
                                + " long as its answers take",
                        "test.yaml:6:10 a rollout needs to know how long the run is, and a closed loop lasts as long as"
                                + " its answers take",
                        "test.yaml:7:17 a rollback at a time needs to know how long the run is, and a closed loop lasts"
                                + " as long as its answers take");
    }

    @Test
    void loadsOfNothingAreRefused() {
        assertThat(Examples.problems(Examples.COMPARISON, "traffic.concurrency=0"))
                .singleElement()
                .asString()
                .contains("concurrency must be from 1 to 100000, got 0");
        assertThat(Examples.problems(Examples.COMPARISON, "traffic.max_in_flight=0"))
                .singleElement()
                .asString()
                .contains("max_in_flight must be >= 1, got 0");
        assertThat(Examples.problems(Examples.COMPARISON, "traffic.sample=0%"))
                .singleElement()
                .asString()
                .contains("sample must be above 0%");
    }

    @Test
    void limitsOfNothingAreRefused() {
        assertThat(Examples.problems(Examples.COMPARISON, "providers.old.simulate.limits.tpm=0"))
                .containsExactly("test.yaml:4:69 limits must be >= 1");
    }

    @Test
    void aMarginBehindAGatewayIsAProblem() {
        assertThat(Examples.problems(Examples.FAILOVER, "expect.latency_p95={margin: 15%}"))
                .containsExactly("--set expect.latency_p95:0:0 a margin on latency_p95 needs both arms side by side");
    }

    @Test
    void costsNeedPricesInOneCurrency() {
        assertThat(Examples.problems(Examples.COMPARISON, "expect.cost_per_request={margin: default}"))
                .containsExactly(
                        "--set expect.cost_per_request:0:0 cost_per_request needs the prices of every provider");
        assertThat(Examples.problems(
                        Examples.COMPARISON,
                        "expect.cost_per_request={margin: default}",
                        "providers.old.price={input: 1, output: 1, currency: USD}",
                        "providers.new.price={input: 1, output: 1, currency: EUR}"))
                .containsExactly("--set expect.cost_per_request:0:0 cost_per_request over two currencies: USD, EUR");
    }

    @Test
    void laterKeysAreNeverSilentlyIgnored() {
        assertThat(Examples.problems(Examples.FAILOVER, "gateway.image=x", "faults.0.at=busiest"))
                .hasSize(2)
                .allMatch(problem -> problem.endsWith("is not in this version yet"));
    }

    private static ScenarioException exception(String yaml) {
        return catchThrowableOfType(ScenarioException.class, () -> Examples.parse(yaml));
    }
}
