package dev.changeover.harness.measurement;

import dev.changeover.harness.scenario.FittedProfile;
import dev.changeover.harness.scenario.FittedProfile.Measured;
import dev.changeover.harness.scenario.FittedProfile.Play;
import dev.changeover.harness.scenario.FittedProfile.Written;
import dev.changeover.harness.wire.ErrorKind;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/// Calls and fits that tests make up.
final class MadeUp {

    static final long SECOND = 1_000_000_000L;
    private static final Path FILE = Path.of("made-up.csv");

    private MadeUp() {}

    static MeasuredCall served(long atNanos, double ttftMillis, double tokensPerSecond) {
        long ttft = Math.round(ttftMillis * 1e6);
        long last = ttft + Math.round(100 / tokensPerSecond * 1e9);
        return MeasuredCall.served(OptionalLong.of(atNanos), ttft, OptionalLong.of(last), OptionalInt.of(101));
    }

    static MeasuredCall failed(long atNanos, ErrorKind kind) {
        return MeasuredCall.failed(
                OptionalLong.of(atNanos), new Failure(kind, OptionalInt.empty(), OptionalLong.empty()));
    }

    static MeasuredCall withoutTime(MeasuredCall call) {
        return new MeasuredCall(
                OptionalLong.empty(), call.ttftNanos(), call.lastNanos(), call.outputTokens(), call.failure());
    }

    static Measurement measurement(Stream<MeasuredCall> calls) {
        List<MeasuredCall> all = calls.toList();
        return new Measurement(FILE, "ab".repeat(32), "probe-csv", all, all.size(), "", List.of());
    }

    static FittedProfile profile(Play play, Written written) {
        return new FittedProfile(Measured.all(FILE), play, written, Set.of(), "");
    }

    static Fit drawn(Stream<MeasuredCall> calls) {
        return Fit.of(profile(new Play.Distribution(), Written.NOTHING), measurement(calls));
    }

    static Fit played(double speed, Stream<MeasuredCall> calls) {
        return Fit.of(profile(new Play.Incident(speed), Written.NOTHING), measurement(calls));
    }
}
