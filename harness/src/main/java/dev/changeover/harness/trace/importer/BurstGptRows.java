package dev.changeover.harness.trace.importer;

import dev.changeover.harness.trace.RecordedAnswer;
import dev.changeover.harness.trace.TraceException;
import dev.changeover.harness.trace.TraceFile;
import dev.changeover.harness.trace.TraceRequest;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// The rows of a BurstGPT trace.
final class BurstGptRows implements Rows {

    private static final int SERVED = 200;

    private final Csv csv;
    private final LeftOut leftOut;
    private final int timestamp;
    private final int model;
    private final int requestTokens;
    private final int responseTokens;
    private final OptionalInt session;
    private final OptionalInt elapsed;
    private long nanos;
    private int inputTokens;
    private int outputTokens;
    private Optional<RecordedAnswer> answer = Optional.empty();

    BurstGptRows(TraceFile file, LeftOut leftOut) {
        this.csv = new Csv(file);
        this.leftOut = leftOut;
        this.timestamp = csv.column("Timestamp");
        this.model = csv.column("Model");
        this.requestTokens = csv.column("Request tokens");
        this.responseTokens = csv.column("Response tokens");
        this.session = csv.findColumn("Session ID");
        this.elapsed = csv.findColumn("Elapsed time");
    }

    @Override
    public boolean next() {
        while (csv.next()) {
            try {
                nanos = csv.nanosOfSeconds(timestamp);
                inputTokens = csv.count(requestTokens);
                outputTokens = csv.count(responseTokens);
                answer = answer();
                return true;
            } catch (TraceException e) {
                leftOut.row("no times and counts that can be read", e);
            }
        }
        return false;
    }

    @Override
    public long nanos() {
        return nanos;
    }

    @Override
    public TraceRequest request(long atNanos) {
        return TraceRequest.arriving(atNanos)
                .conversation(session.isPresent() ? csv.text(session.getAsInt()) : Optional.empty())
                .model(csv.text(model))
                .inputTokens(OptionalInt.of(inputTokens))
                .outputTokens(outputTokens == 0 ? OptionalInt.empty() : OptionalInt.of(outputTokens))
                .answer(answer)
                .build();
    }

    /// What is known of a good one; of a failure it is not known how it failed.
    private Optional<RecordedAnswer> answer() {
        if (elapsed.isEmpty()
                || outputTokens == 0
                || csv.text(elapsed.getAsInt()).isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new RecordedAnswer(
                SERVED,
                OptionalLong.empty(),
                Optional.empty(),
                OptionalLong.of(csv.nanosOfSeconds(elapsed.getAsInt())),
                OptionalInt.of(outputTokens),
                Optional.empty(),
                Optional.empty()));
    }

    @Override
    public TraceException problem(String what, String remedy) {
        return csv.problem(what, remedy);
    }

    @Override
    public void close() {
        csv.close();
    }
}
