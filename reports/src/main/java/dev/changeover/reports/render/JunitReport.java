package dev.changeover.reports.render;

import dev.changeover.harness.check.RolloutSummary;
import dev.changeover.harness.gate.GateResult;
import dev.changeover.harness.gate.Judgement;
import dev.changeover.harness.history.History;
import dev.changeover.reports.claims.ClaimResult;
import dev.changeover.reports.claims.Claims;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/// `junit.xml` for a CI's test view: a test suite for the run; a test case for the verdict, one for validity, one
/// for each gate, each phase of a rollout and each claim.
///
/// A required gate that failed is a failure, one that could not be settled an error; an advisory gate never breaks a
/// build: it passes or is skipped, with its message. So is a claim: one that is supported passes.
public final class JunitReport {

    /// @param child `failure`, `error` or `skipped`; empty when it passed
    private record Case(String name, String child, String message, String detail) {}

    private JunitReport() {}

    public static String render(Judgement judgement, History history) {
        List<Case> cases = cases(judgement);
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(text);
            xml.writeStartDocument("UTF-8", "1.0");
            newLine(xml, 0);
            xml.writeStartElement("testsuites");
            counts(xml, cases);
            newLine(xml, 1);
            suite(xml, judgement, history, cases);
            newLine(xml, 0);
            xml.writeEndElement();
            newLine(xml, 0);
            xml.writeEndDocument();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("cannot write xml into a string", e);
        }
        return text.toString();
    }

    private static List<Case> cases(Judgement judgement) {
        List<Case> cases = new ArrayList<>();
        String reasons = String.join("\n", judgement.reasons());
        String first = judgement.reasons().getFirst();
        cases.add(
                switch (judgement.verdict()) {
                    case GO -> new Case("verdict", "", "", "");
                    case NO_GO -> new Case("verdict", "failure", "NO_GO: " + first, reasons);
                    case INCONCLUSIVE -> new Case("verdict", "error", "INCONCLUSIVE: " + first, reasons);
                });
        List<String> doubts = judgement.validity().why();
        cases.add(
                doubts.isEmpty()
                        ? new Case("validity", "", "", "")
                        : new Case("validity", "error", doubts.getFirst(), String.join("\n", doubts)));
        judgement.gates().forEach(gate -> cases.add(gate(gate)));
        judgement
                .course()
                .rollout()
                .map(RolloutSummary::phases)
                .orElse(List.of())
                .forEach(p -> cases.add(phase(p)));
        Claims.of(judgement).forEach(claim -> cases.add(claim(claim)));
        return cases;
    }

    private static Case gate(GateResult gate) {
        String name = gate.spec().id();
        String message = Wording.gate(gate);
        String detail = gate.evidence() + "\n" + gate.method();
        if (!gate.spec().required()) {
            return switch (gate.decision()) {
                case PASS -> new Case(name, "", "", "");
                case FAIL, INCONCLUSIVE ->
                    new Case(name, "skipped", "advisory, %s: %s".formatted(gate.decision(), message), "");
            };
        }
        return switch (gate.decision()) {
            case PASS -> new Case(name, "", "", "");
            case FAIL -> new Case(name, "failure", message, detail);
            case INCONCLUSIVE -> new Case(name, "error", message, detail);
        };
    }

    /// The verdict and the gates break a build; a phase tells how far it came.
    private static Case phase(RolloutSummary.Phase phase) {
        PhaseRow row = PhaseRow.of(phase);
        String name = "phase: %s of the traffic".formatted(row.weight());
        return switch (phase.course()) {
            case PROMOTED -> new Case(name, "", "", "");
            case HELD, ROLLED_BACK, UNDECIDED, NOT_REACHED ->
                new Case(
                        name,
                        "skipped",
                        phase.why().isBlank() ? row.decision() : row.decision() + ": " + row.why(),
                        "");
        };
    }

    /// What a vendor said is no failure of the run that tested it.
    private static Case claim(ClaimResult claim) {
        String name = "claim: " + claim.claim().says();
        return switch (claim.status()) {
            case SUPPORTED -> new Case(name, "", "", "");
            case REFUTED, NOT_TESTABLE ->
                new Case(name, "skipped", "%s: %s".formatted(claim.status(), claim.working()), "");
        };
    }

    private static void suite(XMLStreamWriter xml, Judgement judgement, History history, List<Case> cases)
            throws XMLStreamException {
        xml.writeStartElement("testsuite");
        xml.writeAttribute("name", legal(judgement.scenario().name()));
        counts(xml, cases);
        xml.writeAttribute("time", seconds(history));
        xml.writeAttribute("timestamp", legal(judgement.started().startedAt()));
        for (Case testCase : cases) {
            newLine(xml, 2);
            testCase(xml, judgement, testCase);
        }
        newLine(xml, 1);
        xml.writeEndElement();
    }

    private static void testCase(XMLStreamWriter xml, Judgement judgement, Case testCase) throws XMLStreamException {
        xml.writeStartElement("testcase");
        xml.writeAttribute(
                "classname", legal("changeover." + judgement.scenario().name()));
        xml.writeAttribute("name", legal(testCase.name));
        xml.writeAttribute("time", "0");
        if (!testCase.child.isEmpty()) {
            newLine(xml, 3);
            xml.writeStartElement(testCase.child);
            xml.writeAttribute("message", legal(testCase.message));
            xml.writeCharacters(legal(testCase.detail));
            xml.writeEndElement();
            newLine(xml, 2);
        }
        xml.writeEndElement();
    }

    private static void counts(XMLStreamWriter xml, List<Case> cases) throws XMLStreamException {
        xml.writeAttribute("tests", Integer.toString(cases.size()));
        xml.writeAttribute("failures", count(cases, "failure"));
        xml.writeAttribute("errors", count(cases, "error"));
        xml.writeAttribute("skipped", count(cases, "skipped"));
    }

    private static String count(List<Case> cases, String child) {
        return Long.toString(cases.stream().filter(c -> c.child.equals(child)).count());
    }

    private static String seconds(History history) {
        long nanos = history.ended().map(e -> e.atNanos()).orElse(history.spanNanos());
        return Json.rounded(nanos / 1e9, 3).toPlainString();
    }

    private static void newLine(XMLStreamWriter xml, int depth) throws XMLStreamException {
        xml.writeCharacters("\n" + "  ".repeat(depth));
    }

    /// XML 1.0 has no way to write most control characters and lone surrogates.
    private static String legal(String text) {
        StringBuilder legal = new StringBuilder(text.length());
        text.codePoints()
                .map(c ->
                        c == '\n' || c == '\t' || c >= 0x20 && !surrogate(c) && c != 0xFFFE && c != 0xFFFF ? c : 0xFFFD)
                .forEach(legal::appendCodePoint);
        return legal.toString();
    }

    private static boolean surrogate(int codePoint) {
        return codePoint >= 0xD800 && codePoint <= 0xDFFF;
    }
}
