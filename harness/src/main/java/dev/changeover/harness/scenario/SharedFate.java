package dev.changeover.harness.scenario;

import dev.changeover.harness.units.Arm;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Things that look like two, and fail as one.
final class SharedFate {

    private SharedFate() {}

    static List<String> of(Scenario scenario) {
        List<String> warnings = new ArrayList<>();
        providers(scenario, warnings);
        switch (scenario.gateway()) {
            case Gateway.Reference reference -> route(reference, warnings);
            case Gateway.Command command -> endpoints(command, warnings);
            case Gateway.None _, Gateway.Url _ -> {}
        }
        return warnings;
    }

    private static void providers(Scenario scenario, List<String> warnings) {
        Optional<Provider.Source.Real> old = real(scenario, Arm.OLD);
        Optional<Provider.Source.Real> replacement = real(scenario, Arm.NEW);
        if (old.isEmpty() || replacement.isEmpty()) {
            return;
        }
        String address = address(old.get().baseUrl());
        if (address.equals(address(replacement.get().baseUrl()))) {
            warnings.add("providers.old.base_url and providers.new.base_url are both at %s: they fail together"
                    .formatted(address));
        }
        old.get()
                .apiKey()
                .filter(key -> replacement.get().apiKey().equals(Optional.of(key)))
                .ifPresent(key -> warnings.add(
                        "providers.old.api_key and providers.new.api_key are both ${%s}: when that key is refused or its quota is spent, they fail together"
                                .formatted(key)));
    }

    private static Optional<Provider.Source.Real> real(Scenario scenario, Arm arm) {
        return Optional.ofNullable(scenario.providers().get(arm))
                .map(Provider::source)
                .filter(Provider.Source.Real.class::isInstance)
                .map(Provider.Source.Real.class::cast);
    }

    private static String address(URI uri) {
        return uri.getPort() < 0 ? uri.getHost() : uri.getHost() + ":" + uri.getPort();
    }

    private static void route(Gateway.Reference gateway, List<String> warnings) {
        if (gateway.route().size() > 1) {
            return;
        }
        String only = gateway.route().getFirst().word();
        warnings.add(
                "gateway.reference.route has one provider (%s): when it fails, nothing takes over".formatted(only));
        gateway.fallbackModels()
                .forEach((model, others) -> warnings.add(
                        "gateway.reference.fallback_models tries %s after %s, all at the one provider of the route (%s): they fail together"
                                .formatted(String.join(", ", others), model, only)));
    }

    private static void endpoints(Gateway.Command gateway, List<String> warnings) {
        Map<Arm, List<String>> uses = new LinkedHashMap<>();
        gateway.env().forEach((name, value) -> note(uses, "env " + name, value));
        for (int i = 0; i < gateway.run().size(); i++) {
            note(uses, "run[%d]".formatted(i), gateway.run().get(i));
        }
        uses.forEach((arm, keys) -> {
            if (keys.size() > 1) {
                warnings.add("gateway.command: %s all lead to the %s provider: they fail together"
                        .formatted(String.join(", ", keys), arm.word()));
            }
        });
    }

    private static void note(Map<Arm, List<String>> uses, String key, String text) {
        for (Arm arm : Arm.values()) {
            if (text.matches("(?s).*\\{\\{\\s*%s\\.(url|address)\\s*}}.*".formatted(arm.word()))) {
                uses.computeIfAbsent(arm, _ -> new ArrayList<>()).add(key);
            }
        }
    }
}
