package dev.changeover.harness.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whatever is done to a file, it is read or refused as a [TraceException]; no other error gets out.
class HostileTraceTest {

    private static final String CANONICAL = """
        {"changeover_trace":1,"about":"x"}
        {"at_ms":0,"input_tokens":374,"output_tokens":44}
        {"at_ms":12.5e0,"conversation":"c1","model":"ü","stream":true,"request":{"model":"ü","stream":true},\
        "answer":{"status":200,"first_token_ms":420.25,"done_ms":1800,"finish_reason":"stop"}}
        """;

    private static final String AZURE = """
        TIMESTAMP,ContextTokens,GeneratedTokens
        2023-11-16 18:15:46.6805900,374,44
        2023-11-16 18:15:50.9951690,396,109
        """;

    @TempDir
    Path folder;

    @Test
    void aCanonicalTraceWithBytesChanged() {
        assertThat(refusedOf(1_500, CANONICAL.getBytes(StandardCharsets.UTF_8), 1))
                .isGreaterThan(750);
    }

    @Test
    void anAzureTraceWithBytesChanged() {
        assertThat(refusedOf(1_500, AZURE.getBytes(StandardCharsets.UTF_8), 2)).isGreaterThan(300);
    }

    @Test
    void aGzipWithBytesChanged() {
        assertThat(refusedOf(1_500, Written.gzip(CANONICAL), 3)).isGreaterThan(1_000);
    }

    @Test
    void noise() {
        SplittableRandom random = new SplittableRandom(4);
        for (int file = 0; file < 300; file++) {
            byte[] bytes = new byte[random.nextInt(200)];
            random.nextBytes(bytes);
            assertThat(refused(bytes)).isTrue();
        }
    }

    private int refusedOf(int files, byte[] good, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int refused = 0;
        for (int file = 0; file < files; file++) {
            byte[] bytes = good.clone();
            for (int changes = random.nextInt(1, 4); changes > 0; changes--) {
                byte[] likely = "0129-+.eE\",:{}[]\n nt\\".getBytes(StandardCharsets.UTF_8);
                bytes[random.nextInt(bytes.length)] =
                        random.nextBoolean() ? likely[random.nextInt(likely.length)] : (byte) random.nextInt();
            }
            refused +=
                    refused(Arrays.copyOf(bytes, random.nextInt(4) == 0 ? random.nextInt(bytes.length) : bytes.length))
                            ? 1
                            : 0;
        }
        return refused;
    }

    private boolean refused(byte[] bytes) {
        try {
            Written.read(Written.bytes(folder, bytes));
            return false;
        } catch (TraceException e) {
            assertThat(e.what()).isNotBlank();
            assertThat(e.remedy()).isNotBlank();
            return true;
        }
    }
}
