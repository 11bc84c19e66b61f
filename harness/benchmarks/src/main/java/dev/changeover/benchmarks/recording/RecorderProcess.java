package dev.changeover.benchmarks.recording;

import dev.changeover.harness.recorder.Recorder;
import dev.changeover.harness.recorder.RecorderException;
import dev.changeover.harness.recorder.Rotation;
import dev.changeover.harness.recorder.Tally;
import dev.changeover.harness.recorder.UpstreamAddress;
import dev.changeover.harness.redaction.Masks;
import dev.changeover.harness.redaction.TextPolicy;
import dev.changeover.harness.units.Share;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Optional;

/// A recorder in a process of its own, as its users have it: prints its port, ends with its input, then prints how many
/// requests it wrote and lost.
public final class RecorderProcess {

    private RecorderProcess() {}

    public static void main(String[] args) throws RecorderException, IOException {
        Recorder.Options options = new Recorder.Options(
                UpstreamAddress.parse(args[0]),
                0,
                Optional.empty(),
                Path.of(args[1]),
                TextPolicy.REPLACE,
                Masks.builtIn(),
                Share.ALL,
                Rotation.NEVER);
        Recorder recorder = Recorder.start(options, System.err::println);
        System.out.println(recorder.port());
        System.in.transferTo(OutputStream.nullOutputStream());
        recorder.close();
        Tally.Counts counts = recorder.tally().counts();
        System.out.printf("%d recorded, %d lost%n", counts.written(), counts.lost());
    }
}
