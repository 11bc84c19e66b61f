package dev.changeover.harness.rehearsal;

import dev.changeover.harness.gateway.program.RunMark;
import dev.changeover.harness.scenario.Gateway;
import dev.changeover.harness.scenario.Provider;
import dev.changeover.harness.scenario.Scenario;
import dev.changeover.harness.units.Arm;
import dev.changeover.harness.units.Share;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// What programs of the user's are given: the values of `{{...}}` and the variables of their environment, and what
/// they are not given: the keys of providers, which the tap puts on.
///
/// @param entries ports of the proxies before the providers
record GivenValues(Scenario scenario, Secrets secrets, Place place, RunMark mark, Map<Arm, Integer> entries) {

    private static final String PLACEHOLDER_KEY = "changeover-placeholder-key";

    Map<String, String> values() {
        Map<String, String> values = new HashMap<>();
        entries.forEach((arm, port) -> {
            String address = "127.0.0.1:" + port;
            values.put(arm.word() + ".address", address);
            values.put(arm.word() + ".url", "http://" + address + "/v1");
        });
        values.put("key", PLACEHOLDER_KEY);
        values.put("folder", place.folder().toString());
        values.put("work", place.work().toString());
        values.put(
                "java", Path.of(System.getProperty("java.home"), "bin", "java").toString());
        return values;
    }

    /// The same beside a gateway.
    ///
    /// @param gateway where it listens, with its port
    /// @param toNew the weight that it was told
    Map<String, String> values(URI gateway, Optional<Share> toNew) {
        Map<String, String> values = values();
        values.put("gateway.url", gateway.toString());
        values.put("port", String.valueOf(gateway.getPort()));
        toNew.ifPresent(share -> values.putAll(weights(share)));
        return values;
    }

    static Map<String, String> weights(Share toNew) {
        return Map.of("weight.new", percent(toNew), "weight.old", percent(new Share(1 - toNew.value())));
    }

    /// In per cent, a plain number: `12.5`.
    static String percent(Share share) {
        return BigDecimal.valueOf(share.value())
                .movePointRight(2)
                .setScale(4, RoundingMode.HALF_UP)
                .stripTrailingZeros()
                .toPlainString();
    }

    /// For the gateway: this process's own without the keys of providers, and the run's mark.
    Map<String, String> gatewayEnvironment() {
        return with(mark.forGateway());
    }

    /// The same for scripts, with a mark that says so.
    Map<String, String> scriptEnvironment() {
        return with(mark.forScripts());
    }

    /// The text without the values of any secret that the scenario names.
    String redact(String text) {
        String redacted = text;
        for (String secret : secretValues()) {
            redacted = redacted.replace(secret, "***");
        }
        return redacted;
    }

    private Map<String, String> with(Map<String, String> marks) {
        Map<String, String> environment = new HashMap<>(System.getenv());
        secretNames().forEach(environment::remove);
        environment.values().removeAll(secretValues());
        environment.putAll(marks);
        return environment;
    }

    private List<String> secretValues() {
        return secretNames().stream()
                .map(secrets::find)
                .flatMap(Optional::stream)
                .filter(value -> !value.isBlank())
                .toList();
    }

    private List<String> secretNames() {
        Stream<String> ofProviders = scenario.providers().values().stream()
                .map(Provider::source)
                .flatMap(source -> switch (source) {
                    case Provider.Source.Real real ->
                        Stream.concat(real.apiKey().stream(), real.connection().secretNames());
                    case Provider.Source.Simulated _, Provider.Source.Fitted _, Provider.Source.Stubbed _ ->
                        Stream.<String>empty();
                });
        Stream<String> ofGateway =
                scenario.gateway() instanceof Gateway.Url url ? url.apiKey().stream() : Stream.empty();
        Stream<String> ofCallers = scenario.traffic().client().secretNames();
        return Stream.of(ofProviders, ofGateway, ofCallers)
                .flatMap(names -> names)
                .toList();
    }
}
