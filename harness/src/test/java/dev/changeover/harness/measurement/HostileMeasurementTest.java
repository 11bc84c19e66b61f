package dev.changeover.harness.measurement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.changeover.harness.scenario.FittedProfile.Measured;
import dev.changeover.harness.trace.TraceException;
import dev.changeover.harness.trace.Written;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Files that are no measurement, or one with a secret in the wrong place.
@Timeout(120)
class HostileMeasurementTest {

    private static final String GOOD_JSON = """
        [{"error_code": null, "error_msg": "", "ttft_s": 0.5, "end_to_end_latency_s": 2.5, "number_output_tokens": 101},
         {"error_code": 429, "error_msg": "slow down", "ttft_s": 0, "end_to_end_latency_s": 0, "number_output_tokens": 1}]
        """;
    private static final String GOOD_CSV = """
        timestamp,first_token_latency_ms,total_latency_ms,completion_tokens,status,error
        2026-01-15 10:00:00,210,2210,101,,
        2026-01-15 10:06:00,,,,503,"The server is
        overloaded"
        """;

    @TempDir
    Path folder;

    @Test
    void whatBreaksOffIsRefusedWithItsLine() {
        assertThatThrownBy(() -> read(GOOD_JSON.substring(0, 160)))
                .isInstanceOf(TraceException.class)
                .hasMessageContaining("trace:2: is no JSON array of calls: it breaks off");
        assertThatThrownBy(() -> read(GOOD_JSON + "[]")).hasMessageContaining("trace:3: is no JSON array");
        assertThat(read(GOOD_CSV + "2026-01-15 10:07:00,1").leftOut()).endsWith("trace:5)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"NaN", "-Infinity", "-0.5", "1e400", "1e300", "\"0.5\"", "null", "[0.5]", "{\"a\": 0.5}"})
    void aTimeThatIsNoneLeavesItsRowOut(String time) {
        Measurement measured = read(GOOD_JSON.replace("]", "")
                + ", {\"error_code\": null, \"error_msg\": \"\", \"ttft_s\": "
                + time
                + ", \"end_to_end_latency_s\": 2.5, \"number_output_tokens\": 101}]");

        assertThat(measured.calls()).hasSize(2);
        assertThat(measured.leftOut()).startsWith("1 row, ").endsWith("trace:3)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"NaN", "Infinity", "-3", "1e400", "99999999999999", "0x10", "fast", "3000", ""})
    void aTimeInACsvThatIsNoneLeavesItsRowOut(String time) {
        Measurement measured = read(GOOD_CSV + "2026-01-15 10:07:00," + time + ",2210,101,,\n");

        assertThat(measured.calls()).hasSize(2);
        assertThat(measured.leftOut()).startsWith("1 row, ").endsWith("trace:5)");
    }

    @Test
    void aFileWithNothingUsableSaysWhy() {
        assertThatThrownBy(() -> read("first_token_latency_ms,total_latency_ms\n-1,2\n-2,3\n"))
                .isInstanceOf(TraceException.class)
                .hasMessageContaining(
                        "has no usable call; left out: 2 rows, first token is not between 0 and a day (the first:")
                .hasMessageContaining("trace:2");
        assertThatThrownBy(() -> read("")).isInstanceOf(TraceException.class);
        assertThatThrownBy(() -> read("[]")).isInstanceOf(TraceException.class);
    }

    @Test
    void oneLineOfAnyLengthIsRefusedWithoutBeingQuoted() {
        String secret = "sk-very-secret";
        String huge = secret.repeat(3_000_000);

        assertThatThrownBy(() -> read("[{\"ttft_s\": 1, \"GEN_TEXT\": \"" + huge + "\"}]"))
                .isInstanceOf(TraceException.class)
                .hasMessageNotContaining(secret);
        assertThatThrownBy(() -> read("first_token_latency_ms,total_latency_ms\n1," + huge + "\n"))
                .isInstanceOf(TraceException.class)
                .hasMessageNotContaining(secret);
    }

    @Test
    void deepNestingIsRefused() {
        assertThatThrownBy(() -> read("[{\"ttft_s\": 1, \"x\": " + "[".repeat(100_000)))
                .isInstanceOf(TraceException.class);
    }

    @Test
    void anyDamageIsReadOrRefusedAndNothingElse() {
        SplittableRandom random = new SplittableRandom(7);
        for (String good : List.of(GOOD_JSON, GOOD_CSV)) {
            for (int i = 0; i < 1_500; i++) {
                readOrRefuse(damaged(good.getBytes(StandardCharsets.UTF_8), random));
            }
        }
    }

    private void readOrRefuse(byte[] bytes) {
        try {
            assertThat(Measurements.read(Measured.all(Written.bytes(folder, bytes)))
                            .calls())
                    .isNotEmpty();
        } catch (TraceException e) {
            assertThat(e.remedy()).isNotEmpty();
        }
    }

    private static byte[] damaged(byte[] good, SplittableRandom random) {
        byte[] damaged = Arrays.copyOf(good, random.nextInt(3) == 0 ? random.nextInt(good.length) : good.length);
        for (int i = random.nextInt(5); i > 0 && damaged.length > 0; i--) {
            damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
        }
        return damaged;
    }

    private Measurement read(String text) {
        return Measurements.read(Measured.all(Written.text(folder, text)));
    }
}
