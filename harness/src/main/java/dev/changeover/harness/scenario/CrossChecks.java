package dev.changeover.harness.scenario;

import dev.changeover.harness.units.Arm;
import dev.changeover.harness.units.Durations;
import dev.changeover.harness.units.Money;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// What one part of a scenario asks of another.
final class CrossChecks {

    private final Fields root;
    private final List<Problem> problems;

    CrossChecks(Fields root, List<Problem> problems) {
        this.root = root;
        this.problems = problems;
    }

    /// With whatever could be made of the scenario.
    void check(Map<Arm, Provider> providers, Optional<Gateway> gateway, List<GateSpec> gates) {
        faultsInsideWindow();
        gateway.ifPresent(g -> {
            armsThere(g, providers);
            GateNeeds needs = new GateNeeds(root, problems);
            gates.forEach(gate -> needs.check(gate, g));
        });
        currencies(gates, providers);
        ports(providers);
        root.table("expect").filter(Fields::usable).ifPresent(expect -> {
            boolean asked = root.places().containsKey("rollout")
                    || root.table("rollback")
                            .filter(r -> r.places().containsKey("verify"))
                            .isPresent();
            if (gates.stream().noneMatch(GateSpec::required) && !asked) {
                add(expect.place(), "no required gate, so GO is impossible", "add a gate that is not advisory");
            }
        });
    }

    private void ports(Map<Arm, Provider> providers) {
        OptionalInt old = listen(providers, Arm.OLD);
        if (old.isPresent() && old.equals(listen(providers, Arm.NEW))) {
            root.table("providers")
                    .flatMap(both -> both.table(Arm.NEW.word()))
                    .ifPresent(fields -> add(
                            fields.placeOf("listen"),
                            "both providers listen on port " + old.getAsInt(),
                            "give each its own"));
        }
    }

    private static OptionalInt listen(Map<Arm, Provider> providers, Arm arm) {
        return providers.containsKey(arm) ? providers.get(arm).listen() : OptionalInt.empty();
    }

    private void faultsInsideWindow() {
        root.table("traffic")
                .flatMap(traffic -> traffic.table("window"))
                .flatMap(window -> window.find("length", Duration.class))
                .ifPresent(length -> root.list("faults", Fields.class)
                        .forEach(fault -> fault.find("at", Duration.class)
                                .filter(at -> at.compareTo(length) >= 0)
                                .ifPresent(at -> add(
                                        fault.placeOf("at"),
                                        "the fault starts at %s, and the window is over at %s"
                                                .formatted(Durations.write(at), Durations.write(length)),
                                        "start it earlier, or make traffic.window.length longer"))));
    }

    private void armsThere(Gateway gateway, Map<Arm, Provider> providers) {
        Place place = root.placeOf("providers");
        Set<String> written =
                root.table("providers").map(both -> both.places().keySet()).orElse(Set.of());
        List<Arm> needed = switch (gateway) {
            case Gateway.None _ -> List.of(Arm.OLD, Arm.NEW);
            case Gateway.Reference reference -> reference.route();
            case Gateway.Url _, Gateway.Command _ -> List.of();
        };
        needed.stream()
                .filter(arm -> !providers.containsKey(arm) && !written.contains(arm.word()))
                .forEach(arm -> add(
                        place,
                        "no provider '%s', which %s"
                                .formatted(
                                        arm.word(),
                                        gateway instanceof Gateway.None ? "gateway: none compares" : "the route names"),
                        "add providers." + arm.word()));
    }

    private void currencies(List<GateSpec> gates, Map<Arm, Provider> providers) {
        Set<String> currencies = new LinkedHashSet<>();
        providers.values().forEach(provider -> provider.price().ifPresent(price -> currencies.add(price.currency())));
        Fields expect = root.table("expect").orElse(root);
        boolean costs = gates.stream().anyMatch(gate -> gate.metric() == Metric.COST_PER_REQUEST);
        Place place = expect.placeOf(Metric.COST_PER_REQUEST.word());
        if (costs
                && providers.values().stream()
                        .anyMatch(provider -> provider.price().isEmpty())) {
            add(place, "cost_per_request needs the prices of every provider", "add price to each provider");
        }
        if (costs && currencies.size() > 1) {
            add(
                    place,
                    "cost_per_request over two currencies: " + String.join(", ", currencies),
                    "write all prices in one currency");
        }
        expect.table(Metric.COST_PER_REQUEST.word())
                .ifPresent(gate -> List.of("max", "min").forEach(key -> same(gate, key, currencies)));
        root.table("budget").ifPresent(budget -> same(budget, "max_spend", currencies));
    }

    private void same(Fields fields, String key, Set<String> currencies) {
        fields.find(key, Money.class)
                .filter(money -> !currencies.isEmpty() && !currencies.equals(Set.of(money.currency())))
                .ifPresent(money -> add(
                        fields.placeOf(key),
                        "%s is in %s, and prices are in %s"
                                .formatted(key, money.currency(), String.join(", ", currencies)),
                        "write all money in one currency"));
    }

    private void add(Place place, String what, String remedy) {
        problems.add(place.problem(what, remedy));
    }
}
