package dev.changeover.harness.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class WarningsTest {

    private static final String CALM = """
        scenario: calm
        traffic: { trace: a.csv, window: { length: 10m } }
        providers:
          old: { base_url: "https://old.example.com/v1", api_key: "${OLD_KEY}" }
          new: { base_url: "https://new.example.com/v1", api_key: "${NEW_KEY}" }
        gateway: { reference: { route: [old, new] } }
        expect: { lost: { max: 0 } }
        """;

    private static List<String> warnings(String yaml, String... settings) {
        try {
            return Examples.parse(yaml, settings).warnings();
        } catch (ScenarioException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aScenarioThatMeansWhatItSeemsToHasNone() {
        assertThat(warnings(CALM)).isEmpty();
        assertThat(warnings(CALM, "rollout={weights: [10%, 100%], hold: 1m}", "gateway.reference.retry.scope=request"))
                .isEmpty();
    }

    @Test
    void twoProvidersAtOneAddressOrWithOneKeyFailTogether() {
        assertThat(warnings(
                        CALM,
                        "providers.new.base_url=https://old.example.com/v2",
                        "providers.new.api_key='${OLD_KEY}'"))
                .containsExactly(
                        "providers.old.base_url and providers.new.base_url are both at old.example.com: "
                                + "they fail together",
                        "providers.old.api_key and providers.new.api_key are both ${OLD_KEY}: when that key is refused "
                                + "or its quota is spent, they fail together");
        assertThat(warnings(
                        CALM,
                        "providers.old.base_url=http://127.0.0.1:8001/v1",
                        "providers.new.base_url=http://127.0.0.1:8002/v1"))
                .isEmpty();
    }

    @Test
    void twoVariablesOfAGatewayThatLeadToOneProviderFailTogether() {
        assertThat(warnings(
                        ChangeExamples.COMMAND,
                        "gateway.command.env={HONG_KONG: '{{new.url}}', SINGAPORE: '{{ new.address }}', A:"
                                + " '{{old.url}}'}"))
                .containsExactly("gateway.command: env HONG_KONG, env SINGAPORE all lead to the new provider: they fail"
                        + " together");
    }

    @Test
    void modelsBehindOneProviderFailTogetherAndNothingTakesOver() {
        assertThat(warnings(
                        CALM,
                        "gateway.reference.route=[new]",
                        "gateway.reference.fallback_models={deepseek-chat: [gpt-4.1, claude-sonnet-4-5]}"))
                .containsExactly(
                        "gateway.reference.route has one provider (new): when it fails, nothing takes over",
                        "gateway.reference.fallback_models tries gpt-4.1, claude-sonnet-4-5 after deepseek-chat, "
                                + "all at the one provider of the route (new): they fail together");
    }

    @Test
    void aGatewayThatIsMorePatientThanItsCallersPaysForThoseWhoAreGone() {
        assertThat(warnings(CALM, "traffic.patience.total=50s"))
                .containsExactly("gateway.reference.timeout.total is 1m and callers leave after 50s "
                        + "(traffic.patience.total): the gateway goes on, and pays, for callers who are gone");
    }

    @Test
    void triesThatAddUpToMoreThanTheCallerWaitsAreCutShort() {
        assertThat(warnings(
                        CALM,
                        "traffic.patience.total=50s",
                        "gateway.reference.timeout={connect: 2s, first_token: 10s, total: 50s}",
                        "gateway.reference.retry={max: 4, backoff: 1s, factor: 2}"))
                .containsExactly("the 5 tries of a request may take 63s (gateway.reference.timeout.connect and "
                        + ".first_token each, and the backoffs), and there are 50s for it (traffic.patience.total): "
                        + "what comes last is cut short");
    }

    @Test
    void retriesOfEveryCandidateMultiply() {
        assertThat(warnings(
                        CALM,
                        "gateway.reference.fallback_models={a: [b, c], d: [e]}",
                        "gateway.reference.timeout={connect: 1s, first_token: 1s}",
                        "gateway.reference.retry={max: 2, backoff: 1s, cap: 1s, scope: candidate, on: any}"))
                .containsExactly(
                        "one request may become 18 calls: 3 at each of 6, providers times models "
                                + "(gateway.reference.retry.scope: candidate)",
                        "a refused key or a request that cannot be answered is tried up to 18 times, which cures "
                                + "nothing (gateway.reference.retry.on: any)");
    }

    @Test
    void aCanaryThatNothingStopsIsToldOf() {
        assertThat(warnings(CALM, "rollout={weights: [100%], hold: 1m, gate: calendar, sticky: request}"))
                .containsExactly(
                        "rollout.gate is calendar: traffic moves on to the new provider however badly it does; "
                                + "evidence would stop it",
                        "rollout.weights begins with 100%: everything moves at once, and nothing is left to compare"
                                + " with",
                        "rollout.sticky is request: one conversation may hop between the providers");
        assertThat(warnings(CALM, "gateway.reference.split={new: 12.5%, sticky: request}"))
                .containsExactly(
                        "gateway.reference.split gives the new provider 12.5% and nothing decides on it; "
                                + "a rollout with gate: evidence would",
                        "gateway.reference.split.sticky is request: one conversation may hop between the providers");
    }

    @Test
    void aBlindHealthPageIsToldOf() {
        assertThat(warnings(CALM, "gateway.reference.health_page=blind"))
                .containsExactly("gateway.reference.health_page is blind: it answers 200 while no provider can be "
                        + "called, and whoever watches it sees nothing");
    }

    @Test
    void aFaultThatIsOverBeforeAnAlertFiresOrTheMonitoringLooksIsToldOf() {
        assertThat(warnings(
                        CALM,
                        "gateway.reference.breaker=none",
                        "gateway.reference.health=none",
                        "faults=[{ at: 1m, for: 10s, on: old, fault: region-outage }]",
                        "alerts={scrape: {path: /metrics, every: 15s}, rules: "
                                + "[{name: Slow, signal: latency_p95, above: 1s, window: 1m, for: 5m}]}"))
                .containsExactly(
                        "region-outage lasts 10s of wall time, less than alerts.scrape.every (15s)",
                        "region-outage lasts 10s of wall time, less than the time for which alert Slow waits "
                                + "before it fires (5m)");
    }

    @Test
    void aFaultThatHasNoTimeToComeAndGoIsToldOf() {
        assertThat(flapping("1s"))
                .containsExactly(
                        "flapping lasts 1s of wall time and never goes away meanwhile: its turns are 2s there, 3s"
                                + " away");
        assertThat(flapping("4s"))
                .containsExactly(
                        "flapping lasts 4s of wall time and goes away once and never comes back: its turns are 2s"
                                + " there, 3s away");
        assertThat(flapping("6s")).isEmpty();
    }

    @Test
    void oneThatComesAndGoesIsMeasuredByOneTurn() {
        assertThat(warnings(
                        CALM,
                        "gateway.reference.breaker=none",
                        "gateway.reference.health={every: 5s, timeout: 1s}",
                        "faults=[{ at: 1m, for: 1m, on: old, fault: flapping, down: 2s, up: 3s }]"))
                .containsExactly("flapping lasts 2s of wall time at a time, less than the health check's period (5s)");
    }

    private static List<String> flapping(String length) {
        return warnings(
                CALM,
                "gateway.reference.breaker=none",
                "gateway.reference.health=none",
                "faults=[{ at: 1m, for: %s, on: old, fault: flapping, down: 2s, up: 3s }]".formatted(length));
    }
}
