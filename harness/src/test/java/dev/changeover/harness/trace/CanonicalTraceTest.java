package dev.changeover.harness.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.changeover.harness.trace.importer.Traces;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalTraceTest {

    private static final String HEADER = "{\"changeover_trace\":1}\n";

    @TempDir
    Path folder;

    @Test
    void everythingALineMaySayIsRead() {
        Path trace = Written.text(folder, HEADER + """
            {"at_ms":0,"input_tokens":374,"output_tokens":44}
            {"at_ms":12.5,"conversation":"c1","model":"gpt-4.1","stream":true,"request":\
            {"model": "gpt-4.1", "stream":true,"messages":[{"role":"user","content":"Grüße ☀"}]},\
            "answer":{"status":200,"first_token_ms":420.25,"done_ms":1800,"output_tokens":31,\
            "finish_reason":"stop","text":"Hallo"}}
            """);
        TraceRequest counts = TraceRequest.ofCounts(0, 374, 44);
        TraceRequest recorded =
                TraceRequest.arriving(12_500_000).conversation(Optional.of("c1")).model(Optional.of("gpt-4.1")).stream(
                                Optional.of(true))
                        .body(Optional.of(utf8("{\"model\": \"gpt-4.1\", \"stream\":true,"
                                + "\"messages\":[{\"role\":\"user\",\"content\":\"Grüße ☀\"}]}")))
                        .answer(Optional.of(new RecordedAnswer(
                                200,
                                OptionalLong.of(420_250_000),
                                Optional.empty(),
                                OptionalLong.of(1_800_000_000),
                                OptionalInt.of(31),
                                Optional.of("stop"),
                                Optional.of("Hallo"))))
                        .build();
        assertThat(Written.read(trace)).containsExactly(counts, recorded);
    }

    @Test
    void aBodySpeaksForModelAndStreamWhereTheLineDoesNot() {
        Path trace = Written.text(
                folder,
                HEADER + "{\"at_ms\":1,\"request\":{\"model\":\"m\",\"stream\":true}}\n"
                        + "{\"at_ms\":2,\"request\":{\"messages\":[{\"model\":\"not this\",\"stream\":7}]}}\n");
        assertThat(Written.read(trace))
                .extracting(TraceRequest::model)
                .containsExactly(Optional.of("m"), Optional.empty());
        assertThat(Written.read(trace))
                .extracting(TraceRequest::stream)
                .containsExactly(Optional.of(true), Optional.of(false));
    }

    @Test
    void gzipIsKnownByItsBytesAndNotByItsName() {
        Path trace = Written.bytes(folder, Written.gzip(HEADER + "{\"at_ms\":1}\n"));
        assertThat(Written.read(trace)).hasSize(1);
    }

    @Test
    void gzipOfSeveralMembersIsReadToItsEnd() {
        byte[] first = Written.gzip(HEADER + "{\"at_ms\":1}\n");
        byte[] second = Written.gzip("{\"at_ms\":2}\n");
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        assertThat(Written.read(Written.bytes(folder, both))).hasSize(2);
    }

    @Test
    void windowsLineEndsBlankLinesAndAMissingLastLineEndAreHarmless() {
        Path trace = Written.text(folder, "\ufeff" + HEADER + "{\"at_ms\":1}\r\n\r\n  \n{\"at_ms\":2}");
        assertThat(Written.read(trace)).extracting(TraceRequest::atNanos).containsExactly(1_000_000L, 2_000_000L);
    }

    @Test
    void aBodyMayBeLargerThanAnyBuffer() {
        String content = "word ".repeat(400_000);
        Path trace = Written.text(
                folder, HEADER + "{\"at_ms\":0,\"request\":{\"content\":\"" + content + "\"}}\n{\"at_ms\":1}\n");
        assertThat(Written.read(trace))
                .hasSize(2)
                .first()
                .satisfies(
                        r -> assertThat(r.body().orElseThrow()).isEqualTo(utf8("{\"content\":\"" + content + "\"}")));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "0.000001, 1",
        "1e3, 1000000000",
        "1.0E7, 10000000000000",
        "0.1234567, 123457",
        "1e-300, 0",
        "-0.0, 0",
        "86400000, 86400000000000"
    })
    void offsetsAreExactToTheNanosecond(String written, long nanos) {
        Path trace = Written.text(folder, HEADER + "{\"at_ms\":" + written + "}\n");
        assertThat(Written.read(trace)).extracting(TraceRequest::atNanos).containsExactly(nanos);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"at_ms\":-1}|'at_ms' must be from 0",
                "{\"at_ms\":1e300}|'at_ms' must be from 0",
                "{\"at_ms\":1e999999999}|'at_ms' must be from 0",
                "{\"at_ms\":99999999999999999999999}|'at_ms' must be from 0",
                "{\"at_ms\":NaN}|is not JSON",
                "{\"at_ms\":\"5\"}|'at_ms' must be a number of milliseconds, got the text '5'",
                "{\"at_ms\":true}|'at_ms' must be a number of milliseconds, got 'true'",
                "{\"at_ms\":null}|'at_ms' is missing",
                "{}|'at_ms' is missing",
                "[]|is not a JSON object",
                "7|is not a JSON object",
                "{\"at_ms\":1}{\"at_ms\":2}|something follows",
                "{\"at_ms\":1,\"at_ms\":2}|one key twice",
                "{\"at_ms\":1,\"stream\":\"yes\"}|'stream' must be true or false",
                "{\"at_ms\":1,\"model\":7}|'model' must be a text, got '7'",
                "{\"at_ms\":1,\"input_tokens\":-3}|'input_tokens' must be from 0 to 10000000, got '-3'",
                "{\"at_ms\":1,\"input_tokens\":1.5}|'input_tokens' must be a whole number",
                "{\"at_ms\":1,\"output_tokens\":99999999999}|'output_tokens' must be from 0",
                "{\"at_ms\":1,\"request\":\"text\"}|'request' must be an object",
                "{\"at_ms\":1,\"model\":\"a\",\"request\":{\"model\":\"b\"}}|'model' is 'a', but",
                "{\"at_ms\":1,\"stream\":true,\"request\":{\"model\":\"b\"}}|'stream' is true, but",
                "{\"at_ms\":1,\"answer\":{}}|'answer.status' is missing",
                "{\"at_ms\":1,\"answer\":{\"status\":42}}|'answer.status' must be from 100 to 599",
                "{\"at_ms\":1,\"answer\":{\"status\":200,\"done_ms\":1,\"first_token_ms\":2}}|is after",
                "{\"at_ms\":1,\"answer\":{\"status\":200,\"latency\":1}}|unknown key 'latency' in 'answer'",
                "{\"at_ms\":1,\"tokens\":5}|unknown key 'tokens'",
                "{\"at_ms\":1,}|is not JSON",
                "at_ms=1|is not JSON"
            })
    void aBadLineIsNamedAndNothingAfterItIsRead(String line, String what) {
        Path trace = Written.text(folder, HEADER + "{\"at_ms\":0}\n" + line + "\n{\"at_ms\":9}\n");
        assertThatThrownBy(() -> Written.read(trace))
                .isInstanceOfSatisfying(TraceException.class, e -> {
                    assertThat(e.line()).isEqualTo(3);
                    assertThat(e.remedy()).isNotBlank();
                })
                .hasMessageStartingWith(trace + ":3: ")
                .hasMessageContaining(what);
    }

    @Test
    void aReaderThatFailedFailsAgainInsteadOfGoingOn() {
        Path trace = Written.text(folder, HEADER + "{\"at_ms\":0}\nbad\n{\"at_ms\":9}\n");
        try (TraceReader reader = Traces.open(trace)) {
            reader.next();
            assertThatThrownBy(reader::hasNext).hasMessageContaining(":3: ");
            assertThatThrownBy(reader::next).hasMessageContaining(":3: ");
        }
    }

    @Test
    void requestsOutOfOrderAreRefused() {
        Path trace = Written.text(folder, HEADER + "{\"at_ms\":5}\n{\"at_ms\":4.5}\n");
        assertThatThrownBy(() -> Written.read(trace)).hasMessageContaining(":3: 'at_ms' 4.5 is before");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"at_ms\":1", "{\"at_ms\":1,\"model\":\"gp", "{\"at_ms\":1,\"stream\":tr", "{\"at_ms\"", "{"})
    void aLastLineThatBreaksOffIsSaid(String torn) {
        Path trace = Written.text(folder, HEADER + "{\"at_ms\":0}\n" + torn);
        assertThatThrownBy(() -> Written.read(trace)).hasMessageContaining(":3: the last line breaks off");
    }

    @Test
    void aGzipThatBreaksOffAnywhereIsSaid() {
        byte[] whole = Written.gzip(HEADER + "{\"at_ms\":0}\n{\"at_ms\":1}\n");
        for (int length = 2; length < whole.length; length++) {
            Path trace = Written.bytes(folder, Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> Written.read(trace))
                    .as("%d bytes", length)
                    .isInstanceOf(TraceException.class)
                    .hasMessageContaining("gzip that breaks off");
        }
    }

    @Test
    void aDamagedGzipIsSaid() {
        byte[] damaged = Written.gzip(HEADER + "{\"at_ms\":0}\n".repeat(50));
        damaged[damaged.length - 8] ^= 1;
        Path trace = Written.bytes(folder, damaged);
        assertThatThrownBy(() -> Written.read(trace)).hasMessageContaining("damaged gzip");
    }

    @Test
    void bytesAfterAGzipAreNotIgnored() {
        byte[] packed = Written.gzip(HEADER + "{\"at_ms\":0}\n");
        byte[] followed = Arrays.copyOf(packed, packed.length + 20);
        Arrays.fill(followed, packed.length, followed.length, (byte) 'x');
        Path trace = Written.bytes(folder, followed);
        assertThatThrownBy(() -> Written.read(trace)).hasMessageContaining("bytes follow its end");
    }

    @Test
    void invalidUtf8IsRefusedWithItsPlace() {
        byte[] bytes = utf8(HEADER + "{\"at_ms\":0,\"model\":\"xx\"}\n");
        bytes[bytes.length - 5] = (byte) 0xc0;
        bytes[bytes.length - 4] = (byte) 0xaf;
        Path trace = Written.bytes(folder, bytes);
        assertThatThrownBy(() -> Written.read(trace)).hasMessageContaining(":2: byte 21 of the line is not UTF-8");
    }

    @Test
    void aLineWithoutEndIsRefusedBeforeItFillsTheMemory() {
        Path trace = Written.text(folder, HEADER + "{\"at_ms\":" + "1".repeat(Lines.LONGEST_BYTES + 10));
        assertThatThrownBy(() -> Written.read(trace)).hasMessageContaining(":2: the line is longer than 16 MiB");
    }

    @Test
    void deepNestingIsRefused() {
        Path trace = Written.text(folder, HEADER + "{\"at_ms\":1,\"request\":{\"a\":" + "[".repeat(100_000) + "\n");
        assertThatThrownBy(() -> Written.read(trace)).hasMessageContaining(":2: the line nests too deep");
    }

    @Test
    void aNewerVersionIsNotGuessedAt() {
        Path trace = Written.text(folder, "{\"changeover_trace\":2}\n{\"at_ms\":0}\n");
        assertThatThrownBy(() -> Written.read(trace))
                .hasMessageContaining(":1: 'changeover_trace' '2' is not a known version");
    }

    @Test
    void theHeaderMaySayMoreForPeople() {
        Path trace = Written.text(folder, "{\"about\":{\"by\":[1]},\"changeover_trace\":1}\n{\"at_ms\":0}\n");
        assertThat(Written.read(trace)).hasSize(1);
    }

    @Test
    void aTraceWithoutRequestsIsAnError() {
        Path trace = Written.text(folder, HEADER);
        assertThatThrownBy(() -> Written.read(trace)).hasMessageContaining("holds no requests");
    }

    @Test
    void anEmptyFileAMissingFileAFolderAndAnEmptyGzipAreErrors() {
        assertThatThrownBy(() -> Written.read(folder.resolve("nothing"))).hasMessageContaining("does not exist");
        assertThatThrownBy(() -> Written.read(folder)).hasMessageContaining("is a folder");
        Path empty = Written.text(folder, "");
        assertThatThrownBy(() -> Written.read(empty)).hasMessageContaining("is empty");
        Path emptyGzip = Written.bytes(folder, Written.gzip(""));
        assertThatThrownBy(() -> Written.read(emptyGzip)).hasMessageContaining("is empty");
    }

    @Test
    void whatIsWrittenIsReadBack() {
        Path file = folder.resolve("copy.jsonl.gz");
        TraceRequest first = TraceRequest.ofCounts(0, 1, 2);
        TraceRequest second =
                TraceRequest.arriving(1_234_567)
                        .conversation(Optional.of("c \" \n\u0000\ud800"))
                        .model(Optional.of("m"))
                        .stream(Optional.of(false))
                        .inputTokens(OptionalInt.of(5))
                        .body(Optional.of(utf8("{\"model\":\"m\",\"n\":1.50,\"text\":\"ü\"}")))
                        .answer(Optional.of(new RecordedAnswer(
                                503,
                                OptionalLong.empty(),
                                Optional.empty(),
                                OptionalLong.of(7),
                                OptionalInt.empty(),
                                Optional.empty(),
                                Optional.of("no"))))
                        .build();
        long written = TraceWriter.copy(List.of(first, second).iterator(), file, "A test.");
        assertThat(written).isEqualTo(2);
        assertThat(Written.read(file)).containsExactly(first, second);
        assertThat(folder).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void aBodyOfSeveralLinesIsWrittenOnOne() {
        Path file = folder.resolve("copy.jsonl");
        TraceWriter.copy(List.of(withBody("{\n  \"n\": 1\r\n}\n")).iterator(), file, "A test.");
        assertThat(Written.read(file).getFirst().body().orElseThrow())
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("{   \"n\": 1  }");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{", "{}{}", "{\"a\":\"\n\"}", "text"})
    void aBodyThatIsNotOneObjectIsNotWrittenAndLeavesTheOldFile(String body) throws Exception {
        Path file = Files.writeString(folder.resolve("old.jsonl"), "old");
        assertThatThrownBy(() -> TraceWriter.copy(List.of(withBody(body)).iterator(), file, "A test."))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(file).hasContent("old");
        assertThat(folder).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void aRequestThatAReaderWouldRefuseIsNotWritten() {
        Path file = folder.resolve("refused.jsonl");
        TraceRequest other = withBody("{\"model\":\"other\",\"stream\":true}");
        TraceRequest contradiction = TraceRequest.arriving(0)
                .model(Optional.of("model"))
                .body(other.body())
                .build();
        try (TraceWriter writer = new TraceWriter(file, "A test.")) {
            writer.write(other);
            assertThatThrownBy(() -> writer.write(contradiction)).isInstanceOf(IllegalArgumentException.class);
            writer.write(TraceRequest.ofCounts(5, 1, 1));
            assertThatThrownBy(() -> writer.write(TraceRequest.ofCounts(4, 1, 1)))
                    .isInstanceOf(IllegalArgumentException.class);
            writer.finish();
        }
        assertThat(Written.read(file)).hasSize(2);
    }

    @Test
    void aTraceClosedUnfinishedLeavesNothing() {
        try (TraceWriter writer = new TraceWriter(folder.resolve("half.jsonl.gz"), "A test.")) {
            writer.write(TraceRequest.ofCounts(5, 1, 1));
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aDeviceIsNotReadAsATrace() {
        Path device = Path.of("/dev/null");
        assumeTrue(Files.exists(device), "no /dev/null here");
        assertThatThrownBy(() -> Written.read(device)).hasMessageContaining("is a pipe or a device");
    }

    @Test
    void theExampleInTheDocumentationIsATrace() throws Exception {
        Path page = Path.of("..", "docs", "trace-format.md");
        String text = Files.readString(page);
        int start = text.indexOf("```\n") + 4;
        String example = text.substring(start, text.indexOf("```", start));
        assertThat(Written.read(Written.text(folder, example)))
                .hasSize(3)
                .last()
                .satisfies(request -> assertThat(request.model()).contains("gpt-4.1"));
    }

    @Test
    void aFileThatCannotBeWrittenIsSaid() {
        assertThatThrownBy(() -> new TraceWriter(folder.resolve("no/such/folder.jsonl"), "A test."))
                .isInstanceOf(TraceException.class)
                .hasMessageContaining("cannot be written");
    }

    @Test
    void aCallerThatLeftAndTheTimesOfChunksAreKept() {
        TraceRequest left = TraceRequest.arriving(5)
                .inputTokens(OptionalInt.of(3))
                .cancelledNanos(OptionalLong.of(1_500_000))
                .answer(Optional.of(new RecordedAnswer(
                        200,
                        OptionalLong.of(1_000_000),
                        Optional.of(new ChunkTimes(new long[] {1_000_000, 1_000_000, 1_250_001})),
                        OptionalLong.empty(),
                        OptionalInt.empty(),
                        Optional.empty(),
                        Optional.empty())))
                .build();
        Path file = folder.resolve("left.jsonl");
        TraceWriter.copy(List.of(left).iterator(), file, "A test.");
        assertThat(file).content().contains("\"cancelled_ms\":1.5,").contains("\"chunks_ms\":[1,1,1.250001]");
        assertThat(Written.read(file)).containsExactly(left);
    }

    @Test
    void timesOfChunksThatFallAreRefused() {
        Path trace = Written.text(folder, """
            {"changeover_trace":1}
            {"at_ms":0,"answer":{"status":200,"chunks_ms":[2,1]}}
            """);
        assertThatThrownBy(() -> Written.read(trace)).hasMessageContaining("'answer.chunks_ms' falls");
    }

    private static TraceRequest withBody(String body) {
        return TraceRequest.arriving(0).body(Optional.of(utf8(body))).build();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
