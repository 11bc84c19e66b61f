package dev.changeover.harness.rehearsal;

import dev.changeover.harness.gateway.program.WeightRequest;
import dev.changeover.harness.gateway.server.ReferenceGateway;
import dev.changeover.harness.replay.Target;
import dev.changeover.harness.units.Share;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// Our own gateway, told its weights as any other would be.
final class ReferenceFront implements Front {

    private static final String HOST = "127.0.0.1";

    private final ReferenceGateway gateway;
    private final GivenValues given;
    private volatile Optional<Share> weight;

    /// @param weight share of the new provider that it was started with; empty: it splits nothing
    ReferenceFront(ReferenceGateway gateway, Optional<Share> weight, GivenValues given) {
        this.gateway = gateway;
        this.weight = weight;
        this.given = given;
    }

    @Override
    public List<Target> targets() {
        return List.of(new Target(Optional.empty(), HOST, gateway.port(), UnaryOperator.identity()));
    }

    @Override
    public void weigh(Share toNew) throws IOException {
        String body = "{\"new\": %s}".formatted(GivenValues.percent(toNew));
        WeightRequest.send("PUT", root().resolve("/admin/weights"), body, Optional.empty(), transport());
        weight = Optional.of(toNew);
    }

    @Override
    public Optional<URI> address() {
        return Optional.of(root());
    }

    @Override
    public Optional<String> healthPath() {
        return Optional.of("/health");
    }

    @Override
    public Map<String, String> values() {
        return given.values(root(), weight);
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
    public void close() {
        gateway.close();
    }

    private URI root() {
        return URI.create("http://%s:%d".formatted(HOST, gateway.port()));
    }
}
