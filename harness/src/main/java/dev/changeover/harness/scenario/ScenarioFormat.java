package dev.changeover.harness.scenario;

import static dev.changeover.harness.scenario.Keys.ARM;
import static dev.changeover.harness.scenario.Keys.given;
import static dev.changeover.harness.scenario.Keys.maybe;
import static dev.changeover.harness.scenario.Keys.needed;
import static dev.changeover.harness.scenario.Scalars.AMOUNT;
import static dev.changeover.harness.scenario.Scalars.AT;
import static dev.changeover.harness.scenario.Scalars.CALL_RATE;
import static dev.changeover.harness.scenario.Scalars.CURRENCY;
import static dev.changeover.harness.scenario.Scalars.DATE;
import static dev.changeover.harness.scenario.Scalars.DURATION;
import static dev.changeover.harness.scenario.Scalars.INTEGER;
import static dev.changeover.harness.scenario.Scalars.MONEY;
import static dev.changeover.harness.scenario.Scalars.NUMBER;
import static dev.changeover.harness.scenario.Scalars.POINTS_MARGIN;
import static dev.changeover.harness.scenario.Scalars.RATE;
import static dev.changeover.harness.scenario.Scalars.RELATIVE_MARGIN;
import static dev.changeover.harness.scenario.Scalars.SHARE;
import static dev.changeover.harness.scenario.Scalars.SPEED;
import static dev.changeover.harness.scenario.Scalars.TEXT;
import static dev.changeover.harness.scenario.Scalars.TOKENS;
import static dev.changeover.harness.scenario.Scalars.TRUTH;
import static dev.changeover.harness.scenario.Scalars.URL;

import dev.changeover.harness.dialect.Dialects;
import dev.changeover.harness.scenario.Shape.Key;
import dev.changeover.harness.scenario.Shape.ListOf;
import dev.changeover.harness.scenario.Shape.NoneOr;
import dev.changeover.harness.scenario.Shape.Scalar;
import dev.changeover.harness.scenario.Shape.Table;
import dev.changeover.harness.scenario.Shape.Word;
import dev.changeover.toxics.catalog.Catalog;
import dev.changeover.toxics.catalog.CatalogFault;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/// Every key of a scenario, in one visible place. Explained in `docs/scenario.md`.
final class ScenarioFormat {

    private static final Table PATIENCE = Keys.deadlines("5s", "30s", "30s");

    private static final Word PLAY =
            Keys.words(Map.entry("distribution", "distribution"), Map.entry("incident", "incident"));

    private static final Table TRAFFIC = new Table(List.of(
            needed("trace", TEXT, "any importable file"),
            given("window", window(), "{}", "the part that is replayed, in trace time"),
            given("speed", SPEED, "1x", "trace time is divided by it; load is multiplied by it"),
            given("stream", SHARE, "100%", "share of requests sent as SSE where the trace does not say"),
            given("sample", SHARE, "100%", "share of the conversations that is replayed, each whole or not at all"),
            given("cancel", TRUTH, "true", "whether callers who left before the end of an answer leave again"),
            given("conversations", Keys.CONVERSATIONS, "as-recorded", "whether a turn waits for the one before it"),
            maybe("max_in_flight", INTEGER, "requests under way at once; those over it wait, and that counts"),
            maybe("concurrency", INTEGER, "a closed loop: so many callers, each with one conversation after another"),
            maybe("model", TEXT, "where the trace names none; else the first of the old provider's models"),
            given("warm_up", DURATION, "3s", "how long requests that do not count are sent before"),
            given("patience", PATIENCE, "{}", "how long the caller waits at each stage, in wall time"),
            maybe("client", TransportFormat.CLIENT, "how the caller's connections are made")));

    private static final Table FITTED = new Table(List.of(
            needed("from", TEXT, "a file of measured calls"),
            maybe("format", TEXT, "of the file; else its content tells"),
            maybe("arm", ARM, "of a history, whose calls are meant"),
            given("window", window(), "{}", "the part that counts, in the measurement's own time"),
            given(
                    "play",
                    PLAY,
                    "distribution",
                    "whether calls are drawn from all alike, or from those made about then"),
            maybe("speed", SPEED, "by which an incident goes faster than the run; else 1x")));

