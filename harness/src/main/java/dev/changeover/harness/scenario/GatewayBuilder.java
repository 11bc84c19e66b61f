package dev.changeover.harness.scenario;

import dev.changeover.harness.units.Arm;
import dev.changeover.harness.units.Share;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Makes the gateway, whichever it is.
final class GatewayBuilder {

    private static final List<String> KINDS = List.of("reference", "url", "command");

    private final ScenarioBuilder builder;

    GatewayBuilder(ScenarioBuilder builder) {
        this.builder = builder;
    }

    Optional<Gateway> build(Fields root) {
        if (!(root.values().get("gateway") instanceof Fields gateway)) {
            return root.has("gateway") ? Optional.of(new Gateway.None()) : Optional.empty();
        }
        if (!builder.oneOf(gateway, KINDS, "a gateway", "write gateway: none, or one of them")) {
            return Optional.empty();
        }
        return gateway.table("reference")
                .flatMap(this::reference)
                .or(() -> gateway.table("url").flatMap(this::url))
                .or(() -> gateway.table("command").flatMap(this::command));
    }

    private Optional<Gateway> url(Fields fields) {
        Optional<Gateway.WeightMeans> weights = fields.table("weights").flatMap(this::weights);
        if (weights.filter(Gateway.WeightMeans.Reload.class::isInstance).isPresent()) {
            builder.problem(
                    fields.placeOf("weights"),
                    "reload is for a gateway that we start, and whose files we write",
                    "use http or run");
        }
        if (weights.isEmpty() && fields.has("weights")) {
            return Optional.empty();
        }
        return builder.make(
                fields,
                () -> new Gateway.Url(
                        fields.value("base_url", URI.class),
                        fields.find("api_key", String.class),
                        fields.find("health", String.class),
                        weights));
    }

    private Optional<Gateway> command(Fields fields) {
        Optional<Gateway.WeightMeans> weights = fields.table("weights").flatMap(this::weights);
        Optional<Gateway.Ready> ready = fields.table("ready")
                .flatMap(part -> builder.make(
                        part,
                        () -> new Gateway.Ready(
                                part.value("path", String.class), part.value("within", Duration.class))));
        if (ready.isEmpty() || weights.isEmpty() && fields.has("weights")) {
            return Optional.empty();
        }
        return builder.make(
                fields,
                () -> new Gateway.Command(
                        fields.list("run", String.class),
                        fields.texts("env"),
                        files(fields),
                        fields.list("needs", String.class),
                        fields.value("base", String.class),
                        ready.get(),
                        fields.value("stop_within", Duration.class),
                        fields.find("health", String.class),
                        weights));
    }

    private static List<Gateway.ConfigFile> files(Fields fields) {
        return fields.list("files", Fields.class).stream()
                .map(file -> new Gateway.ConfigFile(
                        Path.of(file.value("template", String.class)), Path.of(file.value("to", String.class))))
                .toList();
    }

    private Optional<Gateway.WeightMeans> weights(Fields fields) {
        if (!builder.oneOf(fields, List.of("http", "run", "reload"), "weights", "write one of them")) {
            return Optional.empty();
        }
        if (fields.has("reload")) {
            String signal = fields.value("reload", String.class);
            return Optional.of(
                    new Gateway.WeightMeans.Reload(Optional.of(signal).filter(s -> !s.isEmpty())));
        }
        Optional<Gateway.WeightMeans> http = fields.table("http")
                .flatMap(part -> builder.make(
                        part,
                        () -> new Gateway.WeightMeans.Http(
                                part.value("method", String.class),
                                part.value("path", String.class),
                                part.value("body", String.class))));
        return http.or(() -> fields.table("run").flatMap(this::run));
    }

    private Optional<Gateway.WeightMeans> run(Fields fields) {
        List<String> command = fields.list("command", String.class);
        if (command.isEmpty() && fields.usable()) {
            builder.problem(fields.placeOf("command"), "command must name a program", "write [program, argument]");
            return Optional.empty();
        }
        return builder.make(fields, () -> new Gateway.WeightMeans.Run(command, fields.value("within", Duration.class)));
    }

    private Optional<Gateway> reference(Fields fields) {
        Optional<Deadlines> timeout = fields.table("timeout").flatMap(builder::deadlines);
        Optional<Gateway.Retry> retry = fields.table("retry").flatMap(this::retry);
        Optional<Gateway.Breaker> breaker = fields.part("breaker").flatMap(this::breaker);
        Optional<Gateway.Health> health = fields.part("health").flatMap(this::health);
        Optional<Gateway.Split> split = fields.table("split")
                .flatMap(part -> builder.make(
                        part,
                        () -> new Gateway.Split(
                                part.value("new", Share.class), part.value("sticky", Rollout.Sticky.class))));
        Optional<Gateway.Limits> limits = fields.part("limits").flatMap(this::limits);
        Optional<Gateway.Cache> cache = fields.part("cache").flatMap(this::cache);
        return builder.make(
                fields,
                () -> new Gateway.Reference(
                        fields.list("route", Arm.class),
                        split,
                        fallbackModels(fields),
                        timeout.orElse(Deadlines.GATEWAY),
                        retry.orElse(Gateway.Retry.DEFAULT),
                        breaker,
                        health,
                        fields.value("trust", Gateway.Trust.class),
                        limits,
                        cache,
                        fields.value("health_page", Gateway.HealthPage.class)));
    }

    private static Map<String, List<String>> fallbackModels(Fields fields) {
        Map<String, List<String>> models = new LinkedHashMap<>();
        fields.find("fallback_models", Map.class)
                .ifPresent(given -> ((Map<?, ?>) given).forEach((model, others) -> {
                    List<String> names = new ArrayList<>();
                    ((List<?>) others).forEach(name -> names.add((String) name));
                    models.put((String) model, List.copyOf(names));
                }));
        return models;
    }

    private Optional<Gateway.Retry> retry(Fields fields) {
        return builder.make(
                fields,
                () -> new Gateway.Retry(
                        Whole.of("max", fields.value("max", Long.class)),
                        fields.value("backoff", Duration.class),
                        fields.find("cap", Duration.class),
                        fields.value("factor", Double.class),
                        fields.value("jitter", Gateway.Retry.Jitter.class),
                        fields.value("on", Gateway.Retry.On.class),
                        fields.value("scope", Gateway.Retry.Scope.class),
                        fields.value("retry_after", Boolean.class)));
    }

    private Optional<Gateway.Breaker> breaker(Fields fields) {
        return builder.make(
                fields,
                () -> new Gateway.Breaker(
                        Whole.of("failures", fields.value("failures", Long.class)),
                        fields.value("open", Duration.class),
                        Whole.of("half_open", fields.value("half_open", Long.class))));
    }

    private Optional<Gateway.Health> health(Fields fields) {
        return builder.make(
                fields,
                () -> new Gateway.Health(
                        fields.value("every", Duration.class), fields.value("timeout", Duration.class)));
    }

    private Optional<Gateway.Limits> limits(Fields fields) {
        return builder.make(
                fields,
                () -> new Gateway.Limits(
                        fields.count("rpm"),
                        fields.count("tpm"),
                        Whole.of("queue", fields.value("queue", Long.class)),
                        fields.value("patience", Duration.class)));
    }

    private Optional<Gateway.Cache> cache(Fields fields) {
        return builder.make(
                fields,
                () -> new Gateway.Cache(
                        fields.value("ttl", Duration.class), fields.value("key", Gateway.Cache.Key.class)));
    }
}
