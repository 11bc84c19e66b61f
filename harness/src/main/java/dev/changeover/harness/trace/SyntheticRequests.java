package dev.changeover.harness.trace;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;

/// Draws the requests of a synthetic trace, conversation by conversation.
///
/// Conversations start evenly from long before the trace, so that its first second is as busy as its last; what they
/// did before it is not in it. The contexts of a conversation are drawn independently and put in order: they grow,
/// and over all requests they keep the wanted distribution.
final class SyntheticRequests {

    private static final int MOST_TURNS_PER_MEAN = 5;
    private static final double THINK_DEVIATION = 0.8;
    private static final double LONGEST_THINK = 5;
    private static final double NORMAL_P95 = 1.6449;

    private final SyntheticTrace.Parameters parameters;
    private final SplittableRandom random;
    private final BurstyTime time;
    private final double thinkShare;
    private final int mostTurns;
    private final List<TraceRequest> requests = new ArrayList<>();

    SyntheticRequests(SyntheticTrace.Parameters parameters) {
        this.parameters = parameters;
        this.random = new SplittableRandom(parameters.seed());
        double spanNanos = parameters.span().toNanos();
        this.time = new BurstyTime(random.split(), spanNanos, parameters.gapVariation());
        this.thinkShare = parameters.thinkTime().toNanos() / spanNanos;
        this.mostTurns = (int) Math.ceil(MOST_TURNS_PER_MEAN * parameters.meanTurns());
    }

    List<TraceRequest> sorted() {
        requests.clear();
        for (int conversation = 1; requests.size() < parameters.requests(); conversation++) {
            converse("c" + conversation);
        }
        requests.sort(Comparator.comparingLong(TraceRequest::atNanos));
        return requests;
    }

    private void converse(String name) {
        double longest = mostTurns * LONGEST_THINK * thinkShare;
        double at = random.nextDouble(-longest, 1);
        String model = model();
        boolean stream = random.nextDouble() < parameters.streamed().value();
        int[] contexts = contexts(turns());
        for (int context : contexts) {
            int output = length(parameters.output());
            if (at >= 0 && at < 1 && requests.size() < parameters.requests()) {
                requests.add(
                        TraceRequest.arriving(time.nanosAt(at))
                                .conversation(Optional.of(name))
                                .model(Optional.of(model))
                                .stream(Optional.of(stream))
                                .inputTokens(OptionalInt.of(context))
                                .outputTokens(OptionalInt.of(output))
                                .build());
            }
            at += thinkShare * Math.min(LONGEST_THINK, Math.exp(THINK_DEVIATION * random.nextGaussian()));
        }
    }

    /// Geometric, and cut off at a few times its mean.
    private int turns() {
        int turns = 1;
        while (turns < mostTurns && random.nextDouble() > 1 / parameters.meanTurns()) {
            turns++;
        }
        return turns;
    }

    private int[] contexts(int turns) {
        int[] contexts = new int[turns];
        for (int turn = 0; turn < turns; turn++) {
            contexts[turn] = length(parameters.input());
        }
        Arrays.sort(contexts);
        return contexts;
    }

    private int length(SyntheticTrace.Lengths lengths) {
        double deviation = Math.log((double) lengths.p95() / lengths.p50()) / NORMAL_P95;
        double drawn = lengths.p50() * Math.exp(deviation * random.nextGaussian());
        return Math.clamp(Math.round(drawn), 1, lengths.most());
    }

    private String model() {
        double all = 0;
        for (int rank = 1; rank <= parameters.models().size(); rank++) {
            all += 1.0 / rank;
        }
        double left = random.nextDouble(all);
        int rank = 1;
        while (rank < parameters.models().size() && left >= 1.0 / rank) {
            left -= 1.0 / rank;
            rank++;
        }
        return parameters.models().get(rank - 1);
    }
}
