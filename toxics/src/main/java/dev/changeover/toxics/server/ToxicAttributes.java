package dev.changeover.toxics.server;

import dev.changeover.toxics.toxic.Toxic;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Toxics as the API writes them: a type and a handful of whole numbers.
final class ToxicAttributes {

    static final List<String> TYPES =
            List.of("latency", "timeout", "reset_peer", "slow_close", "bandwidth", "slicer", "noop", "limit_data");

    private ToxicAttributes() {}

    /// The toxic of that type with every attribute 0; empty if there is no such type.
    static Optional<Toxic> blank(String type) {
        return switch (type) {
            case "latency" -> Optional.of(new Toxic.Latency(Duration.ZERO, Duration.ZERO));
            case "timeout" -> Optional.of(new Toxic.Timeout(Duration.ZERO));
            case "reset_peer" -> Optional.of(new Toxic.ResetPeer(Duration.ZERO));
            case "slow_close" -> Optional.of(new Toxic.SlowClose(Duration.ZERO));
            case "bandwidth" -> Optional.of(new Toxic.Bandwidth(0));
            case "slicer" -> Optional.of(new Toxic.Slicer(0, 0, Duration.ZERO));
            case "noop" -> Optional.of(new Toxic.Noop());
            case "limit_data" -> Optional.of(new Toxic.LimitData(0));
            default -> Optional.empty();
        };
    }

    /// The toxic with the attributes given changed.
    static Toxic merge(Toxic toxic, Body attributes) {
        try {
            return switch (toxic) {
                case Toxic.Latency(Duration added, Duration jitter) ->
                    new Toxic.Latency(millis(attributes, "latency", added), millis(attributes, "jitter", jitter));
                case Toxic.Timeout(Duration after) -> new Toxic.Timeout(millis(attributes, "timeout", after));
                case Toxic.ResetPeer(Duration after) -> new Toxic.ResetPeer(millis(attributes, "timeout", after));
                case Toxic.SlowClose(Duration delay) -> new Toxic.SlowClose(millis(attributes, "delay", delay));
                case Toxic.LimitData(long bytes) ->
                    new Toxic.LimitData(attributes.whole("bytes").orElse(bytes));
                case Toxic.Bandwidth(long rate) ->
                    new Toxic.Bandwidth(attributes.whole("rate").orElse(rate));
                case Toxic.Slicer(long size, long variation, Duration delay) ->
                    new Toxic.Slicer(
                            attributes.whole("average_size").orElse(size),
                            attributes.whole("size_variation").orElse(variation),
                            attributes
                                    .whole("delay")
                                    .map(micros -> Duration.of(micros, ChronoUnit.MICROS))
                                    .orElse(delay));
                case Toxic.Noop noop -> noop;
            };
        } catch (IllegalArgumentException e) {
            throw ApiError.badBody(e.getMessage());
        }
    }

    private static Duration millis(Body attributes, String key, Duration before) {
        return attributes.whole(key).map(Duration::ofMillis).orElse(before);
    }

    static Map<String, Long> of(Toxic toxic) {
        Map<String, Long> attributes = new LinkedHashMap<>();
        switch (toxic) {
            case Toxic.Latency(Duration added, Duration jitter) -> {
                attributes.put("latency", added.toMillis());
                attributes.put("jitter", jitter.toMillis());
            }
            case Toxic.Timeout(Duration after) -> attributes.put("timeout", after.toMillis());
            case Toxic.ResetPeer(Duration after) -> attributes.put("timeout", after.toMillis());
            case Toxic.SlowClose(Duration delay) -> attributes.put("delay", delay.toMillis());
            case Toxic.LimitData(long bytes) -> attributes.put("bytes", bytes);
            case Toxic.Bandwidth(long rate) -> attributes.put("rate", rate);
            case Toxic.Slicer(long size, long variation, Duration delay) -> {
                attributes.put("average_size", size);
                attributes.put("size_variation", variation);
                attributes.put("delay", delay.toNanos() / 1_000);
            }
            case Toxic.Noop() -> {}
        }
        return attributes;
    }
}
