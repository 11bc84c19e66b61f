package dev.changeover.benchmarks.toxiproxy;

import eu.rekawek.toxiproxy.model.ToxicDirection;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/// What is measured, in one place: the loads, the ways that they are put on, and what they are called in the table.
final class Loads implements AutoCloseable {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration LATE = Duration.ofMillis(100);
    private static final int WARM_UP_SECONDS = 6;
    private static final int[] RATES_KB = {100, 1_000, 20_000};

    private final Net clients = new Net("clients");
    private final Upstream upstream = new Upstream();
    private final Way direct = upstream.direct(Line.DIRECT);
    private final AtomicLong taken = new AtomicLong();
    private final List<Contender> contenders;
    private final List<Way> plain;
    private final boolean quick;

    /// @param quick one round of everything
    Loads(List<Contender> contenders, boolean quick) throws IOException {
        this.contenders = contenders;
        this.quick = quick;
        this.plain = through(_ -> {});
    }

    /// So that what is cold in the next measurement is the servers only.
    void warmUpClients() throws InterruptedException {
        echo(1, 1_000).on(direct);
        echo(64, 5_000).on(direct);
    }

    /// The same for both servers, long enough for a JVM to have compiled what a connection passes.
    void warmUpServers() throws InterruptedException {
        Load connections = new ShortConnections(clients, 32, SECOND);
        for (int second = 0; second < WARM_UP_SECONDS; second++) {
            for (Way way : plain) {
                connections.on(way);
            }
        }
        for (Measurement measurement : plain()) {
            for (Way way : plain) {
                measurement.load().on(way);
            }
        }
    }

    /// To be played first, once.
    List<Measurement> cold() {
        return List.of(new Measurement(
                echo(1, 1_000),
                withDirect(1),
                1,
                List.of(
                        Line.added("added latency in the first second after start: p50, us", ".0f"),
                        Line.added("p99, us", ".0f"))));
    }

    List<Measurement> plain() {
        return List.of(
                echoed(1, 1_000),
                echoed(64, 5_000),
                connections(1),
                connections(32),
                flood("downstream", Service.SOURCE, taken, 1),
                flood("downstream", Service.SOURCE, taken, 64),
                flood("upstream", Service.SINK, upstream.sunk(), 1),
                flood("upstream", Service.SINK, upstream.sunk(), 64));
    }

    List<Measurement> idle() {
        int connections = quick ? 1_000 : 5_000;
        return List.of(new Measurement(
                new IdleConnections(clients, connections),
                plain,
                1,
                List.of(
                        Line.plain(connections(connections, "idle ") + ": resident memory, MB", ".0f"),
                        Line.plain("threads", ".0f"))));
    }

    List<Measurement> toxic() throws IOException {
        List<Measurement> measurements = new ArrayList<>();
        List<Way> late = through(proxy -> proxy.toxics().latency("late", ToxicDirection.UPSTREAM, LATE.toMillis()));
        measurements.add(late(1, late));
        measurements.add(late(10, late));
        for (int rate : RATES_KB) {
            measurements.add(new Measurement(
                    new HeldRate(clients, rate * 1e3, SECOND.multipliedBy(3)),
                    through(proxy -> proxy.toxics().bandwidth("narrow", ToxicDirection.DOWNSTREAM, rate)),
                    rounds(2),
                    List.of(Line.signed("bandwidth toxic of %,d KB/s: error, %%".formatted(rate), "+.2f"))));
        }
        return measurements;
    }

    private Measurement echoed(int connections, int framesPerSecond) {
        String load = "%s, %,d frames/s".formatted(connections(connections, ""), framesPerSecond);
        return new Measurement(
                echo(connections, framesPerSecond),
                withDirect(2),
                rounds(5),
                List.of(
                        Line.added("added latency, " + load + ": p50, us", ".0f"),
                        Line.added("p99, us", ".0f"),
                        Line.processor("frame")));
    }

    private Load echo(int connections, int framesPerSecond) {
        return new PacedFrames(
                clients, Service.ECHO, new Arrivals(), connections, framesPerSecond, SECOND, Duration.ZERO);
    }

    private Measurement late(int connections, List<Way> late) {
        String load = "%s, 1,000 frames/s".formatted(connections(connections, ""));
        return new Measurement(
                new PacedFrames(
                        clients,
                        Service.ARRIVALS,
                        upstream.arrivals(),
                        connections,
                        1_000,
                        SECOND.multipliedBy(2),
                        LATE),
                late,
                rounds(3),
                List.of(
                        Line.plain("latency toxic of 100 ms, " + load + ": error's p50, us", ".0f"),
                        Line.plain("p99, us", ".0f")));
    }

    private Measurement connections(int atOnce) {
        return new Measurement(
                new ShortConnections(clients, atOnce, SECOND.dividedBy(2)),
                withDirect(1),
                rounds(5),
                List.of(
                        Line.plain("connections a second, %d at a time".formatted(atOnce), ",.0f"),
                        Line.processor("connection")));
    }

    private Measurement flood(String direction, Service service, AtomicLong counted, int connections) {
        return new Measurement(
                new Flood(clients, service, counted, connections, SECOND.dividedBy(2)),
                withDirect(1),
                rounds(5),
                List.of(
                        Line.plain("MB/s %s, %s".formatted(direction, connections(connections, "")), ",.0f"),
                        Line.processor("MB")));
    }

    private static String connections(int n, String kind) {
        return "%,d %sconnection%s".formatted(n, kind, n == 1 ? "" : "s");
    }

    private int rounds(int wanted) {
        return quick ? 1 : wanted;
    }

    /// @param times twice shows how far two measurements of the same way differ
    private List<Way> withDirect(int times) {
        List<Way> ways = new ArrayList<>(List.of(direct));
        if (times > 1) {
            ways.add(upstream.direct(Line.AGAIN));
        }
        ways.addAll(plain);
        return ways;
    }

    private List<Way> through(Contender.ToxicSetting toxic) throws IOException {
        List<Way> ways = new ArrayList<>();
        for (Contender contender : contenders) {
            ways.add(contender.way(direct, toxic));
        }
        return ways;
    }

    @Override
    public void close() {
        clients.close();
        upstream.close();
    }
}
