package dev.changeover.harness.rehearsal;

import dev.changeover.harness.gateway.program.WeightTeller;
import dev.changeover.harness.history.Event;
import dev.changeover.harness.history.Event.WeightCause;
import dev.changeover.harness.history.EventSink;
import dev.changeover.harness.replay.Target;
import dev.changeover.harness.scenario.Gateway;
import dev.changeover.harness.units.Share;
import dev.changeover.harness.units.Ticker;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/// A gateway that runs already. It gets the weight back that it had: none to the new provider.
final class UrlFront implements GatewayFront {

    private static final Duration DEADLINE = Duration.ofSeconds(5);

    private final Gateway.Url config;
    private final Optional<String> key;
    private final GivenValues given;
    private final EventSink events;
    private final Ticker ticker;
    private final Consumer<String> notUndone;
    private final URI root;
    private volatile Share toNew = Share.NONE;
    private boolean weighed;

    /// @param notUndone takes a sentence for each thing that cannot be put back
    UrlFront(Gateway.Url config, GivenValues given, EventSink events, Ticker ticker, Consumer<String> notUndone) {
        this.config = config;
        this.key = config.apiKey().flatMap(given.secrets()::find);
        this.given = given;
        this.events = events;
        this.ticker = ticker;
        this.notUndone = notUndone;
        this.root = URI.create("http://%s:%d".formatted(config.base().getHost(), port(config.base())));
    }

    /// Any answer will do: whether its answers are good is what the run finds out.
    @Override
    public Optional<String> open(BooleanSupplier cancelled) throws TestbedException {
        URI asked = root.resolve(base() + "/models");
        HttpRequest.Builder request = HttpRequest.newBuilder(asked).timeout(DEADLINE);
        key.ifPresent(value -> request.header("Authorization", "Bearer " + value));
        try (HttpClient client =
                HttpClient.newBuilder().connectTimeout(DEADLINE).build()) {
            client.send(request.build(), HttpResponse.BodyHandlers.discarding());
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TestbedException("the run was interrupted from inside", e);
        } catch (IOException e) {
            String why = "%s gives no answer (%s); start the gateway, or correct gateway.url"
                    .formatted(asked, e.getClass().getSimpleName());
            events.accept(new Event.GatewayProcess(Event.ProcessStep.NOT_READY, why, ticker.nanos()));
            return Optional.of(why);
        }
    }

    @Override
    public void announce() {}

    @Override
    public List<Target> targets() {
        return List.of(
                new Target(Optional.empty(), root.getHost(), root.getPort(), base(), key, UnaryOperator.identity()));
    }

    @Override
    public synchronized void weigh(Share share) throws IOException {
        if (config.weights().isEmpty()) {
            throw new IOException("gateway.url.weights does not say how the gateway is told a weight");
        }
        weighed = true;
        Map<String, String> values = values();
        values.putAll(GivenValues.weights(share));
        new WeightTeller(
                        config.weights().get(),
                        root,
                        key,
                        given.place().work(),
                        given.place().log())
                .tell(values, environment(), UrlFront::refuseToReload);
        toNew = share;
    }

    private static void refuseToReload(Optional<String> signal, Map<String, String> values) throws IOException {
        throw new IOException("a gateway that runs already has no files of ours that it could reload");
    }

    @Override
    public Optional<URI> address() {
        return Optional.of(root);
    }

    @Override
    public Optional<String> healthPath() {
        return config.health();
    }

    @Override
    public Map<String, String> values() {
        Map<String, String> values = new HashMap<>(given.values());
        values.put("port", String.valueOf(root.getPort()));
        values.put("gateway.url", root.toString());
        values.putAll(GivenValues.weights(toNew));
        return values;
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
    public synchronized void close() {
        if (weighed) {
            new Weigher(this, ticker, events)
                    .weigh(Share.NONE, WeightCause.RESTORE)
                    .ifPresent(why -> notUndone.accept(
                            "the gateway's weight could not be given back (%s); give the old provider all of it by hand"
                                    .formatted(why)));
            weighed = false;
        }
    }

    private String base() {
        return Bases.withoutSlash(
                Optional.ofNullable(config.base().getRawPath()).orElse(""));
    }

    private static int port(URI base) {
        return base.getPort() < 0 ? 80 : base.getPort();
    }
}
