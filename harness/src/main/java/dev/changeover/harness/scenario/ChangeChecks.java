package dev.changeover.harness.scenario;

import dev.changeover.harness.units.Arm;
import dev.changeover.harness.units.Durations;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a rollout, the way back, the alerts and the claims ask of the gateway, the window and the prices.
final class ChangeChecks {

    private final Fields root;
    private final List<Problem> problems;

    ChangeChecks(Fields root, List<Problem> problems) {
        this.root = root;
        this.problems = problems;
    }

    /// With whatever could be made of the scenario.
    void check(
            Map<Arm, Provider> providers,
            Optional<Gateway> gateway,
            Optional<Rollout> rollout,
            Optional<Rollback> rollback,
            Optional<Alerts> alerts) {
        gateway.ifPresent(g -> {
            root.table("rollout").ifPresent(fields -> rolloutPossible(fields, g));
            rollback.ifPresent(r -> rollbackPossible(r, g));
            alerts.ifPresent(a -> alertsPossible(a, g));
            if (g instanceof Gateway.Url) {
                portsKnown(providers);
            }
            claims(g);
        });
        insideWindow(rollout, rollback);
        exchange(providers);
    }

    private void rolloutPossible(Fields fields, Gateway gateway) {
        if (!canBeTold(gateway)) {
            add(fields.place(), "a rollout needs a gateway that can be told weights", remedyForWeights(gateway));
        }
        if (gateway instanceof Gateway.Reference reference && reference.split().isPresent()) {
            add(
                    fields.place(),
                    "a rollout sets the weights that gateway.reference.split would fix",
                    "remove rollout, or split");
        }
    }

    private void rollbackPossible(Rollback rollback, Gateway gateway) {
        Fields fields = root.table("rollback").orElseThrow();
        if (gateway instanceof Gateway.None) {
            add(fields.place(), "a rollback needs a gateway", "add a gateway, or remove rollback");
            return;
        }
        if (rollback.script().isEmpty() && !fields.places().containsKey("script") && !canBeTold(gateway)) {
            add(
                    fields.place(),
                    "a rollback needs a script, or a gateway that can be told weights",
                    "add rollback.script, or " + remedyForWeights(gateway));
        }
        if (rollback.at().isEmpty() && !root.places().containsKey("rollout")) {
            add(fields.place(), "nothing sets this rollback off", "add rollback.at, or a rollout");
        }
        fields.table("verify")
                .ifPresent(verify -> rollback.verify().ifPresent(v -> {
                    if (v.health() && !hasHealthPage(gateway)) {
                        add(
                                verify.placeOf("health"),
                                "verify.health needs the gateway's health page",
                                "give the gateway health: /path, or write health: false");
                    }
                    boolean files = gateway instanceof Gateway.Command command
                            && !command.files().isEmpty();
                    if (v.configuration() && !files) {
                        add(
                                verify.placeOf("configuration"),
                                "verify.configuration needs files that the gateway was given",
                                "name them in gateway.command.files, or write configuration: false");
                    }
                }));
    }

    private void alertsPossible(Alerts alerts, Gateway gateway) {
        Fields fields = root.table("alerts").orElseThrow();
        if (gateway instanceof Gateway.None) {
            add(fields.place(), "alerts need a gateway", "add a gateway, or remove alerts");
            return;
        }
        for (Fields rule : fields.list("rules", Fields.class)) {
            if (rule.values().get("signal") == Alerts.Signal.DOWN && !hasHealthPage(gateway)) {
                add(
                        rule.placeOf("signal"),
                        "'down' needs the gateway's health page",
                        "give the gateway health: /path, or remove the rule");
            }
        }
        if (alerts.rules().isEmpty()
                && fields.usable()
                && fields.list("rules", Object.class).isEmpty()) {
            add(fields.placeOf("rules"), "alerts without a rule", "add one, or remove alerts");
        }
    }

    private void portsKnown(Map<Arm, Provider> providers) {
        root.table("providers").ifPresent(both -> {
            for (Arm arm : Arm.values()) {
                Provider provider = providers.get(arm);
                if (!both.places().containsKey(arm.word())
                        || provider != null && provider.listen().isEmpty()) {
                    add(
                            both.placeOf(arm.word()),
                            "a gateway that is running already is pointed at ports that are known: providers.%s has none"
                                    .formatted(arm.word()),
                            "add listen: 18001, and point the gateway at http://127.0.0.1:18001/v1");
                }
            }
        });
    }

