package dev.changeover.harness.trace.importer;

import dev.changeover.harness.trace.Lines;
import dev.changeover.harness.trace.Quoted;
import dev.changeover.harness.trace.TraceException;
import dev.changeover.harness.trace.TraceRequest;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.YearMonth;

/// The rows of an Azure trace, one at a time: `2023-11-16 18:15:46.6805900,374,44`, read from the bytes.
///
/// A time without a zone is taken as UTC, which only its distance to the other rows depends on.
final class AzureRow extends LineRows {

    private static final int FIRST_YEAR = 1970;
    private static final int LAST_YEAR = 2200;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final LeftOut leftOut;
    private int at;
    private long nanos;
    private int inputTokens;
    private int outputTokens;
    private int cachedDate;
    private long cachedDay;

    AzureRow(Lines lines, LeftOut leftOut) {
        super(lines);
        this.leftOut = leftOut;
    }

    @Override
    boolean isGood() {
        try {
            at = lines.start();
            nanos = timestamp();
            inputTokens = tokens("ContextTokens", ',');
            outputTokens = tokens("GeneratedTokens", '\n');
            return true;
        } catch (TraceException e) {
            leftOut.row("no time and two counts that can be read", e);
            return false;
        }
    }

    /// Since 1970.
    @Override
    public long nanos() {
        return nanos;
    }

    @Override
    public TraceRequest request(long atNanos) {
        return TraceRequest.ofCounts(atNanos, inputTokens, outputTokens);
    }

    private long timestamp() {
        int year = digits(4);
        expect('-');
        int month = digits(2);
        expect('-');
        int day = digits(2);
        expect(' ');
        int hour = digits(2);
        expect(':');
        int minute = digits(2);
        expect(':');
        int second = digits(2);
        int fraction = fraction();
        expect(',');
        boolean real = year >= FIRST_YEAR
                && year <= LAST_YEAR
                && month >= 1
                && month <= 12
                && day >= 1
                && hour < 24
                && minute < 60
                && second < 60;
        if (!real) {
            throw badTime();
        }
        return (day(year, month, day) * 86_400 + hour * 3_600 + minute * 60 + second) * NANOS_PER_SECOND + fraction;
    }

    private long day(int year, int month, int day) {
        int date = year * 10_000 + month * 100 + day;
        if (date != cachedDate) {
            if (day > YearMonth.of(year, month).lengthOfMonth()) {
                throw badTime();
            }
            cachedDay = LocalDate.of(year, month, day).toEpochDay();
            cachedDate = date;
        }
        return cachedDay;
    }

    private int fraction() {
        if (at >= lines.end() || lines.buffer()[at] != '.') {
            return 0;
        }
        at++;
        int value = 0;
        int digits = 0;
        while (at < lines.end() && isDigit(lines.buffer()[at]) && digits < 9) {
            value = 10 * value + lines.buffer()[at++] - '0';
            digits++;
        }
        if (digits == 0) {
            throw badTime();
        }
        for (; digits < 9; digits++) {
            value *= 10;
        }
        return value;
    }

    private int digits(int count) {
        int value = 0;
        for (int i = 0; i < count; i++, at++) {
            if (at >= lines.end() || !isDigit(lines.buffer()[at])) {
                throw badTime();
            }
            value = 10 * value + lines.buffer()[at] - '0';
        }
        return value;
    }

    private void expect(char wanted) {
        if (at >= lines.end() || lines.buffer()[at] != wanted) {
            throw badTime();
        }
        at++;
    }

    private int tokens(String column, char after) {
        int from = at;
        int value = 0;
        while (at < lines.end() && isDigit(lines.buffer()[at]) && value <= TraceRequest.MOST_TOKENS) {
            value = 10 * value + lines.buffer()[at++] - '0';
        }
        boolean ends = after == ',' ? at < lines.end() && lines.buffer()[at] == ',' : at == lines.end();
        if (at == from || !ends || value > TraceRequest.MOST_TOKENS) {
            throw bad("%s must be a whole number from 0 to %d".formatted(column, TraceRequest.MOST_TOKENS));
        }
        at++;
        return value;
    }

    private TraceException badTime() {
        return bad("TIMESTAMP must be a time like 2023-11-16 18:15:46.6805900");
    }

    private TraceException bad(String what) {
        String row = new String(lines.buffer(), lines.start(), lines.end() - lines.start(), StandardCharsets.UTF_8);
        return lines.terminated()
                ? lines.problem("%s, got the row %s".formatted(what, Quoted.figures(row)), "correct the row")
                : lines.problem(
                        "the last line breaks off at %s".formatted(Quoted.figures(row)),
                        "fetch or write the file again, or delete that line");
    }

    private static boolean isDigit(byte letter) {
        return letter >= '0' && letter <= '9';
    }
}
