package dev.changeover.harness.trace.importer;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import dev.changeover.harness.trace.Quoted;
import dev.changeover.harness.trace.TraceException;
import dev.changeover.harness.trace.TraceFile;
import dev.changeover.harness.trace.TraceRequest;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// A CSV file whose first line names its columns, a record at a time.
public final class Csv implements AutoCloseable {

    private static final int MOST_COLUMNS = 1_000;
    /// To round 1e-999999999 would take a billion digits.
    private static final int MOST_DIGITS = 1_000;

    private static final BigDecimal MOST_SECONDS = BigDecimal.valueOf(TraceRequest.MOST_NANOS, 9);

    private final TraceFile file;
    private final CloseableIterator<CsvRecord> records;
    private final List<String> columns;
    private long line = 1;
    private CsvRecord record;

    /// @throws TraceException when the file cannot be read, or has no first line
    public Csv(TraceFile file) {
        this.file = file;
        this.records = CsvReader.builder()
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .ofCsvRecord(new InputStreamReader(
                        file.open(),
                        StandardCharsets.UTF_8
                                .newDecoder()
                                .onMalformedInput(CodingErrorAction.REPORT)
                                .onUnmappableCharacter(CodingErrorAction.REPORT)))
                .iterator();
        if (!next()) {
            close();
            throw new TraceException(file.path(), 0, "is empty", "its first line must name the columns");
        }
        this.columns = record.getFields().stream()
                .map(name -> name.replace("\ufeff", "").strip())
                .limit(MOST_COLUMNS)
                .toList();
    }

    /// @throws TraceException when there is none of that name
    public int column(String name) {
        return findColumn(name).orElseThrow(() -> {
            close();
            return new TraceException(
                    file.path(),
                    1,
                    "there is no column '%s'".formatted(name),
                    "its first line must name it, as it is written here");
        });
    }

    public OptionalInt findColumn(String name) {
        int index = columns.indexOf(name);
        return index < 0 ? OptionalInt.empty() : OptionalInt.of(index);
    }

    /// Moves to the next record; false at the end.
    public boolean next() {
        try {
            if (!records.hasNext()) {
                return false;
            }
            record = records.next();
            line = record.getStartingLineNumber();
            return true;
        } catch (CsvParseException e) {
            throw problem("after this line is no CSV: " + e.getMessage(), "correct it, or write the file again");
        } catch (UncheckedIOException e) {
            throw e.getCause() instanceof CharacterCodingException
                    ? problem("a line after this one is not UTF-8", "save the file as UTF-8")
                    : file.problem(e.getCause());
        }
    }

    /// Where the record begins, from 1.
    public long line() {
        return line;
    }

    /// How many the first line names.
    public int columns() {
        return columns.size();
    }

    /// How many the record has, which may be more or fewer.
    public int fields() {
        return record.getFieldCount();
    }

    /// Empty where there is nothing in the column.
    public Optional<String> text(int column) {
        if (column >= record.getFieldCount()) {
            return Optional.empty();
        }
        String text = record.getField(column);
        return text.isBlank() ? Optional.empty() : Optional.of(text);
    }

    /// @throws TraceException when it is no count of tokens
    int count(int column) {
        String text = text(column).orElse("");
        try {
            int count = new BigDecimal(text).intValueExact();
            if (count >= 0 && count <= TraceRequest.MOST_TOKENS) {
                return count;
            }
        } catch (ArithmeticException | NumberFormatException _) {
            // said below, with the value
        }
        throw bad(column, "a whole number from 0 to " + TraceRequest.MOST_TOKENS, text);
    }

    /// @throws TraceException when it is no time in seconds, of at most ten years
    long nanosOfSeconds(int column) {
        String text = text(column).orElse("");
        try {
            BigDecimal seconds = new BigDecimal(text);
            boolean sensible = seconds.signum() >= 0 && seconds.compareTo(MOST_SECONDS) <= 0;
            if (sensible && Math.abs(seconds.scale()) <= MOST_DIGITS) {
                return seconds.movePointRight(9)
                        .setScale(0, RoundingMode.HALF_UP)
                        .longValueExact();
            }
        } catch (NumberFormatException _) {
            // said below, with the value
        }
        throw bad(column, "a number of seconds, at most ten years", text);
    }

    private TraceException bad(int column, String wanted, String found) {
        return problem(
                "%s must be %s, got %s".formatted(columns.get(column), wanted, Quoted.figures(found)),
                "correct the row");
    }

    /// An error at this record.
    public TraceException problem(String what, String remedy) {
        return new TraceException(file.path(), line, what, remedy);
    }

    @Override
    public void close() {
        try {
            records.close();
        } catch (IOException e) {
            throw file.problem(e);
        }
    }
}
