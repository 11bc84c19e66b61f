package dev.changeover.harness.bench;

import dev.changeover.harness.gateway.server.ReferenceGateway;
import dev.changeover.harness.replay.Replayer;
import dev.changeover.harness.replay.ScheduledRequest;
import dev.changeover.harness.replay.Target;
import dev.changeover.harness.scenario.Deadlines;
import dev.changeover.harness.scenario.Gateway;
import dev.changeover.harness.scenario.Provider;
import dev.changeover.harness.units.Arm;
import dev.changeover.harness.units.Ticker;
import dev.changeover.harness.wire.CallId;
import dev.changeover.harness.wire.Purpose;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/// What the reference gateway adds to the latency of an instant provider, beside what nginx adds as a
/// plain proxy. docs/benchmarks.md says how to run it.
///
/// Each way gets the whole rate for a second, then the next one, round after round, so that whatever else
/// the machine does strikes all of them alike.
public final class GatewayLatencyBenchmark {

    private static final int RATE = 1_000;
    private static final int WARM_UP_ROUNDS = 20;
    private static final long SECOND = 1_000_000_000;
    private static final String LOOPBACK = "127.0.0.1";
    private static final double WANTED_P50_MILLIS = 0.3;
    private static final double WANTED_P99_MILLIS = 2;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Deadlines DEADLINES = new Deadlines(PATIENCE, PATIENCE, PATIENCE, PATIENCE);

    private static final byte[] REQUEST = """
        {"model":"gpt-4.1","messages":[{"role":"system","content":"You are a helpful assistant."},\
        {"role":"user","content":"Summarise the following in one sentence: the quick brown fox jumps over the lazy dog."}],\
        "max_tokens":64}\
        """.getBytes(StandardCharsets.UTF_8);
    private static final String ANSWER = """
        {"id":"chatcmpl-1","object":"chat.completion","created":1,"model":"gpt-4.1","choices":[{"index":0,"message":\
        {"role":"assistant","content":"A fox jumps over a dog."},"finish_reason":"stop"}],\
        "usage":{"prompt_tokens":40,"completion_tokens":7,"total_tokens":47}}\
        """;

    private record Way(String name, int port, Latencies latencies) {}

    private final int rounds;

    private GatewayLatencyBenchmark(int rounds) {
        this.rounds = rounds;
    }

    /// @param args how many seconds for each way, 60 unless said; then the nginx program, else the one on
    ///     the PATH
    public static void main(String[] args) throws IOException, InterruptedException {
        int seconds = args.length > 0 ? Integer.parseInt(args[0]) : 60;
        if (seconds < 1 || seconds > 3_600) {
            throw new IllegalArgumentException("seconds must be 1 to 3600, got " + seconds);
        }
        Optional<Path> nginx = args.length > 1 ? Optional.of(Path.of(args[1])) : Nginx.onPath();
        new GatewayLatencyBenchmark(seconds).run(nginx);
    }

    private void run(Optional<Path> program) throws IOException, InterruptedException {
        Vertx ofProvider = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        Vertx ofGateway = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        int provider = instantProvider(ofProvider).actualPort();
        try (ReferenceGateway gateway = gateway(ofGateway, provider)) {
            Way direct = way("direct", provider);
            Way throughGateway = way("gateway", gateway.port());
            if (program.isPresent()) {
                try (Nginx nginx = Nginx.start(program.get(), provider)) {
                    Way throughNginx = way("nginx", nginx.port());
                    play(List.of(direct, throughNginx, throughGateway));
                    tell(direct, Optional.of(throughNginx), throughGateway);
                }
            } else {
                System.err.println("WARNING: no nginx on the PATH: nothing to compare the gateway with");
                play(List.of(direct, throughGateway));
                tell(direct, Optional.empty(), throughGateway);
            }
        } finally {
            ofGateway.close().await();
            ofProvider.close().await();
        }
    }

    private Way way(String name, int port) {
        return new Way(name, port, new Latencies(rounds * RATE));
    }

    private void play(List<Way> ways) throws InterruptedException {
        System.out.printf(
                Locale.ROOT,
                "%,d requests a second to each of %d ways in turn, %d s each after %d s of warm-up, on %d cores%n",
                RATE,
                ways.size(),
                rounds,
                WARM_UP_ROUNDS,
                Runtime.getRuntime().availableProcessors());
        Ticker ticker = Ticker.since(System.nanoTime() + (WARM_UP_ROUNDS * ways.size() + 1) * SECOND);
        List<Thread> players = new ArrayList<>();
        for (int i = 0; i < ways.size(); i++) {
            int turn = i;
            players.add(Thread.ofPlatform().start(() -> play(ways.get(turn), turn, ways.size(), ticker)));
        }
        for (Thread player : players) {
            player.join();
        }
    }

