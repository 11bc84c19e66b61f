package dev.changeover.harness.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.changeover.toxics.catalog.Catalog;
import dev.changeover.toxics.catalog.CatalogFault;
import dev.changeover.toxics.catalog.FaultDocumentation;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The catalog as a scenario's author meets it.
class FaultParametersTest {

    private static final Schema SCHEMA = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(ScenarioSchema.json(), InputFormat.JSON);

    static List<CatalogFault> faults() {
        return Catalog.all();
    }

    @ParameterizedTest
    @MethodSource("faults")
    void everyExampleOfTheCatalogIsRead(CatalogFault fault) throws ScenarioException {
        String yaml = withFaults(FaultDocumentation.example(fault));

        assertThat(Examples.parse(yaml).scenario().faults())
                .singleElement()
                .satisfies(window -> assertThat(window.effect()).isEqualTo(fault.effectOf(Map.of())));
        assertThat(SCHEMA.validate(yaml, InputFormat.YAML)).isEmpty();
    }

    @Test
    void aWordThatYamlTakesForNothingIsAWord() throws ScenarioException {
        String yaml = withFaults("""
            faults:
              - { at: 1m, for: 1m, on: old, fault: brownout-empty, form: null }
              - { at: 3m, for: 1m, on: old, fault: brownout-empty, form: "null" }
            """);

        Scenario scenario = Examples.parse(yaml).scenario();
        assertThat(scenario.faults())
                .extracting(FaultWindow::effect)
                .containsOnly(Catalog.find("brownout-empty").orElseThrow().effectOf(Map.of("form", "null")));
        assertThat(Examples.parse(Examples.parse(yaml).resolvedYaml()).scenario())
                .isEqualTo(scenario);
        assertThat(SCHEMA.validate(yaml, InputFormat.YAML)).isEmpty();
    }

    @Test
    void whatAVendorNeverSaysIsRefusedAndWhoSaysItIsNamed() {
        assertThat(exception(withFaults("""
            faults:
              - { at: 1m, for: 1m, on: old, fault: request-too-large, wording: mistral }
            """)).getMessage())
                .contains("unknown word 'mistral'", "known here: openai, anthropic");
    }

    @Test
    void wrongValuesAreToldTogetherAtTheirPlaces() {
        assertThat(Examples.problems(withFaults("""
            faults:
              - { at: 1m, for: 1m, on: old, fault: rate-limit-storm, as: dates, retry_after: soon }
              - { at: 1m, for: 1m, on: old, fault: flapping, down: 10ms }
              - { at: 1m, for: 1m, on: old, fault: bandwidth-squeeze, rate: 64kb }
              - { at: 1m, for: 1m, on: old, fault: key-revoked, first: 0 }
              - { at: 1m, for: 1m, on: old, fault: key-revoked, every: 0 }
              - { at: 1m, for: 1m, on: old, fault: overloaded, streams: yes }
              - { at: 1m, for: 1m, on: old, fault: stale-keepalive, idle: 0s }
              - { at: 1m, for: 1m, on: old, fault: region-outage, share: 10% }
            """)))
                .containsExactly(
                        "test.yaml:2:62 unknown word 'dates'",
                        "test.yaml:2:82 'soon' is not a whole number",
                        "test.yaml:3:56 down must be 100 ms to a day, got 10 ms",
                        "test.yaml:4:65 '64kb' has no rate's form: digits, then KB/s or MB/s",
                        "test.yaml:5:60 first must be >= 1, got 0",
                        "test.yaml:6:60 every must be >= 1, got 0",
                        "test.yaml:7:61 'yes' is neither true nor false",
                        "test.yaml:8:63 idle must be 1 ms to a day, got 0 ms",
                        "test.yaml:9:55 unknown key 'share'");
    }

    private static ScenarioException exception(String yaml) {
        return catchThrowableOfType(ScenarioException.class, () -> Examples.parse(yaml));
    }

    /// The faults first, so that their lines can be counted.
    private static String withFaults(String faults) {
        return faults + """
            scenario: faults
            traffic: { trace: a.csv, window: { length: 10m } }
            providers: { old: { simulate: { profile: fast } } }
            gateway: { reference: { route: [old] } }
            expect: { goodput: { min: 1 } }
            """;
    }
}
