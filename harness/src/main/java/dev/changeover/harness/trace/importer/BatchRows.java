package dev.changeover.harness.trace.importer;

import dev.changeover.harness.trace.RecordedAnswer;
import dev.changeover.harness.trace.TraceException;
import dev.changeover.harness.trace.TraceFile;
import dev.changeover.harness.trace.TraceRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;

/// The requests of a batch, each with its answer; at the end, the answers to nothing are told.
final class BatchRows implements Rows {

    private final BatchAnswers answers;
    private final Rows rows;
    private final LeftOut leftOut;

    BatchRows(List<TraceFile> files, BatchAnswers answers, Reading reading) {
        this.answers = answers;
        this.leftOut = reading.leftOut();
        this.rows = ChainedRows.of(
                files,
                file -> new ElementRows(
                        new JsonElements(file, JsonLayout.documents(), reading.leftOut()), this::row, reading));
    }

    private Optional<ElementRows.TimedRequest> row(Elements at) throws UnusableRow {
        JsonNode row = at.element();
        if (BatchAnswers.isAnswer(row)) {
            return Optional.empty();
        }
        Optional<RecordedAnswer> answer = answers.take(row);
        TraceRequest asked = new Exchange(
                        OptionalLong.empty(),
                        Values.text(row, "url"),
                        Values.first(row, "body").map(body -> body.toString().getBytes(StandardCharsets.UTF_8)),
                        Optional.empty(),
                        Optional.empty())
                .request(0);
        return Optional.of(new ElementRows.TimedRequest(OptionalLong.empty(), asked.withAnswer(answer)));
    }

    @Override
    public boolean next() {
        boolean more = rows.next();
        if (!more) {
            answers.tellRest(leftOut);
        }
        return more;
    }

    @Override
    public long nanos() {
        return rows.nanos();
    }

    @Override
    public TraceRequest request(long atNanos) {
        return rows.request(atNanos);
    }

    @Override
    public TraceException problem(String what, String remedy) {
        return rows.problem(what, remedy);
    }

    @Override
    public void close() {
        rows.close();
    }
}
