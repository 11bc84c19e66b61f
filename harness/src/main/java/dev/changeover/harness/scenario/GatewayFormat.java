package dev.changeover.harness.scenario;

import static dev.changeover.harness.scenario.Keys.ARM;
import static dev.changeover.harness.scenario.Keys.given;
import static dev.changeover.harness.scenario.Keys.later;
import static dev.changeover.harness.scenario.Keys.maybe;
import static dev.changeover.harness.scenario.Keys.needed;
import static dev.changeover.harness.scenario.Keys.words;
import static dev.changeover.harness.scenario.Scalars.DURATION;
import static dev.changeover.harness.scenario.Scalars.INTEGER;
import static dev.changeover.harness.scenario.Scalars.NUMBER;
import static dev.changeover.harness.scenario.Scalars.PATH;
import static dev.changeover.harness.scenario.Scalars.SHARE;
import static dev.changeover.harness.scenario.Scalars.TEXT;
import static dev.changeover.harness.scenario.Scalars.TRUTH;
import static dev.changeover.harness.scenario.Scalars.URL;

import dev.changeover.harness.scenario.Shape.ListOf;
import dev.changeover.harness.scenario.Shape.NoneOr;
import dev.changeover.harness.scenario.Shape.Table;
import java.util.List;
import java.util.Map;

/// Every key of a gateway.
final class GatewayFormat {

    private static final Table RETRY = new Table(List.of(
            given("max", INTEGER, "3", "further tries after the first, within the scope"),
            given("backoff", DURATION, "200ms", "ceiling of the wait before the first retry"),
            maybe("cap", DURATION, "the most that the ceiling grows to; else the request's whole time"),
            given("factor", NUMBER, "2", "by which the ceiling grows"),
            given(
                    "jitter",
                    words(Map.entry("full", Gateway.Retry.Jitter.FULL), Map.entry("none", Gateway.Retry.Jitter.NONE)),
                    "full",
                    "full: a wait between zero and the ceiling; none: the ceiling"),
            given(
                    "on",
                    words(Map.entry("curable", Gateway.Retry.On.CURABLE), Map.entry("any", Gateway.Retry.On.ANY)),
                    "curable",
                    "curable: what another try may cure; any: everything, a refused key included"),
            given(
                    "scope",
                    words(
                            Map.entry("request", Gateway.Retry.Scope.REQUEST),
                            Map.entry("candidate", Gateway.Retry.Scope.CANDIDATE)),
                    "request",
                    "what max counts within: the request, or each provider and model"),
            given("retry_after", TRUTH, "true", "whether a provider's Retry-After is heeded")));

    private static final Table BREAKER = new Table(List.of(
            given("failures", INTEGER, "5", "failures in a row that open it"),
            given("open", DURATION, "60s", "how long it stays open"),
            given("half_open", INTEGER, "3", "calls let through to try")));

    private static final Table HEALTH = new Table(List.of(
            given("every", DURATION, "30s", "between two probes"),
            given("timeout", DURATION, "5s", "after which a probe has failed")));

    private static final Table SPLIT = new Table(List.of(
            needed("new", SHARE, "share offered to the new provider first"),
            given("sticky", Keys.STICKY, "conversation", "what stays where it was first given to")));

    private static final Table LIMITS = new Table(List.of(
            maybe("rpm", INTEGER, "requests a minute"),
            maybe("tpm", INTEGER, "tokens a minute"),
            given("queue", INTEGER, "100", "requests that may wait"),
            given("patience", DURATION, "10s", "how long a request waits at most")));

    private static final Table CACHE = new Table(List.of(
            needed("ttl", DURATION, "how long an answer is kept"),
            given(
                    "key",
                    words(
                            Map.entry("exact", Gateway.Cache.Key.EXACT),
                            Map.entry("messages", Gateway.Cache.Key.MESSAGES)),
                    "exact",
                    "what makes two questions the same: everything but who asks, or model and messages alone")));

