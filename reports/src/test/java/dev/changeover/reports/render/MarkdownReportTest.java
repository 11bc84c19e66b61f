package dev.changeover.reports.render;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MarkdownReportTest {

    @Test
    void theVerdictAndItsReasonsComeFirst() {
        Samples sample = Samples.failover();

        assertThat(MarkdownReport.render(sample.judgement(), sample.history()).lines())
                .startsWith(
                        "## NO GO: region-outage-failover (drill)",
                        "",
                        "- Recovery took 5.21 s and may take 4 s: recovery\\_time.max failed.")
                .hasSizeLessThan(60);
    }

    @Test
    void changesCarryTheirIntervals() {
        Samples sample = Samples.paired();

        assertThat(MarkdownReport.render(sample.judgement(), sample.history()))
                .containsPattern(
                        "\\| latency p50 \\| [0-9.]+ s \\| [0-9.]+ s \\| −[0-9.]+% \\| −[0-9.]+% to [−+0-9.]+% \\|");
    }

    @Test
    void claimsAndTheReturnAreTold() {
        Samples sample = CanarySample.credited();
        String text = MarkdownReport.render(sample.judgement(), sample.history());

        assertThat(text)
                .contains("| claim | status | working |", "| REFUTED | 10M \\* new.output / 1M = ")
                .containsPattern("\\*\\*ROI:\\*\\* saved per month .* · paid back after 0.3 days · first year, net ");
    }

    @Test
    void theRolloutAndTheWayBackAreTold() {
        Samples sample = CanarySample.sample();

        assertThat(MarkdownReport.render(sample.judgement(), sample.history()))
                .containsPattern("\\| 50% \\| .* \\| ROLLED BACK \\| errors: E is 23.1")
                .contains("**Rollback:** Triggered at 77.0 s");
    }

    @Test
    void hostileNamesNeitherFormatNorCallAnyone() {
        Samples sample = Samples.failover(HostileText.NAME, HostileText.MODEL);
        String text = MarkdownReport.render(sample.judgement(), sample.history());

        assertThat(text).doesNotContain("<", "@all");
        assertThat(text.lines().filter(line -> line.startsWith("## "))).hasSize(1);
    }
}
