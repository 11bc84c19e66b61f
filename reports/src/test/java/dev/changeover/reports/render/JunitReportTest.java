package dev.changeover.reports.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

class JunitReportTest {

    @Test
    void aFailedRequiredGateIsAFailureAndAnUnsettledAdvisoryOneIsSkipped() throws Exception {
        Element suite = suite(Samples.failover());

        assertThat(suite.getAttribute("tests")).isEqualTo("6");
        assertThat(suite.getAttribute("failures")).isEqualTo("2");
        assertThat(suite.getAttribute("errors")).isEqualTo("0");
        assertThat(suite.getAttribute("skipped")).isEqualTo("1");
        assertThat(child(suite, "recovery_time.max", "failure")).contains("observed 5.21 s");
        assertThat(child(suite, "error_rate_fault.max", "skipped")).contains("advisory");
    }

    @Test
    void anInvalidRunAndAnUnsettledRequiredGateAreErrors() throws Exception {
        Element suite = suite(Samples.empty());

        assertThat(suite.getAttribute("errors")).isEqualTo("3");
        assertThat(child(suite, "validity", "error")).isEqualTo("The new arm answered nothing.");
        assertThat(child(suite, "verdict", "error")).startsWith("INCONCLUSIVE: ");
    }

    @Test
    void aPhaseThatWasRolledBackIsSkippedWithItsReason() throws Exception {
        assertThat(child(suite(CanarySample.sample()), "phase: 50% of the traffic", "skipped"))
                .startsWith("ROLLED BACK: errors: E is 23.1");
    }

    @Test
    void aRefutedClaimBreaksNoBuild() throws Exception {
        Element suite = suite(CanarySample.sample());

        assertThat(child(suite, "claim: 4,200 USD for 10 million tokens", "skipped"))
                .startsWith("REFUTED: 10M * new.output / 1M = ");
        assertThat(child(suite, "claim: three large customers trust us again", "skipped"))
                .startsWith("NOT_TESTABLE: ");
    }

    @Test
    void hostileNamesStayText() throws Exception {
        Element suite = suite(Samples.failover(HostileText.NAME, HostileText.MODEL));

        assertThat(suite.getAttribute("name")).contains("<script>window.pwned=1</script>", "]]>", "\uFFFD");
        assertThat(suite.getElementsByTagName("script").getLength()).isZero();
    }

    private static Element suite(Samples sample) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        String xml = JunitReport.render(sample.judgement(), sample.history());
        Document document = factory.newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
        return (Element) document.getElementsByTagName("testsuite").item(0);
    }

    private static String child(Element suite, String testCase, String child) {
        var cases = suite.getElementsByTagName("testcase");
        for (int i = 0; i < cases.getLength(); i++) {
            Element found = (Element) cases.item(i);
            if (found.getAttribute("name").equals(testCase)) {
                return ((Element) found.getElementsByTagName(child).item(0)).getAttribute("message");
            }
        }
        throw new AssertionError("no test case " + testCase);
    }
}
