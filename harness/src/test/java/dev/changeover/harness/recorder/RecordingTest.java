package dev.changeover.harness.recorder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.changeover.harness.redaction.Masks;
import dev.changeover.harness.redaction.Redactor;
import dev.changeover.harness.redaction.TextPolicy;
import dev.changeover.harness.trace.RecordingLines;
import dev.changeover.harness.units.Share;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordingTest {

    private static final byte[] BODY =
            "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi.\"}]}".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path folder;

    private final List<String> troubles = new ArrayList<>();

    @Test
    void whereNothingCanBeWrittenItIsSaidOnceAndCallsAreCounted() throws Exception {
        RotatingFile file = new RotatingFile(
                folder.resolve("rec.jsonl"), RecordingLines.header("A test.", Instant.EPOCH), Rotation.NEVER, 0);
        file.close();
        Recording recording = recording(file);
        for (int call = 0; call < 5; call++) {
            recording.offer(call(1));
        }
        recording.close();
        recording.offer(call(1));
        assertThat(troubles).hasSize(1);
        assertThat(recording.tally().counts().lost()).isEqualTo(6);
        assertThat(recording.tally().counts().written()).isZero();
    }

    @Test
    void callsThatComeFasterThanTheyAreWrittenAreLostAndCounted() {
        Recording recording = recording(new RotatingFile(
                folder.resolve("rec.jsonl"), RecordingLines.header("A test.", Instant.EPOCH), Rotation.NEVER, 0));
        recording.offer(call(1L << 40));
        recording.offer(call(1));
        recording.close();
        assertThat(recording.tally().counts().lost()).isEqualTo(1);
        assertThat(recording.tally().counts().written()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"100MB", "1GB", "1.5KB", "1h", "90s"})
    void aRotationIsASizeOrATime(String text) {
        assertThat(Rotation.parse(text)).isNotEqualTo(Rotation.NEVER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "100", "MB", "-1MB", "1TB", "0MB", "10ms", "1h30m"})
    void whatIsNeitherIsRefused(String text) {
        assertThatThrownBy(() -> Rotation.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    private Recording recording(RotatingFile file) {
        Redactor redactor = Redactor.of(TextPolicy.KEEP, Masks.builtIn(), new byte[16]);
        return new Recording(file, redactor, Share.ALL, () -> 0, troubles::add);
    }

    private static EndedCall call(long weight) {
        return new EndedCall(
                0,
                Optional.empty(),
                List.of(),
                Optional.of(BODY),
                OptionalInt.empty(),
                Optional.empty(),
                false,
                Optional.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                weight);
    }
}
