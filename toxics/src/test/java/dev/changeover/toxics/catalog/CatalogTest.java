package dev.changeover.toxics.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.changeover.toxics.http.HttpFault;
import dev.changeover.toxics.http.Selection;
import dev.changeover.toxics.toxic.Direction;
import dev.changeover.toxics.toxic.Toxic;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class CatalogTest {

    static List<CatalogFault> faults() {
        return Catalog.all();
    }

    private static FaultEffect effectOf(String fault, Map<String, String> parameters) {
        return Catalog.find(fault).orElseThrow().effectOf(parameters);
    }

    @ParameterizedTest
    @MethodSource("faults")
    void everyFaultWorksWithItsDefaults(CatalogFault fault) {
        FaultEffect effect = fault.effectOf(Map.of());
        assertThat(effect.refused()
                        || !effect.toxics().isEmpty()
                        || effect.http().isPresent())
                .as("it does something")
                .isTrue();
        assertThat(Catalog.find(fault.name())).containsSame(fault);
        assertThat(Catalog.all()).filteredOn(f -> f.name().equals(fault.name())).hasSize(1);
    }

    @Test
    void aDarkRegionIsSilentBothWays() {
        assertThat(effectOf("region-outage", Map.of()).toxics())
                .extracting(FaultEffect.PlacedToxic::direction)
                .containsExactly(Direction.UPSTREAM, Direction.DOWNSTREAM);
    }

    @ParameterizedTest
    @CsvSource({"250ms,250", "2s,2000", "1.5s,1500", "4m,240000", "1h,3600000", "2000us,2"})
    void durationsCarryTheirUnit(String text, long millis) {
        assertThat(effectOf("connection-resets", Map.of("after", text)).toxics())
                .singleElement()
                .satisfies(p -> assertThat(p.toxic()).isEqualTo(new Toxic.ResetPeer(Duration.ofMillis(millis))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "ms", "-5ms", "5 ms", "1e3ms", "99999999999999999999h", "NaNs"})
    void aWrongDurationIsQuoted(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> effectOf("brownout-latency", Map.of("latency", text)))
                .withMessage("latency must be a duration like 250ms, 2s or 4m, got '" + text + "'");
    }

    @Test
    void aDurationFinerThanToxicsCanCarryIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> effectOf("brownout-latency", Map.of("latency", "1500us")))
                .withMessage("latency must be whole milliseconds, got 0.0015 s");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "30", "101%", "-1%", "NaN%", "x%"})
    void aWrongShareIsQuoted(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> effectOf("intermittent-5xx", Map.of("share", text)))
                .withMessage("share must be a percentage like 30%, got '" + text + "'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "2s", "-1", "1.5", "99999999999"})
    void aWrongNumberIsQuoted(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> effectOf("rate-limit-storm", Map.of("retry_after", text)))
                .withMessage("retry_after must be a whole number, 0 or more, got '" + text + "'");
    }

    @Test
    void anUnknownParameterIsToldWhatThereIs() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> effectOf("brownout-latency", Map.of("delay", "1s")))
                .withMessage("brownout-latency has no parameter 'delay'; it has jitter, latency");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> effectOf("region-outage", Map.of("delay", "1s")))
                .withMessage("region-outage has no parameter 'delay'; it has none");
    }

    @Test
    void errorBodiesAreJsonAsProvidersWordIt() {
        FaultEffect.StruckBy struck =
                effectOf("rate-limit-storm", Map.of("retry_after", "7")).http().orElseThrow();
        assertThat(struck.selection()).isEqualTo(Selection.ALL);
        HttpFault.Status status = (HttpFault.Status) struck.fault();
        assertThat(status.status()).isEqualTo(429);
        assertThat(status.retryAfter())
                .contains(new HttpFault.RetryAfter(Duration.ofSeconds(7), HttpFault.RetryAfter.Form.SECONDS));
        assertThat(JsonMapper.shared().readTree(status.body()).at("/error/code").stringValue())
                .isEqualTo("rate_limit_exceeded");
    }
}
