package dev.changeover.reports.render;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import dev.changeover.harness.gate.Judgement;
import dev.changeover.harness.history.Event;
import dev.changeover.harness.history.History;
import dev.changeover.harness.units.Arm;
import dev.changeover.harness.wire.Outcome;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// `requests.csv`: a row for each request and arm. Times in milliseconds, those in `_ms` columns since t0.
public final class RequestsCsv {

    private static final List<String> COLUMNS = List.of(
            "number",
            "conversation",
            "arm",
            "model",
            "stream",
            "due_ms",
            "sent_ms",
            "first_token_ms",
            "done_ms",
            "latency_ms",
            "ttft_ms",
            "outcome",
            "error_kind",
            "status",
            "input_tokens",
            "output_tokens",
            "served_by",
            "attempts");

    private RequestsCsv() {}

    public static String render(Judgement judgement, History history) {
        StringWriter text = new StringWriter();
        try {
            write(history, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    /// Writes row by row, so that a long run needs no memory for its text. Leaves the writer open.
    static void write(History history, Writer writer) throws IOException {
        CsvWriter csv = CsvWriter.builder()
                .lineDelimiter(LineDelimiter.LF)
                .bufferSize(0)
                .build(writer);
        csv.writeRecord(COLUMNS);
        RequestJoin join = new RequestJoin(history);
        List<Event.Request> requests = history.requests();
        for (int i = 0; i < requests.size(); i++) {
            csv.writeRecord(row(requests.get(i), join, i));
        }
        csv.flush();
    }

    private static String[] row(Event.Request request, RequestJoin join, int index) {
        Event.Timing timing = request.timing();
        return new String[] {
            Long.toString(request.id().number()),
            harmless(request.conversation()),
            request.arm().map(Arm::word).orElse(""),
            harmless(request.model()),
            Boolean.toString(request.stream()),
            millis(timing.dueNanos()),
            millis(timing.sentNanos()),
            millis(timing.firstTokenNanos()),
            millis(timing.doneNanos()),
            millis(timing.latencyNanos()),
            millis(timing.ttftNanos()),
            outcome(request.outcome()),
            request.outcome() instanceof Outcome.Failed(var kind) ? kind.word() : "",
            number(request.status()),
            number(request.usage().input()),
            number(request.usage().output()),
            join.servedBy(index).map(Arm::word).orElse(""),
            number(join.attempts(index))
        };
    }

    private static String outcome(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Served _ -> "served";
            case Outcome.Cancelled _ -> "cancelled";
            case Outcome.Failed _ -> "failed";
        };
    }

    /// A spreadsheet takes a cell that begins like this for a formula and runs it.
    private static String harmless(String text) {
        return !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    }

    private static String number(OptionalInt value) {
        return value.isPresent() ? Integer.toString(value.getAsInt()) : "";
    }

    private static String number(OptionalLong value) {
        return value.isPresent() ? Long.toString(value.getAsLong()) : "";
    }

    private static String millis(OptionalLong nanos) {
        return nanos.isPresent() ? millis(nanos.getAsLong()) : "";
    }

    /// Three decimals by whole-number arithmetic: `12.345`.
    private static String millis(long nanos) {
        long micros = Math.round(nanos / 1e3);
        long whole = Math.abs(micros) / 1000;
        String thousandths = Long.toString(1000 + Math.abs(micros) % 1000).substring(1);
        return (micros < 0 ? "-" : "") + whole + "." + thousandths;
    }
}
