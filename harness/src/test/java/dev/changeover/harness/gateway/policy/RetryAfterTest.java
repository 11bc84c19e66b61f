package dev.changeover.harness.gateway.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {

    private static final Instant NOW = Instant.parse("2026-11-21T08:00:00.500Z");

    @ParameterizedTest
    @CsvSource({"0, 0", "3, 3000", "' 120 ', 120000"})
    void readsSeconds(String header, long millis) {
        assertThat(RetryAfter.nanos(header, NOW)).hasValue(millis * 1_000_000);
    }

    @Test
    void readsADate() {
        assertThat(RetryAfter.nanos("Sat, 21 Nov 2026 08:00:10 GMT", NOW)).hasValue(9_500_000_000L);
    }

    @Test
    void aDateThatHasPassedMeansNow() {
        assertThat(RetryAfter.nanos("Sat, 21 Nov 2026 07:00:00 GMT", NOW)).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "-1", "1.5", "99999999999999999999", "Sat, 21 Nov 9999999 08:00:10 GMT"})
    void whatIsNeitherIsNoAnswer(String header) {
        assertThat(RetryAfter.nanos(header, NOW)).isEmpty();
    }
}