    private static final Table SIMULATE = new Table(List.of(
            given(
                    "profile",
                    new Shape.WordOr(profiles(), FITTED),
                    "steady",
                    "the numbers to start from, or the measurement to resemble"),
            maybe(
                    "ttft",
                    new Table(List.of(
                            maybe("p50", DURATION, "median time to first token"),
                            maybe("p99", DURATION, "99th percentile; by the profile's ratio where only p50 is given"))),
                    "time to first token"),
            maybe("tokens_per_second", NUMBER, "median rate of an answer after its first token"),
            maybe("jitter", NUMBER, "standard deviation of the logarithm of the rate, 0 to 2"),
            maybe("errors", SHARE, "share of requests answered 500"),
            maybe("models", new ListOf(TEXT), "models served; else every name"),
            maybe("key", TEXT, "the only key accepted; else any or none"),
            maybe(
                    "limits",
                    new Table(List.of(
                            maybe("rpm", INTEGER, "requests a minute, 429 past it"),
                            maybe("tpm", INTEGER, "tokens a minute, 429 past it"),
                            maybe("concurrency", INTEGER, "requests at once, 503 past it"))),
                    "limits of the account")));

    private static final Table PRICE = new Table(List.of(
            needed("input", AMOUNT, "for input tokens"),
            needed("output", AMOUNT, "for output tokens"),
            needed("currency", CURRENCY, "three capital letters"),
            given("per", TOKENS, "1M", "tokens that the prices are for"),
            maybe("as_of", DATE, "the day on which the prices were read")));

    private static final Table PROVIDER = new Table(List.of(
            maybe("simulate", SIMULATE, "a simulated provider"),
            maybe("wiremock", TEXT, "a folder of WireMock's stub mappings"),
            maybe("base_url", URL, "a real provider, up to and with /v1"),
            maybe("api_key", new Shape.Secret(), "\"${NAME}\", from the environment"),
            maybe("profile", dialects(), "what kind it is; else guessed from base_url"),
            maybe("api_version", TEXT, "of Azure's API by deployments"),
            maybe("connection", TransportFormat.CONNECTION, "how connections to a real one are made"),
            maybe("models", new Shape.Names(), "from the trace's model names to the provider's"),
            maybe("price", PRICE, "what it charges"),
            maybe("listen", INTEGER, "port of the proxy before it; else any free one")));

    private static final Table BUDGET = new Table(List.of(
            maybe("max_spend", MONEY, "at the scenario's prices"),
            maybe("max_requests", INTEGER, "calls to real providers"),
            maybe("max_rate", CALL_RATE, "calls to any one of them")));

    static final Table SCENARIO = new Table(List.of(
            needed("scenario", TEXT, "its name"),
            given("about", TEXT, "", "one sentence"),
            needed("traffic", TRAFFIC, "what is replayed"),
            needed(
                    "providers",
                    new Table(List.of(
                            maybe("old", PROVIDER, "the provider that is left"),
                            maybe("new", PROVIDER, "the provider that is moved to"))),
                    "both arms"),
            needed("gateway", new NoneOr(GatewayFormat.GATEWAY), "the system under test, or none"),
            given("toxiproxy", Scalars.TOXIPROXY, "embedded", "what injects faults into connections"),
            maybe("faults", new ListOf(fault()), "faults and when they are in force"),
            given(
                    "objectives",
                    new Table(List.of(
                            maybe("ttft", DURATION, "time to first token of a good stream"),
                            maybe("latency", DURATION, "time to the last byte of a good answer"),
                            maybe("error_rate", SHARE, "share of requests that may fail"))),
                    "{}",
                    "what the service promises its callers"),
            needed("expect", new Table(gates()), "gates"),
            maybe("cost", ChangeFormat.COST, "what the service costs to run, and the change to make"),
            maybe("budget", BUDGET, "what a run may cost and send; it stops past it"),
            given("seed", INTEGER, "1", "of everything that is random"),
            maybe("rollout", ChangeFormat.ROLLOUT, "how traffic moves to the new provider"),
            maybe("rollback", ChangeFormat.ROLLBACK, "how it goes back"),
            maybe("alerts", ChangeFormat.ALERTS, "rules of whoever watches the service"),
            maybe("claims", new ListOf(ClaimFormat.CLAIM), "a vendor's statements")));

