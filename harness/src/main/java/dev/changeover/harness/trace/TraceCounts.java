package dev.changeover.harness.trace;

import dev.changeover.harness.units.Hash;
import java.time.Duration;
import java.util.Collections;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/// Counts a trace as it passes by, in memory that does not grow with it.
final class TraceCounts {

    private static final int MOST_REMEMBERED = 1_000_000;
    private static final int MOST_MODELS = 1_000;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final int EXACT_DIGITS = 4;

    private final Histogram inputTokens = new Histogram(EXACT_DIGITS);
    private final Histogram outputTokens = new Histogram(EXACT_DIGITS);
    private final SortedMap<String, Long> models = new TreeMap<>();
    private final DistinctHashes conversations = new DistinctHashes(MOST_REMEMBERED);
    private final DistinctHashes bodies = new DistinctHashes(MOST_REMEMBERED);
    private long requests;
    private long firstNanos;
    private long lastNanos;
    private double gapMeanSeconds;
    private double gapSquares;
    private long second;
    private long inSecond;
    private long busySeconds;
    private long peakRate;
    private long streamed;
    private long streamKnown;
    private long answers;

    void add(TraceRequest request) {
        arrived(request.atNanos());
        request.inputTokens().ifPresent(inputTokens::recordValue);
        outputTokens(request).ifPresent(outputTokens::recordValue);
        request.model().ifPresent(this::named);
        request.stream().ifPresent(truth -> {
            streamKnown++;
            streamed += truth ? 1 : 0;
        });
        request.conversation().ifPresent(name -> conversations.add(Hash.mix(Hash.of(name))));
        request.body().ifPresent(body -> bodies.add(hash(body)));
        answers += request.answer().isPresent() ? 1 : 0;
    }

    TraceSummary summary() {
        long span = lastNanos - firstNanos;
        long gaps = requests - 1;
        boolean spread = requests > 1 && span > 0;
        return new TraceSummary(
                requests,
                Duration.ofNanos(span),
                spread ? OptionalDouble.of(gaps * 1e9 / span) : OptionalDouble.empty(),
                peakRate,
                spread && gaps > 1
                        ? OptionalDouble.of(Math.sqrt(gapSquares / gaps) / gapMeanSeconds)
                        : OptionalDouble.empty(),
                requests > 0
                        ? OptionalDouble.of(1 - busySeconds / (double) (span / NANOS_PER_SECOND + 1))
                        : OptionalDouble.empty(),
                quantiles(inputTokens),
                quantiles(outputTokens),
                Collections.unmodifiableSortedMap(models),
                streamed,
                streamKnown,
                conversations.counted(),
                bodies.counted(),
                answers);
    }

    /// What the trace says of the request, else what its recorded answer used.
    private static OptionalInt outputTokens(TraceRequest request) {
        return request.outputTokens().isPresent()
                ? request.outputTokens()
                : request.answer().map(RecordedAnswer::outputTokens).orElseGet(OptionalInt::empty);
    }

    private void arrived(long atNanos) {
        if (requests == 0) {
            firstNanos = atNanos;
            busySeconds = 1;
        } else {
            gap((atNanos - lastNanos) / 1e9);
        }
        long arrivedIn = (atNanos - firstNanos) / NANOS_PER_SECOND;
        if (arrivedIn != second) {
            second = arrivedIn;
            inSecond = 0;
            busySeconds++;
        }
        inSecond++;
        peakRate = Math.max(peakRate, inSecond);
        lastNanos = atNanos;
        requests++;
    }

    /// Welford's running mean and sum of squared deviations.
    private void gap(double seconds) {
        double off = seconds - gapMeanSeconds;
        gapMeanSeconds += off / requests;
        gapSquares += off * (seconds - gapMeanSeconds);
    }

    private void named(String model) {
        boolean known = models.containsKey(model) || models.size() < MOST_MODELS;
        models.merge(known ? model : TraceSummary.OTHER_MODELS, 1L, Long::sum);
    }

    private static Optional<TraceSummary.TokenQuantiles> quantiles(Histogram tokens) {
        if (tokens.getTotalCount() == 0) {
            return Optional.empty();
        }
        return Optional.of(new TraceSummary.TokenQuantiles(
                tokens.getTotalCount(),
                tokens.getValueAtPercentile(50),
                tokens.getValueAtPercentile(95),
                tokens.getValueAtPercentile(99),
                tokens.getMaxValue()));
    }

    /// FNV-1a over the bytes, mixed so that its low bits are as good as its high ones.
    private static long hash(byte[] bytes) {
        long hash = 0xcbf29ce484222325L;
        for (byte one : bytes) {
            hash = (hash ^ (one & 0xff)) * 0x100000001b3L;
        }
        return Hash.mix(hash);
    }
}
