package dev.changeover.harness.scenario;

import dev.changeover.harness.units.Arm;
import dev.changeover.harness.units.Money;
import dev.changeover.harness.units.Share;
import dev.changeover.toxics.backend.BackendChoice;
import dev.changeover.toxics.catalog.CatalogFault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Supplier;

/// Makes the scenario's values out of what was read, and turns what they refuse into problems.
final class ScenarioBuilder {

    private final ProviderBuilder providers = new ProviderBuilder(this);
    private final List<Problem> problems;

    ScenarioBuilder(List<Problem> problems) {
        this.problems = problems;
    }

    /// @param root with the trace already a path
    /// @return empty, or of no use, when there was a problem, here or before: a part that has one stands in by its
    /// default, so that the problems of the whole are found too
    Optional<Scenario> build(Fields root, Path trace) {
        Optional<Traffic> traffic = root.table("traffic").flatMap(fields -> traffic(fields, trace));
        Map<Arm, Provider> arms = arms(root);
        Optional<Gateway> gateway = new GatewayBuilder(this).build(root);
        List<FaultWindow> faults = faults(root);
        Optional<Objectives> objectives = root.table("objectives").flatMap(this::objectives);
        List<GateSpec> gates = gates(root, objectives.orElse(Objectives.NONE));
        ChangeBuilder change = new ChangeBuilder(this);
        Optional<Rollout> rollout = root.table("rollout").flatMap(change::rollout);
        Optional<Rollback> rollback =
                root.table("rollback").flatMap(fields -> change.rollback(fields, hasFiles(gateway)));
        Optional<Alerts> alerts = root.table("alerts").flatMap(change::alerts);
        Optional<Cost> cost = root.table("cost").flatMap(change::cost);
        List<Claim> claims = claims(root);
        Optional<Budget> budget = root.table("budget").flatMap(this::budget);
        new LoadChecks(root, problems).check();
        new CrossChecks(root, problems).check(arms, gateway, gates);
        new TransportChecks(root, problems).check(gateway);
        new ChangeChecks(root, problems).check(arms, gateway, rollout, rollback, alerts);
        return traffic.isEmpty() || gateway.isEmpty() || objectives.isEmpty()
                ? Optional.empty()
                : make(
                        root,
                        () -> new Scenario(
                                root.value("scenario", String.class),
                                root.value("about", String.class),
                                traffic.get(),
                                arms,
                                gateway.get(),
                                root.value("toxiproxy", BackendChoice.class),
                                faults,
                                rollout,
                                rollback,
                                objectives.get(),
                                gates,
                                alerts.orElse(Alerts.NONE),
                                cost,
                                claims,
                                budget,
                                root.value("seed", Long.class)));
    }

    /// A value that may refuse itself: its message begins with the key at fault where it can.
    <T> Optional<T> make(Fields fields, Supplier<T> constructor) {
        if (!fields.usable()) {
            return Optional.empty();
        }
        try {
            return Optional.of(constructor.get());
        } catch (IllegalArgumentException e) {
            String key = e.getMessage().split("[ ,]", 2)[0];
            problems.add(fields.placeOf(key).problem(e.getMessage(), "change the value; docs/scenario.md has limits"));
            return Optional.empty();
        }
    }

    void problem(Place place, String what, String remedy) {
        problems.add(place.problem(what, remedy));
    }

    /// Whether one of some keys is there, and only one: a problem otherwise, unless there is one already.
    boolean oneOf(Fields fields, List<String> keys, String what, String remedy) {
        List<String> there = keys.stream().filter(fields.places()::containsKey).toList();
        if (there.size() != 1 && (fields.usable() || there.size() > 1)) {
            problem(
                    there.size() > 1 ? fields.placeOf(there.getLast()) : fields.place(),
                    "%s has %s of %s"
                            .formatted(what, there.isEmpty() ? "none" : "more than one", String.join(", ", keys)),
                    remedy);
        }
        return there.size() == 1;
    }

    private static boolean hasFiles(Optional<Gateway> gateway) {
        return gateway.filter(Gateway.Command.class::isInstance)
                .map(Gateway.Command.class::cast)
                .filter(command -> !command.files().isEmpty())
                .isPresent();
    }

