package dev.changeover.harness.scenario;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/// What somebody probably meant to write.
public final class Suggestion {

    private Suggestion() {}

    /// `did you mean 'speed'?`, or all that there is where nothing is near.
    public static String among(Collection<String> known, String written) {
        return nearest(known, written)
                .map("did you mean '%s'?"::formatted)
                .orElseGet(() -> known.isEmpty() ? "remove it" : "known here: " + String.join(", ", known));
    }

    private static Optional<String> nearest(Collection<String> known, String written) {
        int allowed = Math.max(1, written.length() / 3);
        return known.stream()
                .filter(word -> Math.abs(word.length() - written.length()) <= allowed)
                .filter(word -> distance(word, written) <= allowed)
                .min(Comparator.comparingInt(word -> distance(word, written)));
    }

    /// Insertions, deletions, replacements and swaps of neighbours (optimal string alignment).
    static int distance(String left, String right) {
        int[][] cost = new int[left.length() + 1][right.length() + 1];
        for (int i = 0; i <= left.length(); i++) {
            for (int j = 0; j <= right.length(); j++) {
                cost[i][j] = i == 0 || j == 0 ? i + j : cheapest(cost, left, right, i, j);
            }
        }
        return cost[left.length()][right.length()];
    }

    private static int cheapest(int[][] cost, String left, String right, int i, int j) {
        boolean same = left.charAt(i - 1) == right.charAt(j - 1);
        int best = Math.min(Math.min(cost[i - 1][j], cost[i][j - 1]) + 1, cost[i - 1][j - 1] + (same ? 0 : 1));
        boolean swapped = i > 1
                && j > 1
                && left.charAt(i - 1) == right.charAt(j - 2)
                && left.charAt(i - 2) == right.charAt(j - 1);
        return swapped ? Math.min(best, cost[i - 2][j - 2] + 1) : best;
    }
}
