package dev.changeover.reports.claims;

import dev.changeover.harness.scenario.Alerts;
import dev.changeover.harness.scenario.Claim;
import dev.changeover.harness.scenario.Cost;
import dev.changeover.harness.scenario.Deadlines;
import dev.changeover.harness.scenario.Gateway;
import dev.changeover.harness.scenario.Objectives;
import dev.changeover.harness.scenario.Price;
import dev.changeover.harness.scenario.Provider;
import dev.changeover.harness.scenario.Scenario;
import dev.changeover.harness.scenario.Traffic;
import dev.changeover.harness.units.Arm;
import dev.changeover.harness.units.Share;
import dev.changeover.toxics.backend.BackendChoice;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Scenarios of which only prices, costs and claims matter.
public record Books(Map<Arm, Price> prices, Optional<Cost> cost) {

    public static final Books EMPTY = new Books(Map.of(), Optional.empty());

    /// Prices for a million tokens, in USD.
    public static Books of(String oldInput, String oldOutput, String newInput, String newOutput) {
        return EMPTY.with(Arm.OLD, price(oldInput, oldOutput, "USD")).with(Arm.NEW, price(newInput, newOutput, "USD"));
    }

    public static Price price(String input, String output, String currency) {
        return new Price(new BigDecimal(input), new BigDecimal(output), currency, 1_000_000, Optional.empty());
    }

    public Books with(Arm arm, Price price) {
        Map<Arm, Price> more = new EnumMap<>(Arm.class);
        more.putAll(prices);
        more.put(arm, price);
        return new Books(more, cost);
    }

    public Books with(Cost other) {
        return new Books(prices, Optional.of(other));
    }

    Books migration(String hours, String rate) {
        return with(new Cost(
                1_000_000,
                Optional.of(new Cost.Migration(new BigDecimal(hours), new BigDecimal(rate))),
                Optional.empty(),
                Optional.empty()));
    }

    Books exchange(String rate, String credited) {
        return with(new Cost(
                1_000_000,
                Optional.empty(),
                Optional.of("USD"),
                Optional.of(new Cost.Exchange(
                        "CNY",
                        new BigDecimal(rate),
                        LocalDate.of(2026, 1, 15),
                        Optional.of(credited).filter(c -> !c.isEmpty()).map(BigDecimal::new)))));
    }

    public Scenario scenario(Claim... claims) {
        Map<Arm, Provider> providers = new EnumMap<>(Arm.class);
        for (Arm arm : Arm.values()) {
            providers.put(
                    arm,
                    new Provider(
                            new Provider.Source.Real(URI.create("https://api.example.com/v1"), Optional.empty()),
                            Map.of(),
                            Optional.ofNullable(prices.get(arm))));
        }
        Traffic traffic = new Traffic(
                Path.of("conversations.jsonl.gz"),
                Duration.ZERO,
                Optional.empty(),
                1,
                new Share(0.6),
                Optional.empty(),
                Deadlines.CALLER,
                Duration.ofSeconds(2));
        return new Scenario(
                "books",
                "",
                traffic,
                providers,
                new Gateway.None(),
                new BackendChoice.Embedded(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                new Objectives(Optional.empty(), Optional.empty(), Optional.empty()),
                List.of(),
                Alerts.NONE,
                cost,
                List.of(claims),
                Optional.empty(),
                7);
    }
}
