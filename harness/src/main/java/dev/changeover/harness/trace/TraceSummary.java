package dev.changeover.harness.trace;

import java.time.Duration;
import java.util.Iterator;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;

/// What a trace holds, counted in one pass.
///
/// @param span from the first arrival to the last
/// @param meanRate requests a second: 1 / mean gap; empty with fewer than two arrival times
/// @param peakRate most requests in one second; seconds count from the first arrival
/// @param gapVariation standard deviation of the gaps between arrivals / their mean: 1 for a Poisson process, above 1
///     for bursts; empty with fewer than two gaps
/// @param emptySeconds share of the seconds of the span in which nothing arrives, from 0 to 1
/// @param inputTokens of the requests that say; empty when none does
/// @param outputTokens likewise; where a request does not say, those of its recorded answer
/// @param models requests by the model they name; past 1,000 models the rest counts under [#OTHER_MODELS]
/// @param streamed requests that ask for a stream, of `streamKnown` that say
/// @param conversations by their names
/// @param bodies by their bytes
/// @param answers requests with a recorded answer
public record TraceSummary(
        long requests,
        Duration span,
        OptionalDouble meanRate,
        long peakRate,
        OptionalDouble gapVariation,
        OptionalDouble emptySeconds,
        Optional<TokenQuantiles> inputTokens,
        Optional<TokenQuantiles> outputTokens,
        SortedMap<String, Long> models,
        long streamed,
        long streamKnown,
        Distinct conversations,
        Distinct bodies,
        long answers) {

    public static final String OTHER_MODELS = "(other models)";

    /// How many different things were seen, told apart by 64-bit hashes.
    ///
    /// @param different first sightings
    /// @param repeated sightings of one seen before
    /// @param complete false when there were more than are remembered (1,000,000): then both are lower bounds
    public record Distinct(long different, long repeated, boolean complete) {

        public long seen() {
            return different + repeated;
        }
    }

    /// Tokens of the requests that say.
    ///
    /// @param count how many say
    /// @param p50 the smallest count that at least half of them do not exceed; `p95` and `p99` likewise
    public record TokenQuantiles(long count, long p50, long p95, long p99, long max) {}

    /// Reads a trace to its end.
    ///
    /// @throws TraceException when it cannot be read to its end
    public static TraceSummary of(Iterator<TraceRequest> requests) {
        TraceCounts counts = new TraceCounts();
        requests.forEachRemaining(counts::add);
        return counts.summary();
    }

    /// Requests in a conversation, on average; empty where no request names one.
    public OptionalDouble meanConversation() {
        return conversations.different() == 0 || !conversations.complete()
                ? OptionalDouble.empty()
                : OptionalDouble.of((double) conversations.seen() / conversations.different());
    }
}
