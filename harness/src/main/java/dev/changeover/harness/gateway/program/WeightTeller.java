package dev.changeover.harness.gateway.program;

import dev.changeover.harness.scenario.Gateway.WeightMeans;
import dev.changeover.harness.scenario.ReadyTransport;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Tells a gateway the new provider's share by the gateway's own means.
///
/// @param root of the gateway, without a path
/// @param key bearer key that it asks for
/// @param transport how connections to it are made
/// @param folder in which commands run
/// @param log that gets their output
public record WeightTeller(
        WeightMeans means, URI root, Optional<String> key, ReadyTransport transport, Path folder, Path log) {

    /// Renders the gateway's files with the values and sends it a signal, if there is one.
    @FunctionalInterface
    public interface Reloading {
        void reload(Optional<String> signal, Map<String, String> values) throws IOException;
    }

    /// @param values with the weights
    /// @param env all variables of a command
    /// @throws IOException with a sentence: what was tried and what came of it
    public void tell(Map<String, String> values, Map<String, String> env, Reloading reloading) throws IOException {
        try {
            switch (means) {
                case WeightMeans.Http http ->
                    WeightRequest.send(
                            http.method(),
                            root.resolve(Template.fill(http.path(), values)),
                            Template.fill(http.body(), values),
                            key,
                            transport);
                case WeightMeans.Run run -> run(run, values, env);
                case WeightMeans.Reload reload -> reloading.reload(reload.signal(), values);
            }
        } catch (IllegalArgumentException e) {
            throw new IOException("the weight cannot be told: " + e.getMessage(), e);
        }
    }

    private void run(WeightMeans.Run run, Map<String, String> values, Map<String, String> env) throws IOException {
        List<String> command =
                run.command().stream().map(word -> Template.fill(word, values)).toList();
        try {
            Ended ended = Program.run(command, env, folder, log, run.within());
            if (!ended.equals(new Ended.Exited(0))) {
                throw new IOException("the weight command %s %s; what it printed is in %s"
                        .formatted(command.getFirst(), ended.text(), log.getFileName()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("the weight command %s was interrupted".formatted(command.getFirst()), e);
        }
    }
}
