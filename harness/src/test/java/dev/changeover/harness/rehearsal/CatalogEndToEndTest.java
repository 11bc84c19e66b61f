package dev.changeover.harness.rehearsal;

import static dev.changeover.harness.rehearsal.CatalogRow.SERVED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.changeover.harness.rehearsal.Caller.Ask;
import dev.changeover.harness.scenario.FaultWindow;
import dev.changeover.harness.units.Arm;
import dev.changeover.toxics.catalog.Catalog;
import dev.changeover.toxics.catalog.CatalogFault;
import dev.changeover.toxics.catalog.FaultEffect.StruckBy;
import dev.changeover.toxics.http.HttpFault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Every fault of the catalog is what its sentence says, through the whole chain: client, Toxiproxy, tap, provider.
///
/// A call of each kind is made before it, while it is in force, on a fresh connection and on one that was there, and
/// once it is gone. What is not said in a row is [CatalogRow#SERVED].
@Timeout(120)
class CatalogEndToEndTest {

    private static final List<CatalogRow> TABLE = List.of(
            CatalogRow.of("region-outage").every("silent").onceGone("closed"),
            CatalogRow.of("region-refused").every("refused").onKept("closed"),
            CatalogRow.of("flapping").every("refused").onKept("closed"),
            CatalogRow.of("connection-resets").every("reset"),
            CatalogRow.of("half-open").onKept("silent").onceGone("closed"),
            CatalogRow.of("stale-keepalive", "idle=1ms").onKept("closed"),
            CatalogRow.of("slow-close", "delay=100ms"),
            CatalogRow.of("brownout-latency", "latency=200ms", "jitter=0ms").notBefore(200),
            CatalogRow.of("cross-region-latency", "latency=100ms").notBefore(200),
            CatalogRow.of("bandwidth-squeeze", "rate=8KB/s")
                    .notBefore(seen -> Duration.ofMillis(seen.body().length() / 10)),
            CatalogRow.of("slow-first-token", "delay=200ms")
                    .notBefore(seen -> Duration.ofMillis(seen.isCompletion() ? 200 : 0)),
            CatalogRow.of("slow-drip", "gap=20ms").notBefore(seen -> Duration.ofMillis(20 * seen.gaps())),
            CatalogRow.of("stalled-stream", "chunks=2")
                    .streamed("200 truncated_stream, 2 pieces, silent")
                    .whole("silent")
                    .onceGone(SERVED),
            CatalogRow.of("intermittent-5xx", "share=100%").every("503 overloaded"),
            CatalogRow.of("server-error").every("500 server_error"),
            CatalogRow.of("overloaded").completions("503 overloaded"),
            CatalogRow.of("rate-limit-storm", "retry_after=7").every("429 rate_limited, retry after 7"),
            CatalogRow.of("rate-limit-storm", "retry_after=7", "as=date")
                    .every("429 rate_limited, retry after a date 7 s away"),
            CatalogRow.of("rate-limit-storm", "as=none").every("429 rate_limited"),
            CatalogRow.of("request-too-large").completions("429 context_length"),
            CatalogRow.of("quota-exhausted").completions("429 quota"),
            CatalogRow.of("key-revoked").every("401 auth"),
            CatalogRow.of("permission-denied").completions("403 permission"),
            CatalogRow.of("model-removed").completions("404 not_found"),
            CatalogRow.of("model-retired").completions("404 not_found"),
            CatalogRow.of("bad-request").completions("400 bad_request"),
            CatalogRow.of("context-length").completions("400 context_length"),
            CatalogRow.of("prompt-filtered").completions("400 content_filter"),
            CatalogRow.of("brownout-empty").completions("200 empty_answer, an empty text"),
            CatalogRow.of("brownout-empty", "form=null").completions("200 empty_answer, null"),
            CatalogRow.of("brownout-empty", "form=blank").completions("200 empty_answer, a blank text"),
            CatalogRow.of("brownout-empty", "form=no-choices").completions("200 empty_answer, no choices"),
            CatalogRow.of("brownout-empty", "form=no-body").completions("200 empty_answer, no body"),
            CatalogRow.of("error-in-200").completions("200 server_error"),
            CatalogRow.of("mid-stream-error", "chunks=2")
                    .streamed("200 stream_error, 2 pieces")
                    .whole("200 server_error"),
            CatalogRow.of("mid-stream-cut", "chunks=2")
                    .streamed("200 truncated_stream, 2 pieces, closed")
                    .whole("200 truncated_stream, half of it, closed"),
            CatalogRow.of("tool-call-cut").tool("200 truncated_stream, 2 pieces, closed"),
            CatalogRow.of("unfinished-stream", "chunks=2")
                    .streamed("200 truncated_stream, 2 pieces")
                    .whole("200 served, no finish reason"),
            CatalogRow.of("malformed-stream", "chunks=2")
                    .streamed("200 malformed, 2 pieces")
                    .whole("200 malformed"),
            CatalogRow.of("wrong-model", "named=gpt-3").completions("200 served, by gpt-3"),
            CatalogRow.of("content-filter", "chunks=2")
                    .streamed("200 content_filter, 2 pieces")
                    .whole("200 content_filter"));

    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration SILENCE = Duration.ofMillis(400);
    private static final int FAULT = 0;