    private Optional<Budget> budget(Fields fields) {
        return make(
                fields,
                () -> new Budget(
                        fields.find("max_spend", Money.class),
                        fields.count("max_requests"),
                        fields.find("max_rate", Budget.Rate.class)));
    }

    private List<Claim> claims(Fields root) {
        ClaimBuilder claims = new ClaimBuilder(this);
        return root.list("claims", Fields.class).stream()
                .flatMap(fields -> claims.build(fields).stream())
                .toList();
    }

    private Optional<Traffic> traffic(Fields fields, Path trace) {
        Optional<Deadlines> patience = fields.table("patience").flatMap(this::deadlines);
        Optional<Transport> client = fields.table("client").flatMap(this::transport);
        Optional<Fields> window = fields.table("window").filter(Fields::usable);
        if (window.isEmpty()) {
            return Optional.empty();
        }
        return make(
                fields,
                () -> new Traffic(
                        trace,
                        window.get().value("from", Duration.class),
                        window.get().find("length", Duration.class),
                        fields.value("speed", Double.class),
                        fields.value("stream", Share.class),
                        fields.find("model", String.class),
                        patience.orElse(Deadlines.CALLER),
                        fields.value("warm_up", Duration.class),
                        fields.value("sample", Share.class),
                        fields.value("cancel", Boolean.class),
                        load(fields),
                        client.orElse(Transport.CALLER)));
    }

    /// A number too large for an int is refused like any other that is too large.
    private static Load load(Fields fields) {
        OptionalInt maxInFlight = small(fields.count("max_in_flight"));
        OptionalInt callers = small(fields.count("concurrency"));
        return callers.isPresent()
                ? new Load.Closed(callers.getAsInt())
                : new Load.Open(fields.value("conversations", Boolean.class), maxInFlight);
    }

    private static OptionalInt small(OptionalLong count) {
        return count.isPresent()
                ? OptionalInt.of(Math.clamp(count.getAsLong(), Integer.MIN_VALUE, Integer.MAX_VALUE))
                : OptionalInt.empty();
    }

    Optional<Deadlines> deadlines(Fields fields) {
        return make(
                fields,
                () -> new Deadlines(
                        fields.value("connect", Duration.class),
                        fields.value("first_token", Duration.class),
                        fields.value("idle", Duration.class),
                        fields.value("total", Duration.class)));
    }

    Optional<Transport> transport(Fields fields) {
        return make(fields, () -> TransportFormat.transport(fields));
    }

    private Map<Arm, Provider> arms(Fields root) {
        Map<Arm, Provider> arms = new EnumMap<>(Arm.class);
        root.table("providers").ifPresent(both -> {
            for (Arm arm : Arm.values()) {
                both.table(arm.word()).flatMap(providers::build).ifPresent(provider -> arms.put(arm, provider));
            }
        });
        return arms;
    }

    private List<FaultWindow> faults(Fields root) {
        List<FaultWindow> faults = new ArrayList<>();
        for (Fields fields : root.list("faults", Fields.class)) {
            make(fields, () -> fault(fields)).ifPresent(faults::add);
        }
        return faults;
    }

    private static FaultWindow fault(Fields fields) {
        CatalogFault fault = fields.value("fault", CatalogFault.class);
        Map<String, String> given = new LinkedHashMap<>();
        fault.parameters().forEach(p -> fields.find(p.name(), String.class).ifPresent(v -> given.put(p.name(), v)));
        return new FaultWindow(
                fields.value("at", Duration.class),
                fields.value("for", Duration.class),
                fields.value("on", Arm.class),
                fault.name(),
                fault.effectOf(given));
    }

    private Optional<Objectives> objectives(Fields fields) {
        return make(
                fields,
                () -> new Objectives(
                        fields.find("ttft", Duration.class),
                        fields.find("latency", Duration.class),
                        fields.find("error_rate", Share.class)));
    }

    private List<GateSpec> gates(Fields root, Objectives objectives) {
        GateBuilder gates = new GateBuilder(this, objectives);
        List<GateSpec> specs = new ArrayList<>();
        root.table("expect").ifPresent(expect -> {
            for (Metric metric : Metric.values()) {
                expect.table(metric.word()).ifPresent(fields -> specs.addAll(gates.build(metric, fields)));
            }
        });
        return specs;
    }
}
