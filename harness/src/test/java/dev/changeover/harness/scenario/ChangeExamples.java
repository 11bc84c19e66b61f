package dev.changeover.harness.scenario;

/// Scenarios of a change: a canary, a way back, gateways of anybody's.
final class ChangeExamples {

    static final String CANARY = """
        scenario: canary
        traffic: { trace: a.csv, window: { length: 10m } }
        providers:
          old: { simulate: {}, price: { input: 2, output: 8, currency: USD } }
          new: { simulate: { profile: fast }, price: { input: 2, output: 3, currency: CNY } }
        gateway:
          reference:
            route: [old, new]
            fallback_models: { deepseek-chat: [gpt-4.1, claude-sonnet-4-5] }
            retry: { max: 3, cap: 10s, on: any, scope: candidate, retry_after: false }
            limits: { rpm: 1000, tpm: 100000 }
            cache: { ttl: 1h, key: messages }
            health_page: blind
        rollout:
          at: 30s
          weights: [10%, 30%, 50%, 100%]
          hold: 90s
          sticky: request
          gate: calendar
          tolerate: { errors: 1.5x, slow: 3x }
        rollback:
          at: 8m
          script: { command: [sh, "{{folder}}/rollback.sh"], env: { A: b } }
          verify: { within: 10s }
        alerts:
          scrape: { path: /metrics }
          rules:
            - { name: LatencyHigh, signal: latency_p95, above: 100ms, window: 1m, for: 5m }
            - { name: Errors, signal: error_rate, above: 5%, window: 1m }
            - { name: Down, signal: down, window: 30s, for: 1m }
        expect: { lost: { max: 0 } }
        cost:
          monthly_requests: 36000000
          migration: { hours: 8, rate: 100 }
          currency: USD
          exchange: { from: CNY, rate: 0.14, as_of: 2026-01-15, credited: 1 }
        claims:
          - { says: "average latency below 50 ms", metric: latency_mean, max: 50ms }
          - { says: "recovers in 30 s", metric: recovery_time, of: gateway, max: 30s }
          - { says: "costs 4,200 USD", compute: "10M * new.output / 1M", equals: 4200, within: 5%, unit: USD }
          - { says: "saves half", compute: "1 - new.output / old.output", at_least: 0.5 }
          - { says: "drop-in compatible", untestable: "Changeover does not judge what answers mean." }
        """;

    static final String COMMAND = """
        scenario: edge
        traffic: { trace: a.csv, window: { length: 10m } }
        providers: { old: { simulate: {} }, new: { simulate: {} } }
        gateway:
          command:
            run: ["{{java}}", "{{folder}}/../gateways/EdgeChat.java", "{{port}}"]
            env: { UPSTREAM: "{{new.url}}" }
            files: [ { template: relay.properties, to: relay.properties } ]
            needs: [curl]
            health: /health
            weights: { http: { method: PUT, path: /admin/weights, body: '{"new": {{weight.new}}}' } }
        rollout: { weights: [50%, 100%], hold: 500 requests }
        rollback: { verify: { within: 10s } }
        expect: { lost: { max: 0 } }
        """;

    static final String URL = """
        scenario: running
        traffic: { trace: a.csv, window: { length: 10m } }
        providers: { old: { simulate: {}, listen: 18001 }, new: { simulate: {}, listen: 18002 } }
        gateway:
          url:
            base_url: "http://127.0.0.1:4000/v1"
            api_key: "${GATEWAY_KEY}"
            health: /health
            weights: { run: { command: [sh, set.sh, "{{weight.new}}"] } }
        rollback: { at: 4m }
        expect: { lost: { max: 0 } }
        """;

    private ChangeExamples() {}
}
