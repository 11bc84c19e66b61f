package dev.changeover.harness.measurement;

import dev.changeover.harness.units.Hash;
import java.util.ArrayList;
import java.util.List;

/// The calls that are kept of any number: all, or so many of which each had the same chance.
///
/// Algorithm R of Vitter (1985), *Random sampling with a reservoir*, with the same draws for the same file.
final class EvenSample {

    private final int most;
    private final List<MeasuredCall> kept = new ArrayList<>();
    private long seen;

    EvenSample(int most) {
        this.most = most;
    }

    void add(MeasuredCall call) {
        seen++;
        if (kept.size() < most) {
            kept.add(call);
            return;
        }
        long place = (long) (Hash.unit(Hash.mix(seen)) * seen);
        if (place < most) {
            kept.set((int) place, call);
        }
    }

    long seen() {
        return seen;
    }

    List<MeasuredCall> kept() {
        return kept;
    }
}
