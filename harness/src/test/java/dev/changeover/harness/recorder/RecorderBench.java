package dev.changeover.harness.recorder;

import dev.changeover.harness.provider.RawClient;
import dev.changeover.harness.provider.RawPeer;
import dev.changeover.harness.redaction.Masks;
import dev.changeover.harness.redaction.TextPolicy;
import dev.changeover.harness.trace.TraceReader;
import dev.changeover.harness.trace.TraceRequest;
import dev.changeover.harness.trace.importer.LeftOut;
import dev.changeover.harness.trace.importer.Reading;
import dev.changeover.harness.trace.importer.Traces;
import dev.changeover.harness.units.Share;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// A recorder before a provider of raw bytes, and what it wrote.
final class RecorderBench implements AutoCloseable {

    final RawPeer provider;
    final Path out;
    final Recorder recorder;
    private final List<String> troubles = new ArrayList<>();

    RecorderBench(Path folder, RawPeer provider) throws RecorderException {
        this(folder, provider, TextPolicy.KEEP, Share.ALL, Rotation.NEVER);
    }

    RecorderBench(Path folder, RawPeer provider, TextPolicy texts, Share sample, Rotation rotation)
            throws RecorderException {
        this.provider = provider;
        this.out = folder.resolve("rec.jsonl");
        this.recorder = Recorder.start(
                new Recorder.Options(
                        new UpstreamAddress(provider.address()),
                        0,
                        Optional.empty(),
                        out,
                        texts,
                        Masks.builtIn(),
                        sample,
                        rotation),
                troubles::add);
    }

    static RawPeer saying(String answer) {
        return new RawPeer(socket -> RawPeer.say(socket, answer));
    }

    static String question(boolean stream, String text) {
        return "{\"model\":\"m\",\"stream\":%s,\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}"
                .formatted(stream, text);
    }

    RawClient client() throws IOException {
        return new RawClient(recorder.port());
    }

    /// All that one client gets for one question, on a connection that is closed then.
    String ask(String body) throws IOException {
        try (RawClient client = client()) {
            return client.post(body, "Connection: close\r\n").readAll();
        }
    }

    /// Until so many have been written, left out or lost.
    void awaitSettled(long calls) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (settled() < calls) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("settled are " + recorder.tally().counts());
            }
            Thread.yield();
        }
    }

    private long settled() {
        Tally.Counts counts = recorder.tally().counts();
        return counts.written()
                + counts.notSampled()
                + counts.lost()
                + counts.leftOut().values().stream().mapToLong(Long::longValue).sum();
    }

    TraceRequest only() {
        awaitSettled(1);
        List<TraceRequest> requests = read(out);
        if (requests.size() != 1) {
            throw new AssertionError(
                    requests.size() + " requests, not one: " + recorder.tally().counts());
        }
        return requests.getFirst();
    }

    static List<TraceRequest> read(Path... files) {
        List<TraceRequest> requests = new ArrayList<>();
        try (TraceReader trace = Traces.open(List.of(files), Optional.empty(), Reading.counting(LeftOut.refusing()))) {
            trace.forEachRemaining(requests::add);
        }
        return requests;
    }

    @Override
    public void close() {
        recorder.close();
        provider.close();
    }
}
