package dev.changeover.reports.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.changeover.harness.check.AlertSummary;
import dev.changeover.harness.scenario.Alerts;
import dev.changeover.harness.scenario.Alerts.Signal;
import java.time.Duration;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class AlertRowTest {

    @Test
    void aRuleIsToldAsItWasWritten() {
        assertThat(row(Signal.LATENCY_P95, 100, Duration.ofMinutes(5)).rule()).isEqualTo("p95 above 100 ms for 5m");
        assertThat(row(Signal.ERROR_RATE, 0.05, Duration.ZERO).rule()).isEqualTo("error rate above 5%");
        assertThat(row(Signal.DOWN, 0, Duration.ofMinutes(1)).rule()).isEqualTo("down for 1m");
    }

    @Test
    void aRuleThatStayedSilentStandsOut() {
        AlertRow silent = AlertRow.of(alert(Signal.DOWN, 0, Duration.ZERO, OptionalDouble.empty()));
        AlertRow loud = AlertRow.of(alert(Signal.DOWN, 0, Duration.ZERO, OptionalDouble.of(15_000)));

        assertThat(silent.fired()).isEqualTo("did not fire");
        assertThat(silent.silent()).isTrue();
        assertThat(loud.fired()).isEqualTo("after 15.0 s");
        assertThat(loud.silent()).isFalse();
        assertThat(loud.fault()).isEqualTo("region-outage on old");
    }

    private static AlertRow row(Signal signal, double above, Duration held) {
        return AlertRow.of(alert(signal, above, held, OptionalDouble.empty()));
    }

    private static AlertSummary alert(Signal signal, double above, Duration held, OptionalDouble after) {
        Alerts.Rule rule = new Alerts.Rule("rule", signal, above, Duration.ofSeconds(30), held);
        return new AlertSummary(rule, 0, "region-outage", "old", after, "it was looked at");
    }
}
