package dev.changeover.harness.scenario;

import dev.changeover.harness.units.Durations;
import dev.changeover.harness.units.Share;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Makes the rollout, the way back, the alerts, and what the change costs.
final class ChangeBuilder {

    private final ScenarioBuilder builder;

    ChangeBuilder(ScenarioBuilder builder) {
        this.builder = builder;
    }

    Optional<Rollout> rollout(Fields fields) {
        Optional<Rollout.Tolerated> tolerated = fields.table("tolerate")
                .flatMap(part -> builder.make(
                        part,
                        () -> new Rollout.Tolerated(
                                part.value("errors", Double.class), part.value("slow", Double.class))));
        return builder.make(
                fields,
                () -> new Rollout(
                        fields.value("at", Duration.class),
                        fields.list("weights", Share.class),
                        fields.value("hold", Rollout.Hold.class),
                        fields.value("sticky", Rollout.Sticky.class),
                        fields.value("gate", Rollout.Decider.class),
                        tolerated.orElse(Rollout.Tolerated.DEFAULT)));
    }

    /// @param files whether the gateway has configuration files that must be what they were
    Optional<Rollback> rollback(Fields fields, boolean files) {
        Optional<Rollback.Script> script = fields.table("script")
                .flatMap(part -> builder.make(
                        part,
                        () -> new Rollback.Script(
                                part.list("command", String.class),
                                part.texts("env"),
                                part.value("patience", Duration.class))));
        Optional<Rollback.Verify> verify = fields.table("verify")
                .flatMap(part -> builder.make(
                        part,
                        () -> new Rollback.Verify(
                                part.value("weight_old", Share.class),
                                part.value("health", Boolean.class),
                                part.find("configuration", Boolean.class).orElse(files),
                                part.value("within", Duration.class))));
        return builder.make(fields, () -> new Rollback(fields.find("at", Duration.class), script, verify));
    }

    Optional<Alerts> alerts(Fields fields) {
        Optional<Alerts.Scrape> scrape = fields.table("scrape")
                .flatMap(part -> builder.make(
                        part,
                        () -> new Alerts.Scrape(
                                part.value("path", String.class), part.value("every", Duration.class))));
        List<Alerts.Rule> rules = new ArrayList<>();
        for (Fields rule : fields.list("rules", Fields.class)) {
            builder.make(rule, () -> rule(rule)).ifPresent(rules::add);
        }
        return builder.make(fields, () -> new Alerts(scrape, rules));
    }

    private static Alerts.Rule rule(Fields fields) {
        double above = switch (fields.values().get("above")) {
            case Duration time -> Durations.millis(time);
            case Share share -> share.value();
            case null, default -> 0;
        };
        return new Alerts.Rule(
                fields.value("name", String.class),
                fields.value("signal", Alerts.Signal.class),
                above,
                fields.value("window", Duration.class),
                fields.value("for", Duration.class));
    }

    Optional<Cost> cost(Fields fields) {
        Optional<Cost.Migration> migration = fields.table("migration")
                .flatMap(part -> builder.make(
                        part,
                        () -> new Cost.Migration(
                                part.value("hours", BigDecimal.class), part.value("rate", BigDecimal.class))));
        Optional<Cost.Exchange> exchange = fields.table("exchange")
                .flatMap(part -> builder.make(
                        part,
                        () -> new Cost.Exchange(
                                part.value("from", String.class),
                                part.value("rate", BigDecimal.class),
                                part.value("as_of", LocalDate.class),
                                part.find("credited", BigDecimal.class))));
        return builder.make(
                fields,
                () -> new Cost(
                        fields.value("monthly_requests", Long.class),
                        migration,
                        fields.find("currency", String.class),
                        exchange));
    }
}
