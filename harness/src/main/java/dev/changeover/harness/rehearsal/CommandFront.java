package dev.changeover.harness.rehearsal;

import dev.changeover.harness.gateway.program.ConfigFiles;
import dev.changeover.harness.gateway.program.GatewayProgram;
import dev.changeover.harness.gateway.program.Ports;
import dev.changeover.harness.gateway.program.Readiness;
import dev.changeover.harness.gateway.program.Signals;
import dev.changeover.harness.gateway.program.Template;
import dev.changeover.harness.history.Event;
import dev.changeover.harness.history.EventSink;
import dev.changeover.harness.replay.Target;
import dev.changeover.harness.scenario.Gateway;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/// A gateway that is a program, started for the run with a configuration that leads to our proxies.
final class CommandFront extends ToldFront {

    private static final String HOST = "127.0.0.1";

    private final Gateway.Command config;
    private final EventSink events;
    private final RunClock clock;
    private final Consumer<String> notUndone;
    private final ConfigFiles files;
    private final List<Integer> ports;
    private GatewayProgram program;

    /// @param notUndone takes a sentence for each thing that cannot be put back
    CommandFront(
            Gateway.Command config, GivenValues given, EventSink events, RunClock clock, Consumer<String> notUndone)
            throws IOException {
        List<Integer> free = Ports.free(2);
        super(given, root(free.getFirst()), "gateway.command", config.weights(), Optional.empty());
        this.config = config;
        this.events = events;
        this.clock = clock;
        this.notUndone = notUndone;
        this.files = new ConfigFiles(config.files(), given.place().work());
        this.ports = free;
    }

    private static URI root(int port) {
        return URI.create("http://%s:%d".formatted(HOST, port));
    }

    @Override
    public Optional<String> open(BooleanSupplier cancelled) throws TestbedException {
        try {
            files.save().forEach(text -> events.accept(new Event.Warning(clock.nanos(), text)));
            files.render(values());
            return start(setting(), cancelled);
        } catch (IOException | IllegalArgumentException e) {
            throw new TestbedException("the gateway could not be started: " + e.getMessage(), e);
        }
    }

    private Optional<String> start(GatewayProgram.Setting setting, BooleanSupplier cancelled) {
        try {
            program = GatewayProgram.start(setting);
        } catch (IOException e) {
            events.accept(
                    new Event.GatewayProcess(Event.ProcessStep.NOT_READY, given.redact(e.getMessage()), clock.nanos()));
            return Optional.of(given.redact(e.getMessage()));
        }
        Optional<String> why = Readiness.await(
                root.resolve(config.ready().path()),
                config.ready().within(),
                () -> cancelled.getAsBoolean() || !program.isRunning());
        if (why.isEmpty()) {
            program.ready();
            return why;
        }
        if (cancelled.getAsBoolean()) {
            return Optional.empty();
        }
        return Optional.of(program.notReady(program.isRunning() ? why.get() : "it " + program.ending()));
    }

    private GatewayProgram.Setting setting() {
        Map<String, String> environment = given.gatewayEnvironment();
        environment.putAll(ownVariables());
        return new GatewayProgram.Setting(
                filled(config.run()),
                environment,
                given.place().work(),
                given.place().log(),
                config.stopWithin(),
                given.mark(),
                events,
                clock::of,
                given::redact);
    }

    @Override
    public void announce() {
        program.announce();
    }

    @Override
    public List<Target> targets() {
        return List.of(new Target(
                Optional.empty(),
                HOST,
                ports.getFirst(),
                Bases.withoutSlash(config.base()),
                Optional.empty(),
                UnaryOperator.identity()));
    }

    @Override
    void reload(Optional<String> signal, Map<String, String> values) throws IOException {
        files.render(values);
        if (signal.isPresent()) {
            ProcessHandle serving = program.serving();
            if (!serving.isAlive()) {
                throw new IOException("the gateway is not running: SIG%s was not sent".formatted(signal.get()));
            }
            Signals.send(signal.get(), serving.pid(), given.place().log());
        }
    }

    @Override
    public Optional<String> healthPath() {
        return config.health();
    }

    @Override
    public Map<String, String> values() {
        Map<String, String> values = super.values();
        values.put("port.second", ports.getLast().toString());
        if (program != null) {
            values.put("gateway.pid", String.valueOf(program.serving().pid()));
        }
        return values;
    }

    @Override
    public Map<String, String> environment() {
        Map<String, String> environment = super.environment();
        environment.putAll(ownVariables());
        return environment;
    }

    @Override
    public List<Path> configuration() {
        return files.paths();
    }

    @Override
    public void close() {
        if (program != null) {
            program.close();
        }
        files.restore().forEach(notUndone);
    }

    private Map<String, String> ownVariables() {
        Map<String, String> values = values();
        Map<String, String> own = new HashMap<>();
        config.env().forEach((name, value) -> own.put(name, Template.fill(value, values)));
        return own;
    }

    private List<String> filled(List<String> words) {
        Map<String, String> values = values();
        return words.stream().map(word -> Template.fill(word, values)).toList();
    }
}
