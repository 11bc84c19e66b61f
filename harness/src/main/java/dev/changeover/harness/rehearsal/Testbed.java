package dev.changeover.harness.rehearsal;

import dev.changeover.harness.gateway.program.Ports;
import dev.changeover.harness.gateway.program.RunMark;
import dev.changeover.harness.gateway.program.ScriptProcesses;
import dev.changeover.harness.gateway.server.ReferenceGateway;
import dev.changeover.harness.history.Event;
import dev.changeover.harness.history.EventSink;
import dev.changeover.harness.provider.Admission;
import dev.changeover.harness.provider.RecordedLengths;
import dev.changeover.harness.provider.SimulatedProvider;
import dev.changeover.harness.provider.Tap;
import dev.changeover.harness.replay.Target;
import dev.changeover.harness.scenario.FaultWindow;
import dev.changeover.harness.scenario.Gateway;
import dev.changeover.harness.scenario.Provider;
import dev.changeover.harness.scenario.ReadyTransport;
import dev.changeover.harness.scenario.Rollback;
import dev.changeover.harness.scenario.Scenario;
import dev.changeover.harness.stubs.StubbedProvider;
import dev.changeover.harness.units.Arm;
import dev.changeover.toxics.backend.Backends;
import dev.changeover.toxics.backend.FaultInjector;
import dev.changeover.toxics.backend.ToxiproxyBackend;
import dev.changeover.toxics.server.ConnectionRecord;
import eu.rekawek.toxiproxy.Proxy;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/// What is started for a scenario: for each provider a Toxiproxy proxy before a tap before the provider, and the
/// gateway before them all. Closing it stops everything, last started first.
final class Testbed implements AutoCloseable {

    private static final String LOOPBACK = "127.0.0.1";

    private final Scenario scenario;
    private final Secrets secrets;
    private final Place place;
    private final Fits fits;
    private final RunMark mark = RunMark.unique();
    private final RunClock clock;
    private final EventSink events;
    private final Function<Arm, Admission> admissions;
    private final Deque<AutoCloseable> started = new ArrayDeque<>();
    private final Map<Arm, Tap> taps = new EnumMap<>(Arm.class);
    private final Map<Arm, Integer> entries = new EnumMap<>(Arm.class);
    private final Map<Arm, String> proxies = new EnumMap<>(Arm.class);
    private final List<String> undone = new ArrayList<>();
    private final List<String> notUndone = new ArrayList<>();
    private final RecordedLengths lengths;
    private ReadyTransport caller = ReadyTransport.CALLER;
    private Vertx vertx;
    private ToxiproxyBackend toxiproxy;
    private FaultInjector injector;
    private Optional<GatewayFront> gateway = Optional.empty();

    private Testbed(
            Scenario scenario,
            Fits fits,
            RecordedLengths lengths,
            Secrets secrets,
            Place place,
            RunClock clock,
            EventSink events,
            Function<Arm, Admission> admissions) {
        this.lengths = lengths;
        this.admissions = admissions;
        this.scenario = scenario;
        this.fits = fits;
        this.secrets = secrets;
        this.place = place;
        this.clock = clock;
        this.events = events;
    }

    /// Every call may be sent.
    static Testbed start(Scenario scenario, Secrets secrets, Place place, RunClock clock, EventSink events)
            throws TestbedException {
        return start(
                scenario, Fits.of(scenario), new RecordedLengths(), secrets, place, clock, events, _ -> Admission.ALL);
    }

    /// Starts everything but the gateway; no event comes of it.
    ///
    /// @param lengths of the answers that simulated providers give
    /// @param admissions asked before a call is sent to an arm's provider
    static Testbed start(
            Scenario scenario,
            Fits fits,
            RecordedLengths lengths,
            Secrets secrets,
            Place place,
            RunClock clock,
            EventSink events,
            Function<Arm, Admission> admissions)
            throws TestbedException {
        Testbed testbed = new Testbed(scenario, fits, lengths, secrets, place, clock, events, admissions);
        try {
            testbed.startProviders();
            return testbed;
        } catch (IOException | RuntimeException e) {
            testbed.close();
            throw new TestbedException("the testbed could not be started: " + e.getMessage(), e);
        }
    }

