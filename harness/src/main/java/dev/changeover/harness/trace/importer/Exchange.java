package dev.changeover.harness.trace.importer;

import dev.changeover.harness.trace.RecordedAnswer;
import dev.changeover.harness.trace.TraceRequest;
import dev.changeover.harness.wire.Answer;
import dev.changeover.harness.wire.AnswerReader;
import dev.changeover.harness.wire.ChatRequest;
import dev.changeover.harness.wire.MalformedRequestException;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One request and its answer as a recording of HTTP traffic holds them.
///
/// @param arrivedNanos since 1970; empty where the recording does not say
/// @param path of the address that was called, without its query; empty where the recording does not say
/// @param body of the request
/// @param answer what came back, where that was recorded
record Exchange(
        OptionalLong arrivedNanos,
        Optional<String> path,
        Optional<byte[]> body,
        Optional<String> conversation,
        Optional<HttpAnswer> answer) {

    private static final String COMPLETIONS = "/chat/completions";
    private static final Pattern DEPLOYMENT = Pattern.compile("/deployments/([^/]+)" + COMPLETIONS + "$");

    /// @param status of HTTP, 100 to 599
    /// @param contentType the header's value
    /// @param body as it came, a stream as its events; empty where it was not kept
    /// @param tookNanos from the request to the last byte
    record HttpAnswer(int status, Optional<String> contentType, Optional<byte[]> body, OptionalLong tookNanos) {}

    /// Whether a path is that of chat completions, whatever it begins with.
    static boolean isOfCompletions(String path) {
        return path.endsWith(COMPLETIONS);
    }

    /// @throws UnusableRow when it is no chat completion
    ElementRows.TimedRequest row() throws UnusableRow {
        return new ElementRows.TimedRequest(arrivedNanos, request(0));
    }

    /// @param atNanos when it arrives, from the start of the trace
    /// @throws UnusableRow when it is no chat completion
    TraceRequest request(long atNanos) throws UnusableRow {
        ChatRequest asked = asked();
        return TraceRequest.arriving(atNanos).conversation(conversation).model(Optional.of(asked.model())).stream(
                        Optional.of(asked.stream()))
                .body(Optional.of(asked.toBytes()))
                .answer(answer.map(Exchange::recorded))
                .build();
    }

    private ChatRequest asked() throws UnusableRow {
        if (path.isPresent() && !isOfCompletions(path.get())) {
            throw new UnusableRow("no chat completion");
        }
        if (body.isEmpty()) {
            throw new UnusableRow("no request body");
        }
        try {
            return ChatRequest.parse(body.get(), deployment());
        } catch (MalformedRequestException e) {
            throw new UnusableRow("no chat completion", "no chat completion: " + e.getMessage());
        }
    }

    /// Azure's model where its requests name none.
    private Optional<String> deployment() {
        return path.map(DEPLOYMENT::matcher).filter(Matcher::find).map(found -> found.group(1));
    }

    private static RecordedAnswer recorded(HttpAnswer came) {
        OptionalLong tokens =
                came.body().map(bytes -> judged(came, bytes).usage().output()).orElse(OptionalLong.empty());
        boolean sensible = tokens.isPresent() && tokens.getAsLong() <= TraceRequest.MOST_TOKENS;
        return new RecordedAnswer(
                came.status(),
                OptionalLong.empty(),
                Optional.empty(),
                came.tookNanos(),
                sensible ? OptionalInt.of((int) tokens.getAsLong()) : OptionalInt.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static Answer judged(HttpAnswer came, byte[] bytes) {
        AnswerReader reader =
                AnswerReader.withoutCounting(came.status(), came.contentType().orElse("application/json"));
        reader.feed(bytes, 0, bytes.length);
        return reader.finish(true);
    }
}
