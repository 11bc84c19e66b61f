package dev.changeover.harness.scenario;

import dev.changeover.harness.dialect.Dialect;
import dev.changeover.harness.dialect.Manner;
import dev.changeover.harness.units.Share;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// Makes the provider of one arm.
final class ProviderBuilder {

    private static final List<String> KINDS = List.of("simulate", "wiremock", "base_url");
    private static final List<String> OF_REAL_ONES = List.of("api_key", "connection", "profile", "api_version");

    private final ScenarioBuilder builder;

    ProviderBuilder(ScenarioBuilder builder) {
        this.builder = builder;
    }

    Optional<Provider> build(Fields fields) {
        Optional<Price> price = fields.table("price").flatMap(this::price);
        Optional<Provider.Source> source = source(fields);
        return source.flatMap(s ->
                builder.make(fields, () -> new Provider(s, fields.texts("models"), price, small(fields, "listen"))));
    }

    private Optional<Provider.Source> source(Fields fields) {
        List<String> kinds = KINDS.stream().filter(fields::has).toList();
        if (kinds.size() != 1 && fields.usable()) {
            builder.problem(
                    fields.place(),
                    "a provider needs simulate, wiremock or base_url, and one of them",
                    "write simulate: { profile: steady }, wiremock: stubs, or base_url and api_key");
            return Optional.empty();
        }
        if (!fields.has("base_url")) {
            OF_REAL_ONES.stream()
                    .filter(fields::has)
                    .forEach(key -> builder.problem(
                            fields.placeOf(key),
                            "%s has no use beside %s".formatted(key, String.join(", ", kinds)),
                            "remove it"));
        }
        if (fields.has("simulate")) {
            return fields.table("simulate").flatMap(this::simulated);
        }
        if (fields.has("wiremock")) {
            return builder.make(
                    fields, () -> new Provider.Source.Stubbed(Path.of(fields.value("wiremock", String.class))));
        }
        Optional<Transport> connection = fields.table("connection").flatMap(this::connection);
        return builder.make(fields, () -> {
            URI baseUrl = fields.value("base_url", URI.class);
            return new Provider.Source.Real(
                    baseUrl,
                    fields.find("api_key", String.class),
                    manner(fields, baseUrl),
                    connection.orElse(Transport.PROVIDER));
        });
    }

    private static Manner manner(Fields fields, URI baseUrl) {
        Optional<Dialect> said = fields.find("profile", Dialect.class);
        Manner guessed = Manner.at(baseUrl.getHost());
        return new Manner(said.orElse(guessed.dialect()), said.isEmpty(), fields.find("api_version", String.class));
    }

    private Optional<Transport> connection(Fields fields) {
        Optional<Transport> made = builder.transport(fields);
        made.map(Transport::keepAlive)
                .filter(keep -> keep instanceof Transport.KeepAlive.Idle(var most) && most.toNanosPart() != 0)
                .ifPresent(_ -> builder.problem(
                        fields.placeOf("keep_alive"),
                        "keep_alive of connections to a provider is counted in whole seconds",
                        "write 1s or more"));
        return made;
    }

    private Optional<Provider.Source> simulated(Fields fields) {
        return fields.isTable("profile")
                ? new FittedBuilder(builder).build(fields).map(Provider.Source.Fitted::new)
                : profile(fields).map(Provider.Source.Simulated::new);
    }

    private Optional<SimulatedProfile> profile(Fields fields) {
        return builder.make(fields, () -> {
            SimulatedProfile base = fields.value("profile", SimulatedProfile.class);
            Optional<Fields> ttft = fields.table("ttft");
            Duration p50 = ttft.flatMap(t -> t.find("p50", Duration.class)).orElse(base.ttftP50());
            Duration p99 = ttft.flatMap(t -> t.find("p99", Duration.class)).orElseGet(() -> scaled(base, p50));
            return new SimulatedProfile(
                    p50,
                    p99,
                    fields.find("tokens_per_second", Double.class).orElse(base.tokensPerSecond()),
                    fields.find("jitter", Double.class).orElse(base.jitter()),
                    fields.find("errors", Share.class).orElse(base.errors()),
                    new LinkedHashSet<>(fields.list("models", String.class)),
                    fields.find("key", String.class).orElse(base.key()),
                    fields.table("limits").map(ProviderBuilder::limits).orElse(base.limits()));
        });
    }

    private static Duration scaled(SimulatedProfile base, Duration p50) {
        double ratio =
                Math.max(1, (double) base.ttftP99().toNanos() / base.ttftP50().toNanos());
        return Duration.ofNanos(Math.round(p50.toNanos() * ratio));
    }

    static SimulatedProfile.Limits limits(Fields fields) {
        return new SimulatedProfile.Limits(small(fields, "rpm"), fields.count("tpm"), small(fields, "concurrency"));
    }

    private static OptionalInt small(Fields fields, String key) {
        return fields.find(key, Long.class)
                .map(value -> OptionalInt.of(Whole.of(key.equals("listen") ? key : "limits " + key, value)))
                .orElse(OptionalInt.empty());
    }

    private Optional<Price> price(Fields fields) {
        return builder.make(
                fields,
                () -> new Price(
                        fields.value("input", BigDecimal.class),
                        fields.value("output", BigDecimal.class),
                        fields.value("currency", String.class),
                        fields.value("per", Long.class),
                        fields.find("as_of", LocalDate.class)));
    }
}