    private void startProviders() throws IOException {
        caller = scenario.traffic().client().ready(secrets::find);
        vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
        onClose(() -> vertx.close().await());
        Backends backends = Backends.ofThisProcess();
        undone.addAll(backends.undoDeadRuns().told());
        toxiproxy = onClose(backends.open(scenario.toxiproxy(), scenario.seed(), this::connectionOver));
        injector = new FaultInjector(toxiproxy.client());
        onClose(new ScriptProcesses(mark, events, clock));
        for (Arm arm : Arm.values()) {
            Provider provider = scenario.providers().get(arm);
            if (provider != null) {
                startChain(arm, provider);
            }
        }
    }

    private void startChain(Arm arm, Provider provider) throws IOException {
        long seed = ServedProvider.seedOf(scenario.seed(), arm);
        Tap.Config config = switch (provider.source()) {
            case Provider.Source.Simulated(var profile) -> {
                SimulatedProvider simulated = onClose(SimulatedProvider.start(vertx, profile, seed, lengths));
                yield ofSimulated(arm, simulated, profile.key(), seed);
            }
            case Provider.Source.Fitted(var profile) -> {
                SimulatedProvider simulated =
                        onClose(SimulatedProvider.start(vertx, fits.of(arm), seed, clock, lengths));
                yield ofSimulated(arm, simulated, profile.key(), seed);
            }
            case Provider.Source.Stubbed(var folder) -> {
                StubbedProvider stubbed = onClose(StubbedProvider.start(folder));
                yield new Tap.Config(
                        arm, URI.create("http://" + LOOPBACK + ":" + stubbed.port() + "/v1"), Optional.empty(), seed);
            }
            case Provider.Source.Real real ->
                new Tap.Config(
                        arm,
                        real.baseUrl(),
                        real.apiKey().flatMap(secrets::find),
                        seed,
                        real.manner(),
                        scenario.gateway().isOurs(),
                        real.connection().ready(secrets::find));
        };
        Tap tap = onClose(Tap.start(vertx, config, events, clock, admissions.apply(arm)));
        taps.put(arm, tap);
        String listen = LOOPBACK + ":" + freePort(arm, provider);
        Proxy proxy = toxiproxy.createProxy(arm.word(), listen, LOOPBACK + ":" + tap.port());
        proxies.put(arm, proxy.getName());
        entries.put(arm, portOf(proxy.getListen()));
    }

    private static Tap.Config ofSimulated(Arm arm, SimulatedProvider simulated, String key, long seed) {
        URI base = URI.create("http://" + LOOPBACK + ":" + simulated.port() + "/v1");
        return new Tap.Config(arm, base, Optional.of(key).filter(k -> !k.isEmpty()), seed);
    }

    private static int freePort(Arm arm, Provider provider) throws IOException {
        int port = provider.listen().orElse(0);
        if (port != 0 && !Ports.isFree(port)) {
            throw new IOException(
                    "providers.%s.listen: port %d is taken; end what listens there, or name another and point the gateway at it"
                            .formatted(arm.word(), port));
        }
        return port;
    }

    /// Starts a gateway that is not ours, and waits for it; before t0 is known, for that may take its time.
    ///
    /// @param cancelled ends the wait at once
    /// @return why it cannot serve; empty when it can, or when it is ours or none
    Optional<String> openGateway(BooleanSupplier cancelled) throws TestbedException {
        try {
            gateway = switch (scenario.gateway()) {
                case Gateway.None _, Gateway.Reference _ -> Optional.empty();
                case Gateway.Url url -> Optional.of(new UrlFront(url, caller, given(), events, clock, notUndone::add));
                case Gateway.Command command ->
                    Optional.of(new CommandFront(command, given(), events, clock, notUndone::add));
            };
            if (gateway.isPresent()
                    || scenario.rollback().flatMap(Rollback::script).isPresent()) {
                Files.createDirectories(place.work());
            }
        } catch (IOException e) {
            throw new TestbedException("no port or folder for the gateway: " + e.getMessage(), e);
        }
        return gateway.isEmpty() ? Optional.empty() : closing(gateway.get()).open(cancelled);
    }

