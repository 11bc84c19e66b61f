package dev.changeover.soak;

import static io.gatling.javaapi.core.CoreDsl.StringBody;
import static io.gatling.javaapi.core.CoreDsl.atOnceUsers;
import static io.gatling.javaapi.core.CoreDsl.bodyString;
import static io.gatling.javaapi.core.CoreDsl.constantUsersPerSec;
import static io.gatling.javaapi.core.CoreDsl.during;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.scenario;
import static io.gatling.javaapi.core.CoreDsl.substring;
import static io.gatling.javaapi.http.HttpDsl.http;
import static io.gatling.javaapi.http.HttpDsl.sse;

import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.Session;
import io.gatling.javaapi.core.Simulation;
import io.gatling.javaapi.http.HttpProtocolBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// Gatling as the peer of the replay benchmark: chat completions at a steady rate, as streams, or plain ones on so many
/// connections as fast as they are answered.
///
/// `-Dchangeover.load` says what to do, as in `benchmarks.replay.Load`: port, stream, rate, seconds of warm-up,
/// seconds, history, and the file for when the first content of each stream was seen.
public final class SteadyLoad extends Simulation {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /// Between the end of a stream and its close: without it Gatling connects again, and counts wrong.
    private static final Duration REST = Duration.ofMillis(500);

    private static final int CONNECTIONS = 64;
    private static final String ID = "id";
    private static final String BODY = """
        {"model":"gpt-4.1","messages":[{"role":"system","content":"You are a helpful assistant."},\
        {"role":"user","content":"Tell in one sentence how the quick brown fox jumps over the lazy dog."}],\
        "max_tokens":100,"stream":%s}\
        """;

    private final String[] load = System.getProperty("changeover.load").split(" ");
    private final boolean stream = Boolean.parseBoolean(load[1]);
    private final int rate = Integer.parseInt(load[2]);
    private final int warmUpSeconds = Integer.parseInt(load[3]);

    /// Longer by as much as it takes to be measured; the plain load is ended from outside.
    private final Duration length = Duration.ofSeconds(warmUpSeconds + Long.parseLong(load[4]) + (rate > 0 ? 2 : 20));

    private final Path seen = Path.of(load[6]);
    private final AtomicLong number = new AtomicLong();
    private final Map<String, Long> firstContent = new ConcurrentHashMap<>();

    /// Declares what is to be sent.
    public SteadyLoad() {
        HttpProtocolBuilder protocol = http.baseUrl("http://127.0.0.1:" + load[0])
                .contentTypeHeader("application/json")
                .shareConnections();
        if (rate > 0) {
            setUp(scenario("streams")
                            .exec(session -> session.set(ID, nextId()))
                            .exec(streamed())
                            .injectOpen(constantUsersPerSec(rate).during(length)))
                    .protocols(protocol);
        } else {
            setUp(scenario("plain").exec(during(length).on(plain())).injectOpen(atOnceUsers(CONNECTIONS)))
                    .protocols(protocol);
        }
    }

    private ChainBuilder streamed() {
        return exec(sse("ask")
                        .post("/v1/chat/completions")
                        .header("x-changeover-id", "#{" + ID + "}")
                        .body(StringBody(BODY.formatted(stream)))
                        .await(PATIENCE)
                        .on(
                                sse.checkMessage("first content")
                                        .matching(substring(" word"))
                                        .check(bodyString().transformWithSession(this::noted)),
                                sse.checkMessage("end").matching(substring("[DONE]"))))
                .pause(REST)
                .exec(sse("close").close());
    }

    private ChainBuilder plain() {
        return exec(http("ask").post("/v1/chat/completions").body(StringBody(BODY.formatted(stream))));
    }

    private String noted(String message, Session session) {
        firstContent.putIfAbsent(session.getString(ID), System.nanoTime());
        return message;
    }

    /// Those that warm up and those that count, each from 0.
    private String nextId() {
        long next = number.getAndIncrement();
        long warmUps = (long) rate * warmUpSeconds;
        return "changeover-" + (next < warmUps ? "w" + next : "q" + (next - warmUps));
    }

    /// Writes what was seen. Gatling does not tell when its schedule began.
    @Override
    public void after() {
        List<String> lines = firstContent.entrySet().stream()
                .map(first -> first.getKey() + " " + first.getValue())
                .toList();
        try {
            Files.write(seen, lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