    @TempDir
    static Path folder;

    private static ExecutorService threads;
    private static FaultBench bench;

    private long number;

    @BeforeAll
    static void start() throws Exception {
        threads = Executors.newVirtualThreadPerTaskExecutor();
        bench = FaultBench.start(folder);
    }

    @AfterAll
    static void stop() {
        bench.close();
        threads.close();
    }

    static List<CatalogRow> table() {
        return TABLE;
    }

    @Test
    void everyFaultOfTheCatalogHasARow() {
        assertThat(TABLE.stream().map(CatalogRow::fault).distinct())
                .containsExactlyInAnyOrderElementsOf(
                        Catalog.all().stream().map(CatalogFault::name).toList());
    }

    @ParameterizedTest
    @MethodSource("table")
    void whatClientsSeeIsWhatItSays(CatalogRow row) throws Exception {
        FaultWindow fault = FaultBench.fault(Arm.OLD, row.fault(), row.effect());
        Map<Ask, Caller> kept = connections();
        Map<Ask, Caller> fresh = new LinkedHashMap<>();
        try {
            assertThat(inWords(ask(kept, LONG))).as("before").isEqualTo(words(_ -> SERVED));
            Map<Ask, Seen> onKept;
            Map<Ask, Seen> onFresh;
            bench.testbed().inject(FAULT, fault);
            try {
                fresh.putAll(connections());
                onKept = ask(kept, patience(row::onKept));
                onFresh = ask(fresh, patience(row::onFresh));
            } finally {
                bench.testbed().lift(FAULT, fault);
            }
            assertThat(inWords(onFresh)).as("on fresh connections").isEqualTo(words(row::onFresh));
            assertThat(inWords(onKept)).as("on kept connections").isEqualTo(words(row::onKept));
            assertThat(List.of(onFresh.values(), onKept.values()))
                    .allSatisfy(all -> assertThat(all).allSatisfy(seen -> assertTimely(row, seen)));
            onFresh.forEach((ask, seen) -> assertWorded(row, ask, seen));
            assertGoesOn(row, kept, onKept);
            assertGoesOn(row, fresh, onFresh);
            Map<Ask, Caller> after = connections();
            try {
                assertThat(inWords(ask(after, LONG))).as("after").isEqualTo(words(_ -> SERVED));
            } finally {
                close(after);
            }
        } finally {
            close(kept);
            close(fresh);
        }
    }

    /// A client that tells errors apart does so whichever vendor it talks to.
    @ParameterizedTest
    @MethodSource("refusals")
    void aRefusalIsTheSameErrorInAnyVendorsWords(CatalogRow row, List<String> vendors) throws Exception {
        Map<String, String> errors = new LinkedHashMap<>();
        for (String vendor : vendors) {
            FaultWindow worded = FaultBench.fault(Arm.OLD, row.fault(), row.effect(Map.of("wording", vendor)));
            bench.testbed().inject(FAULT, worded);
            try (Caller caller = bench.connect(Arm.OLD)) {
                errors.put(vendor, caller.ask(Ask.WHOLE, number++, LONG).outcome());
            } finally {
                bench.testbed().lift(FAULT, worded);
            }
        }
        assertThat(errors)
                .allSatisfy((_, error) -> assertThat(row.onFresh(Ask.WHOLE)).contains(" " + error));
    }

