package dev.changeover.harness.scenario;

import dev.changeover.harness.scenario.GateSpec.Limit;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Makes one claim, decided in the one way that it is written for.
final class ClaimBuilder {

    private static final Set<String> MEASURED = Set.of("metric", "of", "max", "min");
    private static final Set<String> ARITHMETIC = Set.of("compute", "equals", "at_most", "at_least", "within", "unit");

    private final ScenarioBuilder builder;

    ClaimBuilder(ScenarioBuilder builder) {
        this.builder = builder;
    }

    Optional<Claim> build(Fields fields) {
        if (!builder.oneOf(fields, ClaimFormat.WAYS, "a claim", "say how it is decided: keep one of them")) {
            return Optional.empty();
        }
        Optional<Claim.Test> test = test(fields);
        return test.flatMap(t -> builder.make(fields, () -> new Claim(fields.value("says", String.class), t)));
    }

    private Optional<Claim.Test> test(Fields fields) {
        if (fields.has("metric")) {
            only(fields, MEASURED, "metric");
            return measured(fields);
        }
        if (fields.has("compute")) {
            only(fields, ARITHMETIC, "compute");
            return arithmetic(fields);
        }
        only(fields, Set.of("untestable"), "untestable");
        return fields.find("untestable", String.class).map(Claim.Test.Untestable::new);
    }

    private void only(Fields fields, Set<String> allowed, String way) {
        fields.places().keySet().stream()
                .filter(key -> !allowed.contains(key) && !key.equals("says") && !ClaimFormat.WAYS.contains(key))
                .forEach(key -> builder.problem(
                        fields.placeOf(key), "'%s' has no use beside %s".formatted(key, way), "remove it"));
    }

    private Optional<Claim.Test> measured(Fields fields) {
        if (!builder.oneOf(fields, List.of("max", "min"), "a measured claim", "keep one of them")) {
            return Optional.empty();
        }
        Metric metric = fields.value("metric", Metric.class);
        String key = fields.has("max") ? "max" : "min";
        return fields.find(key, String.class)
                .flatMap(text -> value(fields.placeOf(key), metric, text))
                .map(value -> key.equals("max") ? new Limit.Max(value) : new Limit.Min(value))
                .map(limit -> new Claim.Test.Measured(
                        fields.find("of", Claim.Whose.class).orElse(Claim.Whose.NEW), metric, limit));
    }

    /// In the metric's unit.
    private Optional<Double> value(Place place, Metric metric, String text) {
        Shape.Scalar unit = Scalars.of(metric.unit());
        try {
            return Optional.of(Scalars.number(unit.read().apply(text)));
        } catch (IllegalArgumentException e) {
            builder.problem(
                    place,
                    "%s is in %s: %s".formatted(metric.word(), metric.unit().word(), e.getMessage()),
                    "write " + unit.means());
            return Optional.empty();
        }
    }

    private Optional<Claim.Test> arithmetic(Fields fields) {
        List<String> relations = List.of("equals", "at_most", "at_least");
        if (!builder.oneOf(fields, relations, "an arithmetic claim", "keep one of them")) {
            return Optional.empty();
        }
        Claim.Relation relation = fields.has("equals")
                ? Claim.Relation.EQUALS
                : fields.has("at_most") ? Claim.Relation.MAX : Claim.Relation.MIN;
        if (fields.has("within") && !fields.places().containsKey("equals")) {
            builder.problem(fields.placeOf("within"), "'within' has no use beside at_most or at_least", "remove it");
        }
        return builder.make(
                fields,
                () -> new Claim.Test.Arithmetic(
                        fields.value("compute", String.class),
                        relation,
                        relations.stream()
                                .flatMap(key -> fields.find(key, BigDecimal.class).stream())
                                .findFirst()
                                .orElseThrow(),
                        fields.find("within", BigDecimal.class).orElse(BigDecimal.ZERO),
                        fields.find("unit", String.class)));
    }
}
