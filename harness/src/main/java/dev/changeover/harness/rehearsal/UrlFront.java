package dev.changeover.harness.rehearsal;

import dev.changeover.harness.gateway.program.ControlClient;
import dev.changeover.harness.history.Event;
import dev.changeover.harness.history.Event.WeightCause;
import dev.changeover.harness.history.EventSink;
import dev.changeover.harness.replay.Target;
import dev.changeover.harness.scenario.Gateway;
import dev.changeover.harness.scenario.ReadyTransport;
import dev.changeover.harness.transport.TlsFailure;
import dev.changeover.harness.units.Share;
import dev.changeover.harness.units.Ticker;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/// A gateway that runs already. It gets the weight back that it had: none to the new provider.
final class UrlFront extends ToldFront {

    private static final Duration DEADLINE = Duration.ofSeconds(5);

    private final Gateway.Url config;
    private final ReadyTransport transport;
    private final EventSink events;
    private final Ticker ticker;
    private final Consumer<String> notUndone;
    private boolean weighed;

    /// @param notUndone takes a sentence for each thing that cannot be put back
    UrlFront(
            Gateway.Url config,
            ReadyTransport transport,
            GivenValues given,
            EventSink events,
            Ticker ticker,
            Consumer<String> notUndone) {
        Optional<String> key = config.apiKey().flatMap(given.secrets()::find);
        super(given, root(config.base()), "gateway.url", config.weights(), key);
        this.config = config;
        this.transport = transport;
        this.events = events;
        this.ticker = ticker;
        this.notUndone = notUndone;
    }

    /// Any answer will do: whether its answers are good is what the run finds out.
    @Override
    public Optional<String> open(BooleanSupplier cancelled) throws TestbedException {
        URI asked = root.resolve(base() + "/models");
        HttpRequest.Builder request = HttpRequest.newBuilder(asked).timeout(DEADLINE);
        key.ifPresent(value -> request.header("Authorization", "Bearer " + value));
        try (HttpClient client =
                ControlClient.builder(transport).connectTimeout(DEADLINE).build()) {
            client.send(request.build(), HttpResponse.BodyHandlers.discarding());
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TestbedException("the run was interrupted from inside", e);
        } catch (IOException e) {
            String why = "%s gives no answer (%s); start the gateway, or correct gateway.url"
                    .formatted(
                            asked,
                            TlsFailure.describe(e, root.getHost())
                                    .orElse(e.getClass().getSimpleName()));
            events.accept(new Event.GatewayProcess(Event.ProcessStep.NOT_READY, why, ticker.nanos()));
            return Optional.of(why);
        }
    }

    @Override
    public ReadyTransport transport() {
        return transport;
    }

    @Override
    public void announce() {}

    @Override
    public List<Target> targets() {
        return List.of(new Target(
                Optional.empty(),
                isSecure(root),
                root.getHost(),
                root.getPort(),
                base(),
                key,
                transport,
                UnaryOperator.identity()));
    }

    @Override
    public synchronized void weigh(Share share) throws IOException {
        weighed |= config.weights().isPresent();
        super.weigh(share);
    }

    @Override
    void reload(Optional<String> signal, Map<String, String> values) throws IOException {
        throw new IOException("a gateway that runs already has no files of ours that it could reload");
    }

    @Override
    public Optional<String> healthPath() {
        return config.health();
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

    private static URI root(URI base) {
        int port = base.getPort() >= 0 ? base.getPort() : isSecure(base) ? 443 : 80;
        return URI.create("%s://%s:%d".formatted(base.getScheme(), base.getHost(), port));
    }

    private static boolean isSecure(URI address) {
        return "https".equals(address.getScheme());
    }
}
