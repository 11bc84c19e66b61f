package dev.changeover.harness.wire;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.core.JacksonException;

/// Judges one answer, streamed or whole, as its bytes arrive.
///
/// A stream is complete when `[DONE]` came, or a finish reason for each of its choices, and its message ended properly.
/// An answer that is complete but holds no text, reasoning or tool call is empty, whatever its status says; one that a
/// filter ended is not complete. Not for several threads.
public final class AnswerReader {

    private static final int WHOLE_BOUND = 32 << 20;
    private static final int ERROR_BOUND = 64 << 10;

    private final int status;
    private final CompletionScanner scanner;
    private final Optional<SseParser> events;
    private final ByteArrayOutputStream whole = new ByteArrayOutputStream(0);
    private int fresh;
    private boolean done;
    private boolean ending;
    private boolean tooLarge;
    private Optional<String> malformed = Optional.empty();

    /// @param contentType the header's value; null when it is missing
    public AnswerReader(int status, String contentType) {
        this(status, contentType, true);
    }

    private AnswerReader(int status, String contentType, boolean counting) {
        this.status = status;
        this.scanner = new CompletionScanner(counting);
        boolean stream = status == 200
                && contentType != null
                && contentType.strip().toLowerCase(Locale.ROOT).startsWith("text/event-stream");
        this.events = stream ? Optional.of(new SseParser(this::event)) : Optional.empty();
    }

    /// One that keeps no text and counts no tokens: for those who only judge.
    ///
    /// @param contentType the header's value; null when it is missing
    public static AnswerReader withoutCounting(int status, String contentType) {
        return new AnswerReader(status, contentType, false);
    }

    /// @return how many chunks with a piece of content, reasoning or tool call these bytes completed; 0 for whole
    ///     bodies
    public int feed(byte[] bytes, int offset, int length) {
        if (events.isEmpty()) {
            keep(bytes, offset, length);
            return 0;
        }
        if (done || malformed.isPresent()) {
            return 0;
        }
        fresh = 0;
        try {
            events.get().feed(bytes, offset, length);
        } catch (MalformedStreamException e) {
            malformed = Optional.of(e.getMessage());
        }
        return fresh;
    }

    /// Whether it comes as events.
    public boolean streaming() {
        return events.isPresent();
    }

    /// Whether something came that is not blank; of a whole body known only once it is judged.
    public boolean sawContent() {
        return scanner.sawContent();
    }

    /// Whether `[DONE]` came.
    public boolean done() {
        return done;
    }

    /// Whether a stream has gone wrong already: an error event came, or something that cannot be read.
    public boolean failed() {
        return events.isPresent() && (malformed.isPresent() || scanner.error().isPresent());
    }

    /// The finish reason so far, of a whole body once it is judged.
    public Optional<String> finishReason() {
        return scanner.finishReason();
    }

    /// All content, reasoning and tool arguments so far, in the order they came; of a whole body once it is judged. Of
    /// an error, its body.
    public Optional<String> text() {
        return status >= 400 && whole.size() > 0
                ? Optional.of(whole.toString(StandardCharsets.UTF_8))
                : scanner.keptText();
    }

    /// @param messageComplete whether the HTTP message ended as HTTP says it should, rather than being cut
    public Answer finish(boolean messageComplete) {
        if (events.isPresent()) {
            return finishStream(messageComplete);
        }
        byte[] body = whole.toByteArray();
        if (status >= 400) {
            return Answer.failed(ErrorClassifier.kindOf(status, body), ErrorClassifier.describe(status, body));
        }
        return messageComplete ? finishWhole(body) : answer(ErrorKind.TRUNCATED_STREAM, "the answer was cut");
    }

    private Answer finishStream(boolean messageComplete) {
        if (messageComplete && !done && malformed.isEmpty()) {
            ending = true;
            events.orElseThrow().end();
        }
        if (scanner.error().isPresent()) {
            return answer(ErrorKind.STREAM_ERROR, scanner.error().get());
        }
        if (malformed.isPresent()) {
            return answer(ErrorKind.MALFORMED, malformed.get());
        }
        if (!messageComplete || !(done || scanner.finished())) {
            return answer(ErrorKind.TRUNCATED_STREAM, "the stream ended before the answer did");
        }
        return complete();
    }

    private Answer finishWhole(byte[] body) {
        if (tooLarge) {
            return answer(ErrorKind.MALFORMED, "the answer is larger than " + WHOLE_BOUND + " bytes");
        }
        if (status >= 300) {
            return answer(ErrorKind.MALFORMED, "status " + status + " is no answer");
        }
        if (isBlank(body)) {
            return answer(ErrorKind.EMPTY_ANSWER, "the body is empty");
        }
        try {
            scanner.scan(body, 0, body.length);
        } catch (JacksonException e) {
            return answer(ErrorKind.MALFORMED, e.getOriginalMessage());
        } catch (MalformedStreamException e) {
            return answer(ErrorKind.MALFORMED, e.getMessage());
        }
        if (scanner.error().isPresent()) {
            return answer(ErrorClassifier.kindOf(status, body), scanner.error().get());
        }
        return scanner.sawChoices() ? complete() : answer(ErrorKind.MALFORMED, "the body has no 'choices'");
    }

    private Answer complete() {
        if (scanner.filtered()) {
            return answer(ErrorKind.CONTENT_FILTER, "the provider's filter held the answer back, or the rest of it");
        }
        return scanner.sawContent()
                ? new Answer(
                        Outcome.SERVED, scanner.usage(), scanner.model(), scanner.countedOutput(), Optional.empty())
                : answer(ErrorKind.EMPTY_ANSWER, "complete, but nothing in it");
    }

    private Answer answer(ErrorKind kind, String error) {
        return new Answer(
                new Outcome.Failed(kind),
                scanner.usage(),
                scanner.model(),
                scanner.countedOutput(),
                Optional.of(ErrorClassifier.masked(error)));
    }

    private void keep(byte[] bytes, int offset, int length) {
        int room = (status >= 400 ? ERROR_BOUND : WHOLE_BOUND) - whole.size();
        tooLarge |= length > room;
        whole.write(bytes, offset, Math.min(length, room));
    }

    private void event(byte[] buffer, int offset, int length) {
        if (done || length == 0 || malformed.isPresent()) {
            return;
        }
        if (isDone(buffer, offset, length)) {
            done = true;
            return;
        }
        try {
            if (scanner.scan(buffer, offset, length)) {
                fresh++;
            }
        } catch (JacksonException e) {
            malformed = ending ? Optional.empty() : Optional.of(e.getOriginalMessage());
        } catch (MalformedStreamException e) {
            malformed = Optional.of(e.getMessage());
        }
    }

    private static boolean isBlank(byte[] body) {
        for (byte letter : body) {
            if (letter != ' ' && letter != '\n' && letter != '\r' && letter != '\t') {
                return false;
            }
        }
        return true;
    }

    private static boolean isDone(byte[] buffer, int offset, int length) {
        return length >= 6
                && buffer[offset] == '['
                && buffer[offset + 1] == 'D'
                && new String(buffer, offset, length, StandardCharsets.US_ASCII)
                        .strip()
                        .equals("[DONE]");
    }
}
