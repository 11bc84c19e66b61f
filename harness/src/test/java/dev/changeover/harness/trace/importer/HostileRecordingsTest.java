package dev.changeover.harness.trace.importer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.changeover.harness.trace.TraceException;
import dev.changeover.harness.trace.TraceFile;
import dev.changeover.harness.trace.TraceReader;
import dev.changeover.harness.trace.TraceRequest;
import dev.changeover.harness.trace.TraceWriter;
import dev.changeover.harness.trace.Written;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever is done to a recording in any format, its rows are read, left out or refused as a [TraceException]; what is
/// read makes a trace; and no word of a prompt is in a message.
@Timeout(300)
class HostileRecordingsTest {

    /// What somebody asked in confidence.
    private static final String SECRET = "Xyzzy";

    private static final int CHANGED = 150;

    @TempDir
    private Path folder;

    static Stream<Importer> all() {
        return Importers.ALL.stream();
    }

    @ParameterizedTest
    @MethodSource("all")
    void aWholeRecordingIsRead(Importer importer) {
        assertThat(read(importer, example(importer))).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("all")
    void aByteOrderMarkIsHarmless(Importer importer) {
        List<TraceRequest> requests = read(importer, example(importer));
        assertThat(read(importer, join(text("\ufeff"), example(importer)))).hasSameSizeAs(requests);
        assertThat(Importers.guess(new TraceFile(folder.resolve("trace")))).isEqualTo(importer);
    }

    @ParameterizedTest
    @MethodSource("all")
    void brokenOffAnywhere(Importer importer) {
        byte[] whole = example(importer);
        int step = Math.max(1, whole.length / 60);
        for (int length = 0; length < whole.length; length += step) {
            read(importer, Arrays.copyOf(whole, length));
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void withBytesChanged(Importer importer) {
        SplittableRandom random = new SplittableRandom(7);
        byte[] likely = "0129-+.eE\",:{}[]\n nt\\u".getBytes(StandardCharsets.UTF_8);
        for (int file = 0; file < CHANGED; file++) {
            byte[] bytes = example(importer);
            for (int changes = random.nextInt(1, 5); changes > 0; changes--) {
                bytes[random.nextInt(bytes.length)] =
                        random.nextBoolean() ? likely[random.nextInt(likely.length)] : (byte) random.nextInt();
            }
            read(importer, bytes);
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void withLinesDoubledSwappedOrAmongOthers(Importer importer) {
        List<String> lines =
                new String(example(importer), StandardCharsets.UTF_8).lines().toList();
        for (int line = 0; line < lines.size(); line++) {
            for (String added : List.of(lines.get(line), SECRET, "\"" + SECRET + "\"", "{}", "[]", "null", "")) {
                List<String> more = new ArrayList<>(lines);
                more.add(line, added);
                read(importer, text(String.join("\n", more)));
            }
        }
        read(importer, text(String.join("\n", lines.reversed())));
    }

    @ParameterizedTest
    @MethodSource("all")
    void mixedWithAnyOtherFormat(Importer importer) {
        all().forEach(other -> {
            read(importer, join(example(importer), example(other)));
            read(importer, join(example(other), example(importer)));
            read(importer, example(other));
        });
    }

    @ParameterizedTest
    @MethodSource("all")
    void withTextThatIsNoUtf8OrHalfASurrogate(Importer importer) {
        byte[] whole = example(importer);
        for (byte[] added : List.of(
                new byte[] {(byte) 0xff},
                new byte[] {(byte) 0xc0, (byte) 0x80},
                new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80},
                text("\\ud800"),
                text("\\udc00x"),
                text("\u0000"))) {
            for (int at = 0; at <= whole.length; at += 23) {
                read(importer, insert(whole, at, added));
            }
            read(importer, text(string(whole).replace(SECRET, SECRET + string(added))));
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void nestedADepthThatNobodyNeeds(Importer importer) {
        String whole = string(example(importer));
        for (String deep : List.of("[".repeat(100_000), "{\"a\":".repeat(100_000), "[".repeat(400) + "]".repeat(400))) {
            read(importer, text(deep));
            read(importer, text(deep + whole));
            read(importer, text(whole + deep));
            for (String key : List.of(":", ": ", "[", "{", ",")) {
                int at = whole.indexOf(key);
                read(importer, text(at < 0 ? deep : whole.substring(0, at + key.length()) + deep));
                read(importer, text(whole.replaceFirst("(?<=[:,])\\s*\"[^\"]*\"", deep)));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void withNumbersBeyondAllMeasureAndKeysWithoutAName(Importer importer) {
        String whole = string(example(importer));
        for (String number : List.of(
                "-1",
                "1e999999999",
                "1e-999999999",
                "9".repeat(5_000),
                "0." + "9".repeat(5_000),
                "NaN",
                "99999999999999999999",
                "9223372036854775807",
                "-9223372036854775808",
                "Infinity",
                "1.5",
                "0x10",
                "")) {
            String[] parts = whole.split("(?<=\\D)(?=\\d)|(?<=\\d)(?=\\D)");
            for (int part = 0; part < parts.length; part++) {
                if (parts[part].matches("\\d+")) {
                    String[] changed = parts.clone();
                    changed[part] = number;
                    read(importer, text(String.join("", changed)));
                }
            }
        }
        String[] names = whole.split("(?<=\")(?=\\w+\")");
        for (int name = 1; name < names.length; name++) {
            String[] changed = names.clone();
            changed[name] = changed[name].replaceFirst("^\\w+", "");
            read(importer, text(String.join("", changed)));
        }
        for (String value :
                List.of("null", "{}", "[]", "true", "\"\"", "-0.0", "[null]", "[[]]", "\"" + SECRET + "\"")) {
            String[] values = whole.split("(?<=\":)");
            for (int at = 1; at < values.length; at++) {
                String[] changed = values.clone();
                changed[at] = value + values[at].replaceFirst("^\\s*(\"[^\"]*\"|[\\w.-]+)", "");
                read(importer, text(String.join("", changed)));
            }
        }
    }

    private List<TraceRequest> read(Importer importer, byte[] bytes) {
        Path file = Written.bytes(folder, bytes);
        try {
            assertThat(read(importer, file, LeftOut.refusing()).told()).doesNotContainIgnoringCase(SECRET);
            Imported imported = read(importer, file, LeftOut.counting());
            assertThat(imported.told()).doesNotContainIgnoringCase(SECRET);
            Path trace = folder.resolve("made");
            if (!imported.requests().isEmpty()) {
                TraceWriter.copy(imported.requests().iterator(), trace, "Made.");
                assertThat(Written.read(trace)).hasSameSizeAs(imported.requests());
            }
            return imported.requests();
        } catch (RuntimeException | StackOverflowError e) {
            String start = string(Arrays.copyOf(bytes, Math.min(bytes.length, 4_000)));
            throw new AssertionError("%s: %s in%n%s".formatted(importer.name(), e, start), e);
        }
    }

    private static Imported read(Importer importer, Path file, LeftOut leftOut) {
        OptionalDouble rate = Examples.hasNoTimes(importer) ? OptionalDouble.of(2) : OptionalDouble.empty();
        List<TraceRequest> requests = new ArrayList<>();
        try (TraceReader reader =
                Traces.open(List.of(file), Optional.of(importer.name()), new Reading(leftOut, rate))) {
            reader.forEachRemaining(requests::add);
            return new Imported(requests, leftOut.text());
        } catch (TraceException e) {
            assertThat(e.remedy()).isNotBlank();
            return new Imported(List.of(), e.getMessage() + leftOut.text());
        }
    }

    /// @param told to people meanwhile
    private record Imported(List<TraceRequest> requests, String told) {}

    private static byte[] example(Importer importer) {
        return text(Examples.of(importer)
                .replace("Good morning.", SECRET + ".")
                .replace("Good morning to you.", SECRET + "!"));
    }

    private static byte[] insert(byte[] bytes, int at, byte[] added) {
        return join(join(Arrays.copyOf(bytes, at), added), Arrays.copyOfRange(bytes, at, bytes.length));
    }

    private static byte[] join(byte[] one, byte[] other) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        joined.writeBytes(one);
        joined.writeBytes(other);
        return joined.toByteArray();
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String string(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