    static Stream<Arguments> refusals() {
        return TABLE.stream()
                .filter(row -> row.parameters().isEmpty() || row.fault().equals("intermittent-5xx"))
                .flatMap(row -> Catalog.find(row.fault()).orElseThrow().parameters().stream()
                        .filter(parameter -> parameter.name().equals("wording"))
                        .map(CatalogFault.Parameter::kind)
                        .flatMap(kind ->
                                kind instanceof CatalogFault.OneOf(var words) ? Stream.of(words) : Stream.empty())
                        .map(words -> Arguments.of(row, words)));
    }

    /// The last byte no sooner than the fault says, and not much later.
    private static void assertTimely(CatalogRow row, Seen seen) {
        if (seen.isComplete()) {
            Duration earliest = row.notBefore().apply(seen);
            assertThat(seen.last()).isBetween(earliest, earliest.plusSeconds(15));
        }
    }

    /// An answer in the provider's place is that of the catalog, byte for byte, with its headers.
    private static void assertWorded(CatalogRow row, Ask ask, Seen seen) {
        Optional<HttpFault> fault = row.effect().http().map(StruckBy::fault);
        if (fault.isPresent() && fault.get() instanceof HttpFault.Status status && seen.isStruckBy(status)) {
            assertThat(seen.body())
                    .isEqualTo(status.body().replace("{model}", ask == Ask.MODELS ? "all models" : Caller.MODEL));
            assertThat(seen.headers()).containsAllEntriesOf(status.headers());
        }
    }

    private static void assertGoesOn(CatalogRow row, Map<Ask, Caller> callers, Map<Ask, Seen> during) throws Exception {
        for (Ask ask : Ask.values()) {
            if (during.get(ask).end() == Seen.End.SILENT) {
                assertThat(callers.get(ask).goOn(LONG).inWords(ask))
                        .as("%s, once it is gone", ask)
                        .isEqualTo(row.goesOn().orElseThrow());
            }
        }
    }

    private static Duration patience(Function<Ask, String> words) {
        return Arrays.stream(Ask.values()).map(words).anyMatch(said -> said.contains("silent")) ? SILENCE : LONG;
    }

    private static Map<Ask, Caller> connections() throws Exception {
        Map<Ask, Caller> connections = new LinkedHashMap<>();
        for (Ask ask : Ask.values()) {
            connections.put(ask, bench.connect(Arm.OLD));
        }
        return connections;
    }

    private static void close(Map<Ask, Caller> connections) throws Exception {
        for (Caller connection : connections.values()) {
            connection.close();
        }
    }

    /// All at once.
    private Map<Ask, Seen> ask(Map<Ask, Caller> callers, Duration patience) throws Exception {
        List<Callable<Seen>> calls = new ArrayList<>();
        for (Map.Entry<Ask, Caller> entry : callers.entrySet()) {
            long request = number++;
            calls.add(() -> entry.getValue().ask(entry.getKey(), request, patience));
        }
        Map<Ask, Seen> seen = new LinkedHashMap<>();
        List<Future<Seen>> answers = threads.invokeAll(calls);
        for (Ask ask : callers.keySet()) {
            seen.put(ask, answers.get(seen.size()).get());
        }
        return seen;
    }

    private static Map<Ask, String> inWords(Map<Ask, Seen> seen) {
        return words(ask -> seen.get(ask).inWords(ask));
    }

    private static Map<Ask, String> words(Function<Ask, String> of) {
        Map<Ask, String> words = new LinkedHashMap<>();
        for (Ask ask : Ask.values()) {
            words.put(ask, of.apply(ask));
        }
        return words;
    }
}