    private void insideWindow(Optional<Rollout> rollout, Optional<Rollback> rollback) {
        Optional<Duration> window = root.table("traffic")
                .flatMap(traffic -> traffic.table("window"))
                .flatMap(fields -> fields.find("length", Duration.class));
        window.ifPresent(length -> {
            rollout.ifPresent(r -> phasesInside(r, length));
            rollback.flatMap(Rollback::at)
                    .filter(at -> at.compareTo(length) >= 0)
                    .ifPresent(at -> add(
                            root.table("rollback").orElseThrow().placeOf("at"),
                            "the rollback starts at %s, and the window is over at %s"
                                    .formatted(Durations.write(at), Durations.write(length)),
                            "start it earlier, or make traffic.window.length longer"));
        });
    }

    private void phasesInside(Rollout rollout, Duration length) {
        Fields fields = root.table("rollout").orElseThrow();
        Optional<Duration> end = end(rollout);
        if (rollout.at().compareTo(length) >= 0) {
            add(
                    fields.placeOf("at"),
                    "the rollout starts at %s, and the window is over at %s"
                            .formatted(Durations.write(rollout.at()), Durations.write(length)),
                    "start it earlier, or make traffic.window.length longer");
        } else if (end.isPresent() && end.get().compareTo(length) > 0) {
            add(
                    fields.placeOf("hold"),
                    "%d phases from %s on end at %s, and the window is over at %s"
                            .formatted(
                                    rollout.weights().size(),
                                    Durations.write(rollout.at()),
                                    Durations.write(end.get()),
                                    Durations.write(length)),
                    "hold each for less, or make traffic.window.length longer");
        }
    }

    /// When the last phase is over at the earliest; empty when that is counted in requests.
    private static Optional<Duration> end(Rollout rollout) {
        return switch (rollout.hold()) {
            case Rollout.Hold.For hold ->
                Optional.of(rollout.at()
                        .plus(hold.traceTime().multipliedBy(rollout.weights().size())));
            case Rollout.Hold.Requests _ -> Optional.empty();
        };
    }

    private void claims(Gateway gateway) {
        for (Fields claim : root.list("claims", Fields.class)) {
            Claim.Whose of = claim.find("of", Claim.Whose.class).orElse(Claim.Whose.NEW);
            if (of == Claim.Whose.GATEWAY && gateway instanceof Gateway.None) {
                add(claim.placeOf("of"), "of: gateway needs a gateway", "write of: new or of: old, or add a gateway");
            }
            claim.find("metric", Metric.class)
                    .filter(metric -> of != Claim.Whose.GATEWAY && GateNeeds.OF_THE_WHOLE.contains(metric))
                    .ifPresent(metric -> add(
                            claim.placeOf("metric"),
                            "%s is what clients saw behind the gateway, not what a provider did"
                                    .formatted(metric.word()),
                            "write of: gateway"));
        }
    }

    private void exchange(Map<Arm, Provider> providers) {
        root.table("cost").ifPresent(cost -> {
            List<String> billed = providers.values().stream()
                    .flatMap(provider -> provider.price().stream())
                    .map(Price::currency)
                    .distinct()
                    .toList();
            Optional<String> from = cost.table("exchange").flatMap(e -> e.find("from", String.class));
            cost.find("currency", String.class)
                    .ifPresent(currency -> billed.stream()
                            .filter(bill -> !bill.equals(currency) && !from.equals(Optional.of(bill)))
                            .forEach(bill -> add(
                                    cost.placeOf("currency"),
                                    "costs are told in %s, and a provider bills in %s".formatted(currency, bill),
                                    "add cost.exchange: { from: %s, rate: ..., as_of: ... }".formatted(bill))));
        });
    }

    private static boolean canBeTold(Gateway gateway) {
        return switch (gateway) {
            case Gateway.None _ -> false;
            case Gateway.Reference reference -> reference.route().size() > 1;
            case Gateway.Url url -> url.weights().isPresent();
            case Gateway.Command command -> command.weights().isPresent();
        };
    }

    private static String remedyForWeights(Gateway gateway) {
        return switch (gateway) {
            case Gateway.None _ -> "add a gateway";
            case Gateway.Reference _ -> "put both arms into the route: [old, new]";
            case Gateway.Url _ -> "add gateway.url.weights";
            case Gateway.Command _ -> "add gateway.command.weights";
        };
    }

    static boolean hasHealthPage(Gateway gateway) {
        return switch (gateway) {
            case Gateway.None _ -> false;
            case Gateway.Reference _ -> true;
            case Gateway.Url url -> url.health().isPresent();
            case Gateway.Command command -> command.health().isPresent();
        };
    }

    private void add(Place place, String what, String remedy) {
        problems.add(place.problem(what, remedy));
    }
}
