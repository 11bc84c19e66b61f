package dev.changeover.reports.render;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class JsonReportTest {

    static Stream<Samples> samples() {
        return Stream.of(
                Samples.paired(),
                Samples.failover(),
                Samples.empty(),
                Samples.paired().judged(),
                Samples.failover().judged(),
                Samples.empty().judged(),
                CanarySample.sample(),
                CanarySample.credited(),
                Samples.failover(HostileText.NAME, HostileText.MODEL));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void everyReportKeepsToItsSchema(Samples sample) throws IOException {
        String json = JsonReport.render(sample.judgement(), sample.history());

        assertThat(schema().validate(json, InputFormat.JSON)).isEmpty();
    }

    @Test
    void theSchemaWouldRefuseAReportWithoutAVerdict() throws IOException {
        Samples sample = Samples.paired();
        String json = JsonReport.render(sample.judgement(), sample.history()).replace("\"verdict\"", "\"verdikt\"");

        assertThat(schema().validate(json, InputFormat.JSON)).isNotEmpty();
    }

    @Test
    void moneyStaysExactAndTimesAreRoundedToMicroseconds() {
        Samples sample = Samples.paired();
        JsonNode report = JsonMapper.shared().readTree(JsonReport.render(sample.judgement(), sample.history()));

        assertThat(report.at("/arms/new/cost/total/amount").stringValue()).isEqualTo("1.90215");
        assertThat(report.at("/arms/new/latency_ms/p95").decimalValue().scale()).isLessThanOrEqualTo(3);
        assertThat(report.at("/gates/0/margin").doubleValue()).isEqualTo(0.15);
        assertThat(report.at("/environment/seed").intValue()).isEqualTo(7);
    }

    @Test
    void whatASimulatedProviderIsFittedToIsTold() {
        Samples sample = Samples.paired();
        JsonNode fitted = JsonMapper.shared()
                .readTree(JsonReport.render(sample.judgement(), sample.history()))
                .at("/environment/fitted");

        assertThat(fitted.at("/old/file").stringValue()).isEqualTo("probe.csv");
        assertThat(fitted.at("/old/ks_ttft").decimalValue()).isEqualByComparingTo("0.009");
        assertThat(fitted.at("/new/ks_rate").isNull()).isTrue();
        assertThat(MarkdownReport.render(sample.judgement(), sample.history()))
                .contains("old is fitted to probe.csv sha256:ab12, 2,651 served calls, KS 0.009 of time to first token,"
                        + " 0.008 of tokens a second; played as distribution");
    }

    @Test
    void claimsAreToldWithTheirWorkingAndTheReturnExactly() {
        Samples sample = CanarySample.credited();
        JsonNode report = JsonMapper.shared().readTree(JsonReport.render(sample.judgement(), sample.history()));

        assertThat(report.at("/claims/0/status").stringValue()).isEqualTo("REFUTED");
        assertThat(report.at("/claims/0/measured").decimalValue()).isEqualByComparingTo("4.2");
        assertThat(report.at("/claims/0/working").stringValue()).contains("1000 times as much");
        assertThat(report.at("/claims/4/status").stringValue()).isEqualTo("NOT_TESTABLE");
        assertThat(report.at("/claims/4/measured").isNull()).isTrue();
        assertThat(report.at("/roi/bills/new/billed/currency").stringValue()).isEqualTo("CNY");
        assertThat(report.at("/roi/monthly_new/currency").stringValue()).isEqualTo("USD");
        BigDecimal billed =
                new BigDecimal(report.at("/roi/bills/new/billed/amount").stringValue());
        assertThat(new BigDecimal(report.at("/roi/credit_rule/amount").stringValue()))
                .isEqualByComparingTo(billed.multiply(new BigDecimal("0.86")));
        assertThat(report.at("/roi/exchange/as_of").stringValue()).isEqualTo("2026-01-15");
    }

    @Test
    void theRolloutAndTheWayBackAreTold() {
        Samples sample = CanarySample.sample();
        JsonNode rollout = JsonMapper.shared()
                .readTree(JsonReport.render(sample.judgement(), sample.history()))
                .get("rollout");

        assertThat(rollout.at("/phases")
                        .valueStream()
                        .map(p -> p.get("decision").stringValue()))
                .containsExactly("PROMOTED", "PROMOTED", "ROLLED_BACK", "NOT_REACHED");
        assertThat(rollout.at("/phases/1/weight").doubleValue()).isEqualTo(0.3);
        assertThat(rollout.at("/phases/1/share_p").isNumber()).isTrue();
        assertThat(rollout.at("/rolled_back").booleanValue()).isTrue();
        assertThat(rollout.at("/rollback/triggered_ms").doubleValue()).isEqualTo(77_000);
        assertThat(rollout.at("/rollback/script").isNull()).isTrue();
        assertThat(rollout.at("/evidence/0/e_value").isNumber()).isTrue();
    }

    @Test
    void aRunWithoutARolloutHasNone() {
        Samples sample = Samples.paired();
        JsonNode report = JsonMapper.shared().readTree(JsonReport.render(sample.judgement(), sample.history()));

        assertThat(report.at("/rollout").isNull()).isTrue();
        assertThat(report.at("/alerts").isEmpty()).isTrue();
    }

    @Test
    void noReturnIsAskedForWithoutCosts() {
        Samples sample = Samples.paired();
        JsonNode report = JsonMapper.shared().readTree(JsonReport.render(sample.judgement(), sample.history()));

        assertThat(report.at("/roi").isNull()).isTrue();
        assertThat(report.at("/roi_not_known").isMissingNode()).isTrue();
        assertThat(report.at("/claims").isEmpty()).isTrue();
    }

    @Test
    void whatWasNotMeasuredIsNull() {
        Samples sample = Samples.empty();
        JsonNode report = JsonMapper.shared().readTree(JsonReport.render(sample.judgement(), sample.history()));

        assertThat(report.at("/arms/new/latency_ms/p50").isNull()).isTrue();
        assertThat(report.at("/arms/new/error_rate").isNull()).isTrue();
        assertThat(report.at("/valid").booleanValue()).isFalse();
    }

    private static Schema schema() throws IOException {
        String text = Files.readString(Path.of("..", "docs", "report.schema.json"));
        // the validator takes absolute ids only; nothing refers to this one
        String withoutId = text.replace("\"$id\": \"changeover.report/v1\",", "");
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(withoutId, InputFormat.JSON);
    }
}
