package dev.changeover.toxics.server;

import java.util.SplittableRandom;

/// Randomness by address: the same seed, proxy, connection and toxic draw the same numbers in every run.
record Seed(long value) {

    Seed forProxy(String name) {
        return new Seed(mixed(name));
    }

    Seed forConnection(long number) {
        return new Seed(new SplittableRandom(value + number).nextLong());
    }

    Seed forToxic(String name) {
        return new Seed(mixed(name));
    }

    SplittableRandom random() {
        return new SplittableRandom(value);
    }

    private long mixed(String name) {
        long mixed = value;
        for (int i = 0; i < name.length(); i++) {
            mixed = new SplittableRandom(mixed ^ name.charAt(i)).nextLong();
        }
        return mixed;
    }
}
