package dev.changeover.benchmarks.replay;

import dev.changeover.benchmarks.common.ProcStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// One client under one load: started, watched from outside, and ended. The warm-up runs from the first request that
/// the server sees, for every client.
///
/// @param seconds between the two marks
/// @param requests served between them
/// @param events sent between them
/// @param processor time of the client between them
/// @param eventsFromStart sent until the second mark
/// @param processorFromStart the client's time until then, its start included
/// @param peakMegabytes the client's greatest resident memory until then
record Run(
        double seconds,
        long requests,
        long events,
        Duration processor,
        long eventsFromStart,
        Duration processorFromStart,
        double peakMegabytes) {

    private static final long START_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final int END_SECONDS = 30;

    private record Mark(long nanos, Server.Counters counters, Duration processor) {}

    /// @param toTheEnd whether the client is left to end by itself, so that it can tell what it saw
    static Run of(Contender contender, Load load, Server server, Path folder, boolean toTheEnd)
            throws IOException, InterruptedException {
        long before = server.counters().requests();
        try (Pinned client = Pinned.start(
                Pinned.CLIENT_CORE, contender.command().of(load, folder), ProcessBuilder.Redirect.DISCARD)) {
            ProcStatus status = new ProcStatus(client.process().pid());
            long begun = awaitFirstRequest(client, server, before);
            sleepUntil(begun + TimeUnit.SECONDS.toNanos(load.warmUpSeconds()));
            Mark first = mark(status, server);
            sleepUntil(first.nanos() + TimeUnit.SECONDS.toNanos(load.seconds()));
            Mark second = mark(status, server);
            double peak = status.field("VmHWM") / 1e3;
            if (toTheEnd && !client.awaitEnd(END_SECONDS)) {
                throw new IllegalStateException("it did not end well");
            }
            return new Run(
                    (second.nanos() - first.nanos()) / 1e9,
                    second.counters().requests() - first.counters().requests(),
                    second.counters().events() - first.counters().events(),
                    second.processor().minus(first.processor()),
                    second.counters().events(),
                    second.processor(),
                    peak);
        }
    }

    private static long awaitFirstRequest(Pinned client, Server server, long before)
            throws IOException, InterruptedException {
        long deadline = System.nanoTime() + START_NANOS;
        while (server.counters().requests() == before) {
            if (!client.process().isAlive() || System.nanoTime() > deadline) {
                throw new IllegalStateException("it did not send anything");
            }
            Thread.sleep(5);
        }
        return System.nanoTime();
    }

    private static Mark mark(ProcStatus status, Server server) throws IOException, InterruptedException {
        return new Mark(System.nanoTime(), server.counters(), status.processorTime());
    }

    private static void sleepUntil(long nanos) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(nanos - System.nanoTime());
    }

    double requestsPerSecond() {
        return requests / seconds;
    }

    double processorMicrosPerEvent() {
        return micros(processor) / events;
    }

    double processorMicrosPerEventFromStart() {
        return micros(processorFromStart) / eventsFromStart;
    }

    double processorMicrosPerRequest() {
        return micros(processor) / requests;
    }

    private static double micros(Duration time) {
        return time.toNanos() / 1e3;
    }
}