    private static final Table REFERENCE = new Table(List.of(
            needed("route", new ListOf(ARM), "arms in order of priority"),
            maybe("split", SPLIT, "which of them comes first for a request; else the first of the route"),
            maybe("fallback_models", new Shape.NameLists(), "by the model asked for, others to try in order"),
            given("timeout", Keys.deadlines("2s", "10s", "5s"), "{}", "the gateway's patience with one call"),
            given("retry", RETRY, "{}", "what happens after a failure"),
            given("breaker", new NoneOr(BREAKER), "{}", "a circuit breaker for each provider, or none"),
            given("health", new NoneOr(HEALTH), "{}", "probes of GET /v1/models, or none"),
            given(
                    "trust",
                    words(Map.entry("content", Gateway.Trust.CONTENT), Map.entry("status", Gateway.Trust.STATUS)),
                    "content",
                    "what it takes for success"),
            given("limits", new NoneOr(LIMITS), "none", "what may be sent on, over sliding minutes, or none"),
            given("cache", new NoneOr(CACHE), "none", "answers kept for questions asked again, or none"),
            given(
                    "health_page",
                    words(Map.entry("looks", Gateway.HealthPage.LOOKS), Map.entry("blind", Gateway.HealthPage.BLIND)),
                    "looks",
                    "what GET /health says: 503 while no provider can be called, or always 200")));

    private static final Table HTTP = new Table(List.of(
            needed("method", words(Map.entry("PUT", "PUT"), Map.entry("POST", "POST")), "PUT or POST"),
            needed("path", PATH, "on the gateway, outside its base"),
            given("body", TEXT, "", "what is sent")));

    private static final Table RUN = new Table(List.of(
            needed("command", new ListOf(TEXT), "program and arguments"),
            given("within", DURATION, "10s", "after which it hangs, and is killed")));

    private static final Table WEIGHTS = new Table(List.of(
            maybe("http", HTTP, "a request to the gateway"),
            maybe("run", RUN, "a program"),
            maybe(
                    "reload",
                    words(
                            Map.entry("HUP", "HUP"),
                            Map.entry("USR1", "USR1"),
                            Map.entry("USR2", "USR2"),
                            Map.entry("watch", "")),
                    "its files are rendered again; the signal that it is sent, or watch")));

    private static final Table URL_GATEWAY = new Table(List.of(
            needed("base_url", URL, "the gateway's address, up to and with /v1"),
            maybe("api_key", new Shape.Secret(), "\"${NAME}\", from the environment"),
            maybe("health", PATH, "path of its health page"),
            maybe("weights", WEIGHTS, "how it is told the new provider's share")));

    private static final Table FILE = new Table(List.of(
            needed("template", TEXT, "a file, relative to this one"),
            needed("to", TEXT, "relative: in a folder of the run's own; absolute: put back afterwards")));

    private static final Table READY = new Table(List.of(
            given("path", PATH, "/health", "answers 200 when it can serve"),
            given("within", DURATION, "30s", "from the start")));

    private static final Table COMMAND = new Table(List.of(
            needed("run", new ListOf(TEXT), "program and arguments"),
            maybe("env", new Shape.Names(), "variables added to the environment"),
            maybe("files", new ListOf(FILE), "configuration, rendered before the start"),
            maybe("needs", new ListOf(TEXT), "programs that have to be on the PATH"),
            given("base", PATH, "/v1", "path before /chat/completions"),
            given("ready", READY, "{}", "what says that it can serve"),
            given("stop_within", DURATION, "5s", "that it is given to stop before it is killed"),
            maybe("health", PATH, "path of its health page"),
            maybe("weights", WEIGHTS, "how it is told the new provider's share")));

    static final Table GATEWAY = new Table(List.of(
            maybe("reference", REFERENCE, "our own gateway"),
            maybe("url", URL_GATEWAY, "one that is running already"),
            maybe("command", COMMAND, "a program that is started for the run"),
            later("image")));

    private GatewayFormat() {}
}
