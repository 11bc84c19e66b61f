package dev.changeover.harness.provider;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.changeover.harness.wire.AnswerReader;
import io.vertx.core.buffer.Buffer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Finds the place in a stream of events after a number of chunks with content, or before its end when it has fewer.
///
/// Whole events only: an event that is not there in full is kept back.
final class StreamBreak {

    private final int chunks;
    private final AnswerReader reader = AnswerReader.withoutCounting(200, "text/event-stream");
    private Buffer behind = Buffer.buffer();
    private int seen;
    private boolean reached;

    StreamBreak(int chunks) {
        this.chunks = chunks;
        this.reached = chunks == 0;
    }

    boolean reached() {
        return reached;
    }

    /// Takes the next bytes and gives those that pass before the place.
    Buffer before(Buffer piece) {
        behind.appendBuffer(piece);
        Buffer passing = Buffer.buffer();
        int from = 0;
        int end = endOfEvent(from);
        while (!reached && end >= 0) {
            byte[] event = behind.getBytes(from, end);
            if (finishes(event)) {
                reached = true;
                break;
            }
            passing.appendBytes(event);
            seen += reader.feed(event, 0, event.length);
            reached = seen >= chunks;
            from = end;
            end = endOfEvent(from);
        }
        behind = behind.getBuffer(from, behind.length());
        return passing;
    }

    /// What has come behind the place, or is not a whole event yet.
    Buffer behind() {
        return behind;
    }

    /// After the blank line that ends an event; -1 when it has not come.
    private int endOfEvent(int from) {
        boolean blank = false;
        for (int at = from; at < behind.length(); at++) {
            byte letter = behind.getByte(at);
            if (letter == '\n' && blank) {
                return at + 1;
            }
            blank = letter == '\n' || blank && letter == '\r';
        }
        return -1;
    }

    private static boolean finishes(byte[] event) {
        String text = new String(event, UTF_8).strip();
        if (!text.startsWith("data:")) {
            return false;
        }
        String data = text.substring("data:".length()).strip();
        if (data.equals("[DONE]")) {
            return true;
        }
        try {
            JsonNode reason = JsonMapper.shared().readTree(data).at("/choices/0/finish_reason");
            return !reason.isMissingNode() && !reason.isNull();
        } catch (JacksonException _) {
            return false;
        }
    }
}
