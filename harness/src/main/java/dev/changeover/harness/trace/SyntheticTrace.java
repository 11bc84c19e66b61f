package dev.changeover.harness.trace;

import dev.changeover.harness.units.Share;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// Makes traces in the shape of recorded ones: bursts, heavy tails, conversations. Nothing of anyone's is in them.
public final class SyntheticTrace {

    private SyntheticTrace() {}

    /// What a trace is to look like.
    ///
    /// @param requests exactly so many, at most 5,000,000
    /// @param span all of them arrive within it
    /// @param gapVariation wanted standard deviation of the gaps between arrivals / their mean; 1 is a Poisson
    ///     process, above 1 the rate wanders from second to second
    /// @param meanTurns requests in a conversation, on average
    /// @param thinkTime median pause of a conversation's human between two requests
    /// @param models the second is asked for half as often as the first, the third a third as often, and so on
    /// @param streamed share of the conversations that stream
    public record Parameters(
            int requests,
            Duration span,
            long seed,
            double gapVariation,
            double meanTurns,
            Duration thinkTime,
            Lengths input,
            Lengths output,
            List<String> models,
            Share streamed) {

        private static final int MOST_REQUESTS = 5_000_000;

        public Parameters {
            models = List.copyOf(models);
            require(requests > 0 && requests <= MOST_REQUESTS, "requests must be from 1 to 5,000,000", requests);
            require(span.compareTo(Duration.ofSeconds(1)) >= 0, "span must be at least 1 s", span);
            require(span.compareTo(Duration.ofDays(366)) <= 0, "span must be at most 366 days", span);
            require(gapVariation >= 1 && gapVariation <= 20, "gapVariation must be from 1 to 20", gapVariation);
            require(meanTurns >= 1 && meanTurns <= 20, "meanTurns must be from 1 to 20", meanTurns);
            require(thinkTime.isPositive(), "thinkTime must be > 0", thinkTime);
            require(!models.isEmpty(), "models must not be empty", models);
        }

        /// The shape of a public trace of a chat service: 1,000 tokens in and 130 out in the middle, 4,200 and 600 at
        /// most.
        public static Parameters chat(int requests, Duration span, long seed) {
            return new Parameters(
                    requests,
                    span,
                    seed,
                    1.1,
                    3,
                    Duration.ofSeconds(10),
                    new Lengths(1_000, 4_000, 4_200),
                    new Lengths(130, 450, 600),
                    List.of("gpt-4.1"),
                    new Share(0.6));
        }

        /// The same shape, small enough that two cores can stream every token of a hundred requests a second.
        public static Parameters smallChat(int requests, Duration span, long seed) {
            Parameters chat = chat(requests, span, seed);
            return chat.withLengths(new Lengths(300, 1_000, 1_200), new Lengths(40, 110, 200));
        }

        public Parameters withLengths(Lengths newInput, Lengths newOutput) {
            return new Parameters(
                    requests, span, seed, gapVariation, meanTurns, thinkTime, newInput, newOutput, models, streamed);
        }

        public Parameters withModels(List<String> newModels) {
            return new Parameters(
                    requests, span, seed, gapVariation, meanTurns, thinkTime, input, output, newModels, streamed);
        }

        public Parameters withGapVariation(double newVariation) {
            return new Parameters(
                    requests, span, seed, newVariation, meanTurns, thinkTime, input, output, models, streamed);
        }

        private static void require(boolean holds, String what, Object got) {
            if (!holds) {
                throw new IllegalArgumentException(what + ", got " + got);
            }
        }
    }

    /// Token counts: log-normal through two quantiles, cut off at `most`, as services cut off long contexts.
    public record Lengths(int p50, int p95, int most) {

        public Lengths {
            if (!(p50 >= 1 && p95 > p50 && most >= p95)) {
                throw new IllegalArgumentException(
                        "lengths must be 1 <= p50 < p95 <= most, got %d, %d, %d".formatted(p50, p95, most));
            }
        }
    }

    /// Writes the trace: the same parameters give the same requests.
    ///
    /// @throws TraceException when the file cannot be written
    public static void write(Parameters parameters, Path file) {
        TraceWriter.copy(
                new SyntheticRequests(parameters).sorted().iterator(),
                file,
                "Synthetic, made by Changeover with seed %d; no recorded traffic is in it."
                        .formatted(parameters.seed()));
    }
}