    private void play(Way way, int turn, int ways, Ticker ticker) {
        Target target = new Target(Optional.empty(), LOOPBACK, way.port(), model -> model);
        try (Replayer replayer = new Replayer(List.of(target), DEADLINES, ticker, way.latencies()::accept)) {
            replayer.play(LongStream.range(-WARM_UP_ROUNDS, rounds)
                    .boxed()
                    .flatMap(round -> round(round, turn, ways))
                    .iterator());
            replayer.drain();
        }
    }

    /// One way's requests of a round. In the warm-up, whose rounds are negative, they become more from
    /// round to round: at full rate cold code would be overrun.
    private static Stream<ScheduledRequest> round(long round, int turn, int ways) {
        long rate = round < 0 ? RATE * (WARM_UP_ROUNDS + round + 1) / WARM_UP_ROUNDS : RATE;
        long start = (round * ways + turn) * SECOND;
        long first = (round + WARM_UP_ROUNDS) * RATE;
        return LongStream.range(0, rate).mapToObj(i -> request(first + i, start + i * SECOND / rate));
    }

    private static ScheduledRequest request(long number, long dueNanos) {
        CallId id = new CallId(Purpose.REQUEST, number);
        return new ScheduledRequest(id, dueNanos, "c" + number, "gpt-4.1", false, REQUEST);
    }

    private static HttpServer instantProvider(Vertx vertx) {
        return vertx.createHttpServer()
                .requestHandler(request -> request.endHandler(_ -> request.response()
                        .putHeader("content-type", "application/json")
                        .end(ANSWER)))
                .listen(0, LOOPBACK)
                .await();
    }

    private static ReferenceGateway gateway(Vertx vertx, int provider) {
        Provider.Source source =
                new Provider.Source.Real(URI.create("http://" + LOOPBACK + ":" + provider + "/v1"), Optional.empty());
        ReferenceGateway.Upstream upstream =
                new ReferenceGateway.Upstream(LOOPBACK, provider, new Provider(source, Map.of(), Optional.empty()));
        Gateway.Reference config = new Gateway.Reference(
                List.of(Arm.OLD, Arm.NEW),
                DEADLINES,
                Gateway.Retry.DEFAULT,
                Optional.of(new Gateway.Breaker(5, Duration.ofSeconds(60), 3)),
                Optional.empty(),
                Gateway.Trust.CONTENT);
        return ReferenceGateway.start(
                vertx,
                config,
                Map.of(Arm.OLD, upstream, Arm.NEW, upstream),
                _ -> {},
                Ticker.since(System.nanoTime()),
                7);
    }

    private void tell(Way direct, Optional<Way> nginx, Way gateway) {
        List<Way> ways =
                Stream.concat(nginx.stream(), Stream.of(direct, gateway)).toList();
        for (Way way : ways) {
            if (way.latencies().served() < rounds * RATE) {
                System.out.printf(
                        Locale.ROOT,
                        "INVALID: %s served %d of %d requests; is the machine busy?%n",
                        way.name(),
                        way.latencies().served(),
                        rounds * RATE);
                return;
            }
        }
        System.out.println(
                "milliseconds from when a request was sent (added: more than direct), and from when it was due");
        System.out.println("           served     p50     p99   added p50   added p99   due p50   due p99");
        tell(direct, direct);
        nginx.ifPresent(way -> tell(way, direct));
        tell(gateway, direct);
        nginx.ifPresent(way -> System.out.printf(
                Locale.ROOT,
                "the gateway adds %.1f times what nginx adds at p50, %.1f times at p99%n",
                added(gateway, direct, 0.5) / added(way, direct, 0.5),
                added(gateway, direct, 0.99) / added(way, direct, 0.99)));
        System.out.printf(
                Locale.ROOT,
                "wanted of the gateway: added p50 below %.1f ms: %s; added p99 below %.1f ms: %s%n",
                WANTED_P50_MILLIS,
                added(gateway, direct, 0.5) < WANTED_P50_MILLIS ? "met" : "missed",
                WANTED_P99_MILLIS,
                added(gateway, direct, 0.99) < WANTED_P99_MILLIS ? "met" : "missed");
    }

    private static void tell(Way way, Way direct) {
        System.out.printf(
                Locale.ROOT,
                "%-8s %8d %7.3f %7.3f %11.3f %11.3f %9.3f %9.3f%n",
                way.name(),
                way.latencies().served(),
                way.latencies().sentMillis(0.5),
                way.latencies().sentMillis(0.99),
                added(way, direct, 0.5),
                added(way, direct, 0.99),
                way.latencies().dueMillis(0.5),
                way.latencies().dueMillis(0.99));
    }

    private static double added(Way way, Way direct, double quantile) {
        return way.latencies().sentMillis(quantile) - direct.latencies().sentMillis(quantile);
    }
}
