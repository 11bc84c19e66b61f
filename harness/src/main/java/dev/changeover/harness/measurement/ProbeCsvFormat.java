package dev.changeover.harness.measurement;

import dev.changeover.harness.scenario.FittedProfile.Measured;
import dev.changeover.harness.trace.TraceFile;
import dev.changeover.harness.trace.importer.Csv;
import dev.changeover.harness.trace.importer.Times;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;

/// A CSV file with a line for each call: `first_token_latency_ms`, `total_latency_ms`, and where they are known
/// `timestamp`, the answer's tokens, `status` and `error`.
///
/// Rows may be longer than the first line: columns were added as the measurement went on. Text in the last field of
/// such
/// a row is its error.
final class ProbeCsvFormat implements MeasurementFormat {

    private static final String TTFT = "first_token_latency_ms";

    @Override
    public String name() {
        return "probe-csv";
    }

    @Override
    public boolean fits(String start) {
        return start.lines().findFirst().filter(line -> line.contains(TTFT)).isPresent();
    }

    @Override
    public void read(TraceFile file, Measured measured, CallSink calls) {
        try (Csv csv = new Csv(file)) {
            Columns columns = new Columns(csv);
            while (csv.next()) {
                calls.row(csv.line(), columns::call);
            }
        }
    }

    private static final class Columns {

        private final Csv csv;
        private final int ttft;
        private final int total;
        private final OptionalInt timestamp;
        private final OptionalInt tokens;
        private final OptionalInt status;
        private final OptionalInt error;

        Columns(Csv csv) {
            this.csv = csv;
            this.ttft = csv.column(TTFT);
            this.total = csv.column("total_latency_ms");
            this.timestamp = csv.findColumn("timestamp");
            this.tokens = Stream.of("completion_tokens", "output_tokens", "total_tokens")
                    .map(csv::findColumn)
                    .filter(OptionalInt::isPresent)
                    .findFirst()
                    .orElse(OptionalInt.empty());
            this.status = csv.findColumn("status");
            this.error = csv.findColumn("error");
        }

        MeasuredCall call() {
            OptionalLong at = text(timestamp).map(Columns::time).orElse(OptionalLong.empty());
            OptionalInt told = text(status)
                    .map(text -> OptionalInt.of((int) number("status", text)))
                    .orElse(OptionalInt.empty());
            Optional<String> first = csv.text(ttft);
            Optional<String> last = csv.text(total);
            Optional<String> wrong = error.isPresent() ? text(error) : textBeyond();
            if (wrong.isPresent() || told.orElse(200) >= 400) {
                OptionalLong after = last.map(text -> OptionalLong.of(nanos("total_latency_ms", text)))
                        .orElse(OptionalLong.empty());
                return MeasuredCall.failed(at, ClientWords.failure(wrong.orElse(""), told, after));
            }
            return MeasuredCall.served(
                    at,
                    nanos(TTFT, first.orElse("")),
                    OptionalLong.of(nanos("total_latency_ms", last.orElse(""))),
                    text(tokens)
                            .map(text -> OptionalInt.of((int) number("the count of tokens", text)))
                            .orElse(OptionalInt.empty()));
        }

        private Optional<String> text(OptionalInt column) {
            return column.isPresent() ? csv.text(column.getAsInt()) : Optional.empty();
        }

        private Optional<String> textBeyond() {
            int last = csv.fields() - 1;
            return last < csv.columns() ? Optional.empty() : csv.text(last).filter(text -> !isNumber(text));
        }

        private static OptionalLong time(String text) {
            OptionalLong at = Times.epochNanos(text.strip());
            if (at.isEmpty()) {
                throw new IllegalArgumentException("timestamp is no time");
            }
            return at;
        }

        private static long nanos(String what, String text) {
            return Math.round(number(what, text) * 1e6);
        }

        private static double number(String what, String text) {
            if (!isNumber(text) || Math.abs(Double.parseDouble(text)) > 1e12) {
                throw new IllegalArgumentException(what + " is missing or no sensible number");
            }
            return Double.parseDouble(text);
        }

        private static boolean isNumber(String text) {
            try {
                return text.length() < 100 && Double.isFinite(Double.parseDouble(text));
            } catch (NumberFormatException _) {
                return false;
            }
        }
    }
}
