package dev.changeover.harness.trace.importer;

import dev.changeover.harness.trace.RecordedAnswer;
import dev.changeover.harness.trace.TraceException;
import dev.changeover.harness.trace.TraceFile;
import dev.changeover.harness.units.Hash;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;

/// The answers of a batch by the names of their requests. Of each, only what a trace keeps is held: about 200 bytes.
final class BatchAnswers {

    private static final int MOST = 1_000_000;
    private static final int LONGEST_REASON = 40;

    private final List<TraceFile> files;
    private final Map<Key, Kept> kept = new LinkedHashMap<>();

    /// Of a `custom_id`, whatever its length.
    private record Key(long hash, long other) {

        static Key of(String customId) {
            return new Key(Hash.of(customId), Hash.mix(customId.length(), customId.hashCode()));
        }
    }

    /// @param status 0 where there was no answer of HTTP
    /// @param tokens 0 where they were not told
    /// @param file its index
    private record Kept(int status, int tokens, Optional<String> finishReason, int file, long line) {

        Optional<RecordedAnswer> answer() {
            return status == 0
                    ? Optional.empty()
                    : Optional.of(new RecordedAnswer(
                            status,
                            OptionalLong.empty(),
                            Optional.empty(),
                            OptionalLong.empty(),
                            Values.tokens(tokens),
                            finishReason,
                            Optional.empty()));
        }
    }

    private BatchAnswers(List<TraceFile> files) {
        this.files = files;
    }

    /// Looks the files through for answers.
    ///
    /// @param leftOut told of answers that belong to no request; damaged lines are told when the requests are read
    static BatchAnswers of(List<TraceFile> files, LeftOut leftOut) {
        BatchAnswers answers = new BatchAnswers(files);
        for (int file = 0; file < files.size(); file++) {
            try (JsonElements elements =
                    new JsonElements(files.get(file), JsonLayout.documents(), LeftOut.counting())) {
                while (elements.next()) {
                    answers.take(elements, file, leftOut);
                }
            }
        }
        return answers;
    }

    static boolean isAnswer(JsonNode row) {
        return !row.has("body") && (row.has("response") || row.has("error"));
    }

    private void take(JsonElements elements, int file, LeftOut leftOut) {
        JsonNode row = elements.element();
        if (!isAnswer(row)) {
            return;
        }
        Optional<String> id = Values.text(row, "custom_id");
        if (id.isEmpty()) {
            leftOut.row("an answer without custom_id", elements.problem("names no request", "take it out"));
            return;
        }
        if (kept.size() == MOST) {
            throw elements.problem("is one more than %,d answers".formatted(MOST), "import the batches one by one");
        }
        if (kept.putIfAbsent(Key.of(id.get()), kept(row.path("response"), file, elements.line())) != null) {
            leftOut.row(
                    "a second answer to the same custom_id",
                    elements.problem("is a second answer to the same custom_id", "take one of them out"));
        }
    }

    private static Kept kept(JsonNode response, int file, long line) {
        JsonNode body = response.path("body");
        return new Kept(
                Values.status(response.path("status_code")).orElse(0),
                Values.tokens(body.path("usage").path("completion_tokens")).orElse(0),
                Values.text(body.path("choices").path(0), "finish_reason")
                        .filter(reason -> reason.length() <= LONGEST_REASON)
                        .map(String::intern),
                file,
                line);
    }

    /// The answer to a request; to a second one of the same name there is none.
    Optional<RecordedAnswer> take(JsonNode request) {
        Optional<Kept> answer = Values.text(request, "custom_id").map(Key::of).map(kept::remove);
        return answer.flatMap(Kept::answer);
    }

    /// Tells of the answers that nobody took.
    void tellRest(LeftOut leftOut) {
        for (Kept answer : kept.values()) {
            TraceException problem = new TraceException(
                    files.get(answer.file()).path(),
                    answer.line(),
                    "is an answer without its request",
                    "name the file of the requests too");
            leftOut.row("an answer without its request", problem);
        }
        kept.clear();
    }
}
