package dev.changeover.harness.scenario;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The alert rules of whoever watches the service, held against the history: would they have fired, and how late?
///
/// @param scrape where the monitoring reads the gateway's metrics; empty: taken to be wired. One that never
/// answers means that no rule could have fired
public record Alerts(Optional<Scrape> scrape, List<Rule> rules) {

    public static final Alerts NONE = new Alerts(Optional.empty(), List.of());

    public Alerts {
        rules = List.copyOf(rules);
    }

    /// @param path on the gateway, `/metrics`
    /// @param every wall time between two reads
    public record Scrape(String path, Duration every) {
        public Scrape {
            if (!path.startsWith("/")) {
                throw new IllegalArgumentException("path must start with /, got '" + path + "'");
            }
            if (!every.isPositive()) {
                throw new IllegalArgumentException("every must be > 0, got " + every);
            }
        }
    }

    /// Fires when the signal has been above the threshold at every evaluation for as long as `held`.
    ///
    /// @param above in the signal's unit; no meaning for `DOWN`
    /// @param window wall time that the signal is computed over, ending at the evaluation
    /// @param held wall time
    public record Rule(String name, Signal signal, double above, Duration window, Duration held) {
        public Rule {
            if (name.isBlank()) {
                throw new IllegalArgumentException("name must not be blank");
            }
            if (!window.isPositive()) {
                throw new IllegalArgumentException("window must be > 0, got " + window);
            }
            if (held.isNegative()) {
                throw new IllegalArgumentException("for must be >= 0, got " + held);
            }
        }
    }

    public enum Signal {
        /// Milliseconds, of what clients saw end in the window.
        LATENCY_P95,
        LATENCY_P99,
        /// Share, of the same.
        ERROR_RATE,
        /// The gateway's health page answers anything but 200, or nothing.
        DOWN
    }
}
