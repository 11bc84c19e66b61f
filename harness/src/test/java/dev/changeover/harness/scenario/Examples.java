package dev.changeover.harness.scenario;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/// Scenarios that tests share.
final class Examples {

    static final Path FOLDER = Path.of("/library");

    /// The design's example, without the keys of later versions.
    static final String FAILOVER = """
        scenario: region-outage-failover
        about: The old provider's region goes dark for 4 hours in a busy afternoon.
        traffic:
          trace: traces/busy.csv
          window: { from: 5m, length: 10m }
          speed: 2x
          stream: 60%
        providers:
          old:
            simulate: { profile: steady, ttft: {p50: 420ms, p99: 650ms}, tokens_per_second: 45 }
            models: { gpt-4.1: gpt-4.1 }
            price: { input: 2, output: 8, currency: USD }
          new:
            base_url: "https://api.example.com/v1"
            api_key: "${NEW_API_KEY}"
            models: { gpt-4.1: deepseek-chat }
            price: { input: 0.28, output: 0.42, currency: USD, per: 1M, as_of: 2026-01-15 }
        gateway:
          reference:
            route: [old, new]
            timeout: { connect: 2s, first_token: 10s, idle: 5s, total: 60s }
            retry: { max: 3, backoff: 200ms, factor: 2, jitter: full }
            breaker: { failures: 5, open: 60s, half_open: 3 }
            health: { every: 30s, timeout: 5s }
        toxiproxy: embedded
        faults:
          - { at: 2m, for: 4m, on: old, fault: region-outage }
          - { at: 7m, for: 30s, on: new, fault: brownout-latency, latency: 3s }
        objectives: { ttft: 2s, latency: 30s, error_rate: 1% }
        expect:
          recovery_time: { max: 30s }
          lost: { max: 0 }
          error_rate_steady: { max: 1% }
          error_rate_fault: { max: 8%, advisory: true }
        cost: { monthly_requests: 36000000 }
        budget: { max_spend: 5 USD }
        seed: 7
        """;

    static final String COMPARISON = """
        scenario: provider-comparison
        traffic: { trace: conversations.csv, window: { length: 30s } }
        providers:
          old: { simulate: { profile: slow, models: [a, b], key: k, limits: { rpm: 600, tpm: 90000, concurrency: 4 } } }
          new: { simulate: { profile: fast, ttft: { p50: 2s }, jitter: 0.3, errors: 0.5% } }
        gateway: none
        objectives: { ttft: 2s, latency: 30s, error_rate: 1% }
        expect:
          latency_p95: { margin: default, max: 20s }
          ttft_p95: { margin: 20% }
          error_rate: { margin: 0.25pp }
        """;

    static final String NO_EXTRAS = """
        scenario: "60%"
        traffic: { trace: /tmp/a.csv, model: "true" }
        providers:
          old: { base_url: "http://127.0.0.1:8080/v1" }
        gateway: { reference: { route: [old], breaker: none, health: none, trust: status } }
        expect: { goodput: { min: 1.5 }, counted_ratio: { max: 1.1 } }
        """;

    static final List<String> ALL = List.of(FAILOVER, COMPARISON, NO_EXTRAS);

    private Examples() {}

    static ScenarioParser.Parsed parse(String yaml, String... settings) throws ScenarioException {
        return ScenarioParser.parse(
                yaml,
                "test.yaml",
                FOLDER,
                Arrays.stream(settings)
                        .map(s -> Setting.parse(s, Path.of("/here")))
                        .toList());
    }

    /// As shown, without the remedies.
    static List<String> problems(String yaml, String... settings) {
        try {
            parse(yaml, settings);
            return List.of();
        } catch (ScenarioException e) {
            return e.problems().stream()
                    .map(p -> "%s:%d:%d %s".formatted(p.source(), p.line(), p.column(), p.what()))
                    .toList();
        }
    }
}
