package dev.changeover.toxics.server;

import dev.changeover.toxics.toxic.Direction;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/// What `GET /metrics` tells: the proxy metrics of the real server, by its names and labels, and a few of our own.
///
/// Read off the connections when it is asked for, so counting costs the bytes nothing.
final class Metrics {

    static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final List<CounterDataPointSnapshot> received = new ArrayList<>();
    private final List<CounterDataPointSnapshot> sent = new ArrayList<>();
    private final List<CounterDataPointSnapshot> accepted = new ArrayList<>();
    private final List<GaugeDataPointSnapshot> open = new ArrayList<>();
    private final List<CounterDataPointSnapshot> touched = new ArrayList<>();
    private final List<CounterDataPointSnapshot> struck = new ArrayList<>();

    private Metrics() {}

    static String text(Collection<Proxy> proxies) {
        Metrics metrics = new Metrics();
        proxies.forEach(metrics::add);
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try {
            PrometheusTextFormatWriter.create().write(text, metrics.snapshots());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString(StandardCharsets.UTF_8);
    }

    private void add(Proxy proxy) {
        Proxy.Sample sample = proxy.sample();
        for (Direction direction : Direction.values()) {
            Labels labels = Labels.of(
                    "direction", direction.word(),
                    "proxy", proxy.name(),
                    "listener", proxy.listen(),
                    "upstream", proxy.upstream().text());
            received.add(counted(labels, sample.traffic().received().getOrDefault(direction, 0L)));
            sent.add(counted(labels, sample.traffic().sent().getOrDefault(direction, 0L)));
        }
        Labels labels = Labels.of("proxy", proxy.name());
        accepted.add(counted(labels, sample.accepted()));
        open.add(GaugeDataPointSnapshot.builder()
                .labels(labels)
                .value(sample.open())
                .build());
        addByToxic(proxy, sample.traffic().touched(), touched);
        addByToxic(proxy, sample.traffic().struck(), struck);
    }

    private static void addByToxic(Proxy proxy, Map<String, Long> counts, List<CounterDataPointSnapshot> to) {
        counts.forEach((toxic, count) -> to.add(counted(Labels.of("proxy", proxy.name(), "toxic", toxic), count)));
    }

    private static CounterDataPointSnapshot counted(Labels labels, long value) {
        return CounterDataPointSnapshot.builder().labels(labels).value(value).build();
    }

    private MetricSnapshots snapshots() {
        return MetricSnapshots.of(
                counter("toxiproxy_proxy_received_bytes", "Bytes read from the client (upstream) or server.", received),
                counter("toxiproxy_proxy_sent_bytes", "Bytes written to the server (upstream) or client.", sent),
                counter("changeover_proxy_connections", "Connections accepted.", accepted),
                new GaugeSnapshot(
                        new MetricMetadata("changeover_proxy_open_connections", "Connections that are open."), open),
                counter("changeover_toxic_chunks", "Chunks that the toxic delayed, dropped or cut.", touched),
                counter("changeover_toxic_connections", "Connections that it did that to.", struck));
    }

    private static CounterSnapshot counter(String name, String help, List<CounterDataPointSnapshot> points) {
        return new CounterSnapshot(new MetricMetadata(name, help), points);
    }
}
