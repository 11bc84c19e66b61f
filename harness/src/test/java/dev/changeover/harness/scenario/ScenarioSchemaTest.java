package dev.changeover.harness.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScenarioSchemaTest {

    private static final List<String> ALL = List.of(
            Examples.FAILOVER,
            Examples.COMPARISON,
            Examples.NO_EXTRAS,
            ChangeExamples.CANARY,
            ChangeExamples.COMMAND,
            ChangeExamples.URL);

    private static final Schema SCHEMA = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(ScenarioSchema.json(), InputFormat.JSON);

    @Test
    void whatTheParserReadsTheSchemaAccepts() throws ScenarioException {
        for (String yaml : ALL) {
            assertThat(Examples.problems(yaml)).isEmpty();
            assertThat(SCHEMA.validate(yaml, InputFormat.YAML)).isEmpty();
            assertThat(SCHEMA.validate(Examples.parse(yaml).resolvedYaml(), InputFormat.YAML))
                    .isEmpty();
        }
    }

    @Test
    void whatIsWrongIsWrongToBoth() {
        for (String setting : List.of(
                "sede=7",
                "rollout={}",
                "traffic.speed=2",
                "traffic.stream=0.6",
                "traffic.window.lenght=1m",
                "traffic.trace=[]",
                "providers.old.simulate.profile=stedy",
                "providers.new.api_key=sk-literal",
                "providers.new.base_url=ftp://example.com",
                "gateway=nothing",
                "gateway.reference.route=[nwe]",
                "gateway.reference.breaker.open=60",
                "faults.0.fault=regoin-outage",
                "faults.0.latency=3s",
                "faults.1.latency=3",
                "expect.lost.margin=15%",
                "expect.lost.max=5%",
                "expect.latency_p96={max: 1s}",
                "budget.max_spend=5",
                "seed=many")) {
            assertThat(Examples.problems(Examples.FAILOVER, setting))
                    .as(setting)
                    .isNotEmpty();
            assertThat(SCHEMA.validate(written(setting), InputFormat.YAML))
                    .as(setting)
                    .isNotEmpty();
        }
    }

    private static String written(String setting) {
        Tree tree = YamlTree.read(Examples.FAILOVER, "test", Examples.FOLDER, true, new ArrayList<>())
                .orElseThrow();
        Setting.parse(setting, Examples.FOLDER).applyTo((Tree.Branch) tree, new ArrayList<>());
        return YamlWriter.write(tree);
    }
}
