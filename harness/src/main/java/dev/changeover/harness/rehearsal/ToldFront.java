package dev.changeover.harness.rehearsal;

import dev.changeover.harness.gateway.program.WeightTeller;
import dev.changeover.harness.scenario.Gateway.WeightMeans;
import dev.changeover.harness.units.Share;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/// A gateway of somebody's, told its weight by the means that the scenario names.
abstract class ToldFront implements GatewayFront {

    final GivenValues given;
    final URI root;
    final Optional<String> key;
    private final String block;
    private final Optional<WeightMeans> means;
    private volatile Share toNew = Share.NONE;

    /// @param block of the scenario that describes it
    /// @param means of telling it; empty: it cannot be told
    /// @param key that it asks for
    ToldFront(GivenValues given, URI root, String block, Optional<WeightMeans> means, Optional<String> key) {
        this.given = given;
        this.root = root;
        this.block = block;
        this.means = means;
        this.key = key;
    }

    @Override
    public synchronized void weigh(Share share) throws IOException {
        WeightMeans by = means.orElseThrow(
                () -> new IOException(block + ".weights does not say how the gateway is told a weight"));
        Map<String, String> values = values();
        values.putAll(GivenValues.weights(share));
        new WeightTeller(
                        by,
                        root,
                        key,
                        transport(),
                        given.place().work(),
                        given.place().log())
                .tell(values, environment(), this::reload);
        toNew = share;
    }

    /// Has it read its files again, with these values in them.
    abstract void reload(Optional<String> signal, Map<String, String> values) throws IOException;

    @Override
    public Optional<URI> address() {
        return Optional.of(root);
    }

    @Override
    public Map<String, String> values() {
        return given.values(root, Optional.of(toNew));
    }

    @Override
    public Map<String, String> environment() {
        return given.scriptEnvironment();
    }

    @Override
    public String redact(String text) {
        return given.redact(text);
    }
}
