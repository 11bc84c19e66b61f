package dev.changeover.reports.render;

import dev.changeover.harness.history.Event;
import dev.changeover.harness.history.History;

/// The timeline cut into equal parts: few enough to draw, each with requests enough to have percentiles.
///
/// @param widthMillis a number that reads well: 1, 2 or 5 of a power of ten, from a tenth of a second
/// @param count at most [#MOST]
record Buckets(double widthMillis, int count) {

    static final int MOST = 240;
    private static final int FEWEST = 24;
    private static final int REQUESTS_IN_ONE = 25;

    static Buckets of(History history) {
        return of(history, FEWEST, MOST, REQUESTS_IN_ONE);
    }

    /// @param requestsInOne about so many, as far as `fewest` and `most` allow
    static Buckets of(History history, int fewest, int most, int requestsInOne) {
        long last = history.spanNanos();
        for (Event.Request request : history.requests()) {
            last = Math.max(last, request.timing().dueNanos() + 1);
        }
        double spanMillis = Math.max(1, last / 1e6);
        boolean paired = history.requests().stream().anyMatch(r -> r.arm().isPresent());
        int requests = history.requests().size() / (paired ? 2 : 1);
        int wanted = Math.clamp(requests / requestsInOne, fewest, most);
        double width = nice(Math.max(100, spanMillis / wanted));
        return new Buckets(width, (int) Math.max(1, Math.ceil(spanMillis / width)));
    }

    /// Which one a request is in, by when it was due.
    int at(Event.Request request) {
        double millis = request.timing().dueNanos() / 1e6;
        return Math.clamp((long) (millis / widthMillis), 0, count - 1);
    }

    double spanMillis() {
        return widthMillis * count;
    }

    /// The least of 1, 2, 5, 10, 20 ... that is no less.
    private static double nice(double least) {
        double power = Math.pow(10, Math.floor(Math.log10(least)));
        for (double step : new double[] {1, 2, 5}) {
            if (step * power >= least * (1 - 1e-9)) {
                return step * power;
            }
        }
        return 10 * power;
    }
}
