package dev.changeover.reports.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class HtmlReportTest {

    @Test
    void theVerdictAndItsReasonsComeBeforeAnyTable() {
        String page = render(Samples.failover());

        assertThat(page.indexOf("NO GO")).isLessThan(page.indexOf("<table"));
        assertThat(page.indexOf("Recovery took 5.21 s")).isBetween(0, page.indexOf("<table"));
        assertThat(page).contains(">drill</span>");
    }

    @Test
    void aRunThatMeasuredNothingStillHasItsPage() {
        assertThat(render(Samples.empty())).contains("INCONCLUSIVE", "run not valid", "The new arm answered nothing.");
    }

    @Test
    void whatTheJudgeFindsIsTold() {
        String page = render(Samples.failover().judged());

        assertThat(page).contains("recovery_time.max", "region-outage", "answered by");
        assertThat(render(Samples.empty().judged())).contains("INCONCLUSIVE");
    }

    @Test
    void claimsAndTheReturnAreTold() {
        assertThat(render(CanarySample.credited()))
                .contains("4,200 USD for 10 million tokens", "1000 times as much", "✕</span> REFUTED")
                .contains("at par by the vendor’s credit", "of it, nothing but the credit rule", "first year, net");
    }

    @Test
    void theRolloutAndTheWayBackAreTold() {
        assertThat(render(CanarySample.sample()))
                .contains("ROLLED BACK", "14 of 96 conversations of the new provider failed", "NOT REACHED")
                .contains("Triggered at 77.0 s", "gateway took the weight", "calls that strayed to the new provider");
    }

    @Test
    void sectionsWithNothingInThemAreLeftOut() {
        assertThat(render(Samples.paired()))
                .doesNotContain(
                        "id=\"claims\"", "id=\"roi\"", "id=\"rollout-title\"", "id=\"rollback\"", "id=\"alerts\"");
    }

    @Test
    void hostileNamesStayText() {
        String page = render(Samples.failover(HostileText.NAME, HostileText.MODEL));

        assertThat(page).doesNotContain("<script>window.pwned", "<img src=x");
        assertThat(Pattern.compile("<script[ >]").matcher(withoutLibrary(page)).results())
                .hasSize(3);
    }

    @Test
    void nothingIsFetchedFromAnywhere() {
        String page = withoutLibrary(render(Samples.paired()));

        assertThat(page)
                .contains("default-src &#39;none&#39;")
                .doesNotContain("src=", "href=", "@import", "url(", "fetch(");
    }

    @Test
    void theSameRunGivesTheSamePage() {
        assertThat(render(Samples.paired())).isEqualTo(render(Samples.paired()));
    }

    private static String withoutLibrary(String page) {
        int start = page.indexOf("<script>", page.indexOf("id=\"data\"")) + "<script>".length();
        return page.substring(0, start) + page.substring(page.indexOf("</script>", start));
    }

    private static String render(Samples sample) {
        return HtmlReport.render(sample.judgement(), sample.history());
    }
}