    /// Says where requests go, and starts the gateway if it is ours. It is stopped with the rest of the testbed.
    Front openFront() throws TestbedException {
        return switch (scenario.gateway()) {
            case Gateway.None _ -> closing(direct());
            case Gateway.Reference reference -> closing(start(reference));
            case Gateway.Url _, Gateway.Command _ -> {
                gateway.orElseThrow().announce();
                yield gateway.orElseThrow();
            }
        };
    }

    /// Where requests go, by connections as the scenario says.
    List<Target> targets(Front front) {
        return front.targets().stream().map(target -> target.over(caller)).toList();
    }

    /// Sentences about what could not be put back, once it is closed.
    List<String> notUndone() {
        return List.copyOf(notUndone);
    }

    private <F extends Front> F closing(F front) {
        Configurations configurations = new Configurations(front.configuration(), clock, events);
        onClose(() -> {
            front.close();
            configurations.tell(Event.ConfigurationMoment.RESTORED);
        });
        return front;
    }

    private GivenValues given() {
        return new GivenValues(scenario, secrets, place, mark, entries);
    }

    private Front direct() {
        List<Target> direct = new ArrayList<>();
        entries.forEach((arm, port) -> direct.add(new Target(
                Optional.of(arm), LOOPBACK, port, scenario.providers().get(arm)::modelFor)));
        return new DirectFront(direct, given());
    }

    private Front start(Gateway.Reference configured) throws TestbedException {
        Gateway.Reference reference = scenario.rollout().map(configured::under).orElse(configured);
        Map<Arm, ReferenceGateway.Upstream> upstreams = new EnumMap<>(Arm.class);
        for (Arm arm : reference.route()) {
            upstreams.put(
                    arm,
                    new ReferenceGateway.Upstream(
                            LOOPBACK, entries.get(arm), scenario.providers().get(arm)));
        }
        try {
            return new ReferenceFront(
                    ReferenceGateway.start(vertx, reference, upstreams, events, clock, scenario.seed()),
                    reference.split().map(Gateway.Split::toNew),
                    given());
        } catch (RuntimeException e) {
            throw new TestbedException("the gateway could not be started: " + e.getMessage(), e);
        }
    }

    ToxiproxyBackend toxiproxy() {
        return toxiproxy;
    }

    /// Sentences about what runs that died had left, and what became of it.
    List<String> undone() {
        return List.copyOf(undone);
    }

    /// In force when it returns.
    void inject(int index, FaultWindow fault) throws IOException {
        injector.inject(proxies.get(fault.on()), index, fault.effect());
        fault.effect().http().ifPresent(struck -> taps.get(fault.on()).inject(index, fault.fault(), struck));
    }

    /// Gone when it returns.
    void lift(int index, FaultWindow fault) throws IOException {
        taps.get(fault.on()).lift(index);
        injector.lift(proxies.get(fault.on()), index, fault.effect());
    }

    private void connectionOver(ConnectionRecord over) {
        Arm.of(over.proxy())
                .ifPresent(arm -> events.accept(new Event.Connection(
                        arm,
                        clock.of(over.openedNanos()),
                        clock.of(over.closedNanos()),
                        over.bytesUp(),
                        over.bytesDown(),
                        over.touched())));
    }

    @Override
    public void close() {
        while (!started.isEmpty()) {
            try {
                started.pop().close();
            } catch (Exception e) {
                events.accept(new Event.Warning(clock.nanos(), "a part of the testbed did not stop: " + e));
            }
        }
    }

    private <C extends AutoCloseable> C onClose(C part) {
        started.push(part);
        return part;
    }

    private static int portOf(String listen) {
        return Integer.parseInt(listen.substring(listen.lastIndexOf(':') + 1));
    }
}
