package dev.changeover.harness.measurement;

import dev.changeover.harness.scenario.FittedProfile.Measured;
import dev.changeover.harness.trace.RecordedAnswer;
import dev.changeover.harness.trace.TraceFile;
import dev.changeover.harness.trace.TraceReader;
import dev.changeover.harness.trace.TraceRequest;
import dev.changeover.harness.trace.importer.Reading;
import dev.changeover.harness.trace.importer.Traces;
import dev.changeover.harness.wire.ErrorClassifier;
import dev.changeover.harness.wire.ErrorKind;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// Recorded traffic in any format that can be imported: the answers that were recorded with it.
final class TraceFormat implements MeasurementFormat {

    @Override
    public String name() {
        return "trace";
    }

    @Override
    public boolean fits(String start) {
        return true;
    }

    @Override
    public void read(TraceFile file, Measured measured, CallSink calls) {
        Optional<String> importer = measured.format().filter(name -> !name.equals(name()));
        try (TraceReader trace = Traces.open(List.of(file.path()), importer, Reading.counting(calls.leftOut()))) {
            while (trace.hasNext()) {
                TraceRequest request = trace.next();
                calls.row(0, () -> call(request));
            }
        }
    }

    private static MeasuredCall call(TraceRequest request) {
        if (request.cancelledNanos().isPresent()) {
            throw new IllegalArgumentException("its caller left before the end");
        }
        RecordedAnswer answer =
                request.answer().orElseThrow(() -> new IllegalArgumentException("no answer was recorded"));
        OptionalLong at = OptionalLong.of(request.atNanos());
        boolean empty =
                answer.outputTokens().orElse(1) == 0 && answer.text().orElse("").isBlank();
        if (answer.status() >= 300 || empty) {
            return MeasuredCall.failed(
                    at, new Failure(kindOf(answer), OptionalInt.of(answer.status()), answer.doneNanos()));
        }
        return new MeasuredCall(at, answer.firstTokenNanos(), last(answer), tokens(request, answer), Optional.empty());
    }

    private static ErrorKind kindOf(RecordedAnswer answer) {
        return answer.status() >= 400
                ? ErrorClassifier.kindOf(
                        answer.status(), answer.text().orElse("").getBytes(StandardCharsets.UTF_8))
                : answer.status() < 300 ? ErrorKind.EMPTY_ANSWER : ErrorKind.MALFORMED;
    }

    private static OptionalLong last(RecordedAnswer answer) {
        return answer.chunks()
                .filter(chunks -> chunks.nanos().length > 0)
                .map(chunks -> OptionalLong.of(chunks.nanos()[chunks.nanos().length - 1]))
                .orElse(answer.doneNanos());
    }

    private static OptionalInt tokens(TraceRequest request, RecordedAnswer answer) {
        return answer.outputTokens().isPresent() ? answer.outputTokens() : request.outputTokens();
    }
}
