package dev.changeover.harness.rehearsal;

import dev.changeover.harness.replay.Target;
import dev.changeover.harness.units.Share;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Nothing between the clients and the providers.
record DirectFront(List<Target> targets, GivenValues given) implements Front {

    @Override
    public void weigh(Share toNew) throws IOException {
        throw new IOException("there is no gateway that could be told a weight");
    }

    @Override
    public Optional<URI> address() {
        return Optional.empty();
    }

    @Override
    public Optional<String> healthPath() {
        return Optional.empty();
    }

    @Override
    public Map<String, String> values() {
        return given.values();
    }

    @Override
    public Map<String, String> environment() {
        return given.scriptEnvironment();
    }

    @Override
    public String redact(String text) {
        return given.redact(text);
    }

    @Override
    public List<Path> configuration() {
        return List.of();
    }

    @Override
    public void close() {}
}
