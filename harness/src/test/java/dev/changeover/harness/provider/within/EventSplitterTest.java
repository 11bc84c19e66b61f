package dev.changeover.harness.provider.within;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.changeover.harness.wire.SseParser;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventSplitterTest {

    private static final List<String> EVENTS =
            List.of("data: {\"a\":1}\n\n", ": still here\n\n", "event: x\r\ndata: é\r\n\r\n", "\n\n", "data: [DONE]");

    private final List<String> seen = new ArrayList<>();
    private final EventSplitter splitter =
            new EventSplitter(event -> seen.add(event.bytes().toString(UTF_8)));

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 1_000})
    void eventsAreTheSameHoweverTheirBytesWereCut(int size) {
        Buffer all = Buffer.buffer(String.join("", EVENTS));
        for (int from = 0; from < all.length(); from += size) {
            splitter.feed(all.getBuffer(from, Math.min(from + size, all.length())));
        }
        splitter.end();
        assertThat(seen).isEqualTo(EVENTS);
    }

    @Test
    void endlessEventPassesInPieces() {
        String piece = "x".repeat(64 << 10);
        for (int said = 0; said <= SseParser.BOUND; said += piece.length()) {
            splitter.feed(Buffer.buffer(piece));
        }
        assertThat(seen).singleElement().asString().hasSizeGreaterThan(SseParser.BOUND);
    }
}
