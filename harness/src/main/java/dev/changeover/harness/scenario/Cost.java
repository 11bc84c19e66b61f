package dev.changeover.harness.scenario;

/// What the service costs to run.
///
/// @param monthlyRequests volume that the run's cost per request is multiplied by
public record Cost(long monthlyRequests) {
    public Cost {
        if (monthlyRequests <= 0) {
            throw new IllegalArgumentException("monthly_requests must be > 0, got " + monthlyRequests);
        }
    }
}
