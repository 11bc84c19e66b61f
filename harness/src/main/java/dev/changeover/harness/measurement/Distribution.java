package dev.changeover.harness.measurement;

import dev.changeover.harness.units.Hash;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/// Answers drawn from all measured calls alike.
///
/// A draw takes a measured call by its rank in time to first token, and with it the rank of its pace, and both values
/// from between the neighbours of their ranks: the empirical copula, smoothed within its cells (a checkerboard), with
/// the empirical distribution of each of the two. So slow starts go with slow paces where they did, two modes stay two,
/// and nothing is slower than the slowest measured. Failures come at their measured share.
final class Distribution {

    private static final int NO_PACE = -1;

    private final Ordered ttft;
    private final Ordered pace;
    private final int[] paceRankByTtftRank;
    private final int[] tokensByTtftRank;
    private final List<Failure> failures;
    private final double failureShare;

    /// @param served one at least
    Distribution(List<MeasuredCall> served, List<Failure> failures) {
        List<MeasuredCall> byTtft = served.stream()
                .sorted(Comparator.comparingLong(call -> call.ttftNanos().getAsLong()))
                .toList();
        this.ttft = new Ordered(served.stream()
                .mapToDouble(call -> call.ttftNanos().getAsLong())
                .toArray());
        this.pace = new Ordered(served.stream()
                .filter(call -> call.nanosPerToken().isPresent())
                .mapToDouble(call -> call.nanosPerToken().getAsDouble())
                .toArray());
        this.paceRankByTtftRank = paceRanks(byTtft);
        this.tokensByTtftRank =
                byTtft.stream().mapToInt(call -> call.outputTokens().orElse(0)).toArray();
        this.failures = List.copyOf(failures);
        this.failureShare = (double) failures.size() / (failures.size() + served.size());
    }

    Ordered ttft() {
        return ttft;
    }

    /// Empty where no answer had two tokens.
    Ordered pace() {
        return pace;
    }

    /// The median of the measured ones.
    double usualPace() {
        return pace.size() == 0 ? 0 : pace.at(0.5);
    }

    /// Equal paces have ranks of their own, so that none is drawn more often than it was measured.
    private static int[] paceRanks(List<MeasuredCall> calls) {
        int[] byPace = IntStream.range(0, calls.size())
                .filter(i -> calls.get(i).nanosPerToken().isPresent())
                .boxed()
                .sorted(Comparator.comparingDouble(
                        i -> calls.get(i).nanosPerToken().getAsDouble()))
                .mapToInt(Integer::intValue)
                .toArray();
        int[] ranks = new int[calls.size()];
        Arrays.fill(ranks, NO_PACE);
        for (int rank = 0; rank < byPace.length; rank++) {
            ranks[byPace[rank]] = rank;
        }
        return ranks;
    }

    /// @param address of the request: the same for the same, whenever it comes
    Drawn draw(long address) {
        double u = unit(address, 1);
        int rank = Math.min((int) (u * ttft.size()), ttft.size() - 1);
        double chance = unit(address, 3);
        return new Drawn(
                ttft.at(u),
                paceAt(rank, unit(address, 2)),
                tokensByTtftRank[rank] > 0 ? OptionalInt.of(tokensByTtftRank[rank]) : OptionalInt.empty(),
                chance < failureShare
                        ? Optional.of(failures.get((int) (chance / failureShare * failures.size())))
                        : Optional.empty());
    }

    private double paceAt(int ttftRank, double within) {
        if (pace.size() == 0) {
            return 0;
        }
        int rank = paceRankByTtftRank[ttftRank];
        return pace.at(rank == NO_PACE ? within : (rank + within) / pace.size());
    }

    static double unit(long address, long draw) {
        return Hash.unit(Hash.mix(address, draw));
    }
}
