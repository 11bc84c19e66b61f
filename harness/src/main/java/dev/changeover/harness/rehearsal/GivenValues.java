package dev.changeover.harness.rehearsal;

import dev.changeover.harness.scenario.Provider;
import dev.changeover.harness.scenario.Scenario;
import dev.changeover.harness.units.Arm;
import dev.changeover.harness.units.Share;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/// What programs of the user's are given: the values of `{{...}}` and the variables of their environment.
final class GivenValues {

    /// A program that calls a provider with it was not told otherwise; the tap puts the real key on.
    static final String PLACEHOLDER_KEY = "changeover-placeholder-key";

    private GivenValues() {}

    /// @param entries ports of the proxies before the providers
    static Map<String, String> of(Map<Arm, Integer> entries) {
        Map<String, String> values = new HashMap<>();
        entries.forEach((arm, port) -> {
            String address = "127.0.0.1:" + port;
            values.put(arm.word() + ".address", address);
            values.put(arm.word() + ".url", "http://" + address + "/v1");
        });
        values.put("key", PLACEHOLDER_KEY);
        values.put(
                "java", Path.of(System.getProperty("java.home"), "bin", "java").toString());
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

    /// This process's own environment without the variables that hold a provider's key.
    static Map<String, String> environment(Scenario scenario) {
        Map<String, String> environment = new HashMap<>(System.getenv());
        for (Provider provider : scenario.providers().values()) {
            if (provider.source() instanceof Provider.Source.Real real) {
                real.apiKey().ifPresent(environment::remove);
            }
        }
        return environment;
    }
}