    private ScenarioFormat() {}

    private static Table window() {
        return new Table(List.of(
                given("from", DURATION, "0s", "where it starts"),
                maybe("length", DURATION, "how long it is; else to the end of the trace")));
    }

    private static Shape.Variants fault() {
        SequencedMap<String, Object> names = new LinkedHashMap<>();
        SequencedMap<String, List<Key>> parameters = new LinkedHashMap<>();
        for (CatalogFault fault : Catalog.all()) {
            names.put(fault.name(), fault);
            parameters.put(
                    fault.name(),
                    fault.parameters().stream().map(ScenarioFormat::parameter).toList());
        }
        return new Shape.Variants(
                List.of(
                        needed("at", AT, "trace time from the start of the window"),
                        needed("for", DURATION, "how long, in trace time"),
                        needed("on", ARM, "the provider that it strikes"),
                        needed("fault", new Word(names), "its name; changeover faults lists them")),
                "fault",
                parameters);
    }

    private static Key parameter(CatalogFault.Parameter parameter) {
        Shape written = shape(parameter.kind());
        return parameter
                .fallback()
                .map(fallback -> given(parameter.name(), written, fallback, parameter.means()))
                .orElseGet(() -> maybe(parameter.name(), written, parameter.means()));
    }

    private static Shape shape(CatalogFault.Kind kind) {
        return switch (kind) {
            case CatalogFault.Plain.DURATION -> asWritten(DURATION);
            case CatalogFault.Plain.SHARE -> asWritten(SHARE);
            case CatalogFault.Plain.INTEGER, CatalogFault.Plain.COUNT -> asWritten(INTEGER);
            case CatalogFault.Plain.TEXT -> TEXT;
            case CatalogFault.Plain.RATE -> RATE;
            case CatalogFault.Plain.TRUTH -> asWritten(TRUTH);
            case CatalogFault.OneOf(var words) -> {
                SequencedMap<String, Object> byName = new LinkedHashMap<>();
                words.forEach(word -> byName.put(word, word));
                yield new Word(byName);
            }
        };
    }

    /// The catalog reads it, and refuses what is wrong.
    private static Scalar asWritten(Scalar checked) {
        return new Scalar(
                checked.means(),
                text -> {
                    checked.read().apply(text);
                    return text;
                },
                checked.schema());
    }

    private static List<Key> gates() {
        return Arrays.stream(Metric.values())
                .map(metric ->
                        maybe(metric.word(), gate(metric), "in " + metric.unit().word()))
                .toList();
    }

    private static Table gate(Metric metric) {
        Scalar value = Scalars.of(metric.unit());
        List<Key> keys = new ArrayList<>();
        if (metric.comparable()) {
            boolean points = metric.unit() == Metric.Unit.SHARE;
            keys.add(maybe("margin", points ? POINTS_MARGIN : RELATIVE_MARGIN, "how much worse new may be"));
        }
        keys.add(maybe("max", value, "the most it may be"));
        keys.add(maybe("min", value, "the least it may be"));
        keys.add(given("advisory", TRUTH, "false", "true: shown, and decides nothing"));
        return new Table(keys);
    }

    private static Word dialects() {
        SequencedMap<String, Object> words = new LinkedHashMap<>();
        Dialects.all().forEach(dialect -> words.put(dialect.word(), dialect));
        return new Word(words);
    }

    private static Word profiles() {
        SequencedMap<String, Object> words = new LinkedHashMap<>(Profiles.byName());
        return new Word(words);
    }
}
