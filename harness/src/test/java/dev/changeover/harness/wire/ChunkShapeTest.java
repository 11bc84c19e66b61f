package dev.changeover.harness.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ChunkShapeTest {

    private static final String CHUNK =
            "{\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"%s\"},\"finish_reason\":null}]}";

    /// What chunks may be made of: one shape and its content, and everything that must not pass for it.
    private static final List<String> CHUNKS = List.of(
            CHUNK.formatted(" fox"),
            CHUNK.formatted(" fox"),
            CHUNK.formatted(""),
            CHUNK.formatted(" "),
            CHUNK.formatted("\\n"),
            CHUNK.formatted("\\u00e4"),
            CHUNK.formatted("ä狐"),
            CHUNK.formatted("\",\"x\":\""),
            CHUNK.replace("%s\"", "%s\",\"reasoning\":\"because\"").formatted("so"),
            CHUNK.replace("%s\"", "%s\",\"tool_calls\":[{\"function\":{}}]").formatted(""),
            CHUNK.replace("null", "\"stop\"").formatted("end"),
            CHUNK.replace("null", "null,\"logprobs\":{\"content\":[]}").formatted("x"),
            CHUNK.replace("\"content\"", "\"reasoning_content\"").formatted("hm"),
            "{\"content\":\"aside\",\"choices\":[{\"delta\":{\"reasoning\":\"hm\"}}]}",
            "{\"choices\":[{\"delta\":{\"content\":\"\",\"reasoning\":\"hm\"}}]}",
            "{\"choices\":[{\"delta\":{\"content\":\"so\",\"reasoning\":\"hm\"}}]}",
            "{\"choices\":[],\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":5}}");

    @Test
    void aStreamOfAnyChunksIsReadAsIfEachWasTheFirst() {
        SplittableRandom random = new SplittableRandom(7);
        for (int stream = 0; stream < 2_000; stream++) {
            CompletionScanner whole = new CompletionScanner(true);
            List<Boolean> found = new ArrayList<>();
            List<Boolean> expected = new ArrayList<>();
            StringBuilder read = new StringBuilder();
            for (int i = 0; i < 12; i++) {
                byte[] chunk = CHUNKS.get(random.nextInt(CHUNKS.size())).getBytes(StandardCharsets.UTF_8);
                CompletionScanner alone = new CompletionScanner(true);
                expected.add(alone.scan(chunk, 0, chunk.length));
                read.append(alone.text());
                found.add(whole.scan(chunk, 0, chunk.length));
            }
            assertThat(found).isEqualTo(expected);
            assertThat(whole.text()).hasToString(read.toString());
        }
    }

    @Test
    void aChunkThatBreaksOffHasNoShapeOfTheOneBefore() {
        byte[] chunk = CHUNK.formatted(" fox").getBytes(StandardCharsets.UTF_8);
        ChunkShape shape = ChunkShape.of(chunk, 0, chunk.length).orElseThrow();
        for (int length = 1; length < chunk.length; length++) {
            assertThat(shape.contentLength(chunk, 0, length)).isNegative();
        }
    }

    @Test
    void controlCharactersAreNoPlainContent() {
        byte[] chunk = CHUNK.formatted(" fox").getBytes(StandardCharsets.UTF_8);
        byte[] broken = CHUNK.formatted("a\nb").getBytes(StandardCharsets.UTF_8);
        ChunkShape shape = ChunkShape.of(chunk, 0, chunk.length).orElseThrow();
        assertThat(shape.contentLength(broken, 0, broken.length)).isNegative();
        assertThat(shape.contentLength(chunk, 0, chunk.length)).isEqualTo(4);
    }
}
