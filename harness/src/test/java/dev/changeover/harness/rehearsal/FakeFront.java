package dev.changeover.harness.rehearsal;

import dev.changeover.harness.replay.Target;
import dev.changeover.harness.units.Share;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A gateway that takes its weights, unless a test has it otherwise.
final class FakeFront implements Front {

    /// What it does when it is told a weight.
    interface Means {
        void take(Share toNew) throws IOException;
    }

    private final Path folder;
    private final List<Path> configuration;
    volatile double weight;
    volatile Means means = _ -> {};
    volatile Optional<URI> address = Optional.empty();

    /// @param folder where programs of its run
    FakeFront(Path folder, Path... configuration) {
        this.folder = folder;
        this.configuration = List.of(configuration);
    }

    @Override
    public void weigh(Share toNew) throws IOException {
        means.take(toNew);
        weight = toNew.value();
    }

    @Override
    public List<Target> targets() {
        return List.of();
    }

    @Override
    public Optional<URI> address() {
        return address;
    }

    @Override
    public Optional<String> healthPath() {
        return Optional.of("/health");
    }

    @Override
    public Map<String, String> values() {
        return Map.of("work", folder.toString(), "weight.new", "30", "weight.old", "70");
    }

    @Override
    public Map<String, String> environment() {
        return Map.of("PATH", System.getenv("PATH"));
    }

    @Override
    public String redact(String text) {
        return text.replace("sk-secret", "***");
    }

    @Override
    public List<Path> configuration() {
        return configuration;
    }

    @Override
    public void close() {}
}
