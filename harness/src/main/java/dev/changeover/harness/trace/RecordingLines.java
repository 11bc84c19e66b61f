package dev.changeover.harness.trace;

import java.time.Instant;
import java.util.Optional;

/// The lines of a recording: a canonical trace that is written while its traffic runs, each request when it has ended.
public final class RecordingLines {

    private RecordingLines() {}

    /// The first line, with its line end.
    ///
    /// @param about a sentence for people on where the traffic comes from
    /// @param started when the first millisecond of its times is
    public static byte[] header(String about, Instant started) {
        return new CanonicalHeader(false, Optional.of(started)).line(about);
    }

    /// A request's line, with its line end.
    ///
    /// @throws IllegalArgumentException when its body is not one JSON object in UTF-8 or contradicts its model or
    ///     stream, or when the line is longer than a reader takes
    public static byte[] of(TraceRequest request) {
        return CanonicalFields.line(request);
    }
}
