package dev.changeover.harness.stats;

import java.util.Arrays;

/// A test that may be looked at after every event: whether bad things happen to the new arm more often
/// than is tolerated. When they do not, the chance that it ever reaches 1/alpha is at most alpha
/// (Ville's inequality, for it is a nonnegative supermartingale that starts at 1).
///
/// While traffic is split at random, a share w of it to the new arm: a bad thing strikes the new arm with
/// probability t0 = w rho / (w rho + 1 - w) when its odds there are rho times those on the old arm,
/// whatever their level is and however it moves (Lindon and Malek, *Anytime-valid inference for
/// multinomial count data*, arXiv 2011.03567). With tr the same for r rho: the mean over r of the
/// products of tr/t0 for one on the new arm, (1 - tr)/(1 - t0) for one on the old.
///
/// Where all traffic goes to the new arm there is nothing to compare. Each trial is then held against a
/// known limit p0, by Wald's likelihood ratio (*Sequential tests of statistical hypotheses*, Annals of
/// Mathematical Statistics 16, 1945): r for a bad one, (1 - r p0)/(1 - p0) for a good one, r kept so
/// small that r p0 < 1. Both factors have a mean of at most 1, so the whole stays a test, of: the odds
/// ratio is at most rho, and at full weight the share of bad trials is at most p0.
public final class EProcess {

    /// At this value the alternative is believed: false alarms in at most 5 % of healthy runs.
    public static final double ALARM = 20;

    private static final double[] RATIOS = {1.5, 2, 3, 5, 10};
    private static final double LARGEST_LOG = Math.log(Double.MAX_VALUE);

    private final double tolerated;
    private final double[] logs = new double[RATIOS.length];

    /// @param tolerated rho, the ratio of odds, new to old, up to which the new arm counts as no worse
    public EProcess(double tolerated) {
        if (!(tolerated > 0 && tolerated < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("the tolerated odds ratio must be above 0, got " + tolerated);
        }
        this.tolerated = tolerated;
    }

    /// A bad thing happened while traffic was split.
    ///
    /// @param onNew on which arm
    /// @param share of the new arm where it was decided which of them to take; above 0 and below 1
    public void bad(boolean onNew, double share) {
        if (!(share > 0 && share < 1)) {
            throw new IllegalArgumentException("the share must be above 0 and below 1, got " + share);
        }
        double under = struck(share, tolerated);
        for (int i = 0; i < RATIOS.length; i++) {
            double over = struck(share, tolerated * RATIOS[i]);
            logs[i] += onNew ? Math.log(over / under) : Math.log1p(-over) - Math.log1p(-under);
        }
    }

    /// One trial of the new arm while it had all the traffic.
    ///
    /// @param limit p0, the largest share of bad trials that is allowed; from 0 and below 1
    public void trial(boolean bad, double limit) {
        if (!(limit >= 0 && limit < 1)) {
            throw new IllegalArgumentException("the limit must be 0 or more and below 1, got " + limit);
        }
        for (int i = 0; i < RATIOS.length; i++) {
            double over = Math.min(RATIOS[i] * limit, (1 + limit) / 2);
            double ratio = limit == 0 ? RATIOS[i] : over / limit;
            logs[i] += bad ? Math.log(ratio) : Math.log1p(-over) - Math.log1p(-limit);
        }
    }

    /// Evidence against the new arm: 1 at the start; at most the largest finite number.
    public double value() {
        double largest = Arrays.stream(logs).max().orElseThrow();
        double sum = 0;
        for (double log : logs) {
            sum += Math.exp(log - largest);
        }
        return Math.exp(Math.min(largest + Math.log(sum / logs.length), LARGEST_LOG));
    }

    private static double struck(double share, double odds) {
        return share * odds / (share * odds + 1 - share);
    }
}
