package dev.changeover.toxics.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FaultDocumentationTest {

    static List<CatalogFault> faults() {
        return Catalog.all();
    }

    @ParameterizedTest
    @MethodSource("faults")
    void everyFaultIsDocumented(CatalogFault fault) {
        assertThat(fault.does()).endsWith(".");
        assertThat(fault.seen()).endsWith(".");
        assertThat(FaultDocumentation.of(fault).lines())
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
        String words = FaultDocumentation.of(fault).replaceAll("\\s+", " ");
        assertThat(words).contains(fault.does(), fault.seen(), "fault: " + fault.name());
        assertThat(fault.parameters())
                .allSatisfy(p -> assertThat(words)
                        .contains(p.name() + " " + p.means(), p.fallback().orElse("may be left out")));
    }

    @Test
    void aFaultIsWhatAPersonReads() {
        assertThat(FaultDocumentation.of(Catalog.find("connection-resets").orElseThrow()))
                .isEqualTo("""
                    connection-resets

                      Connections are reset when an answer begins to come back on them, and the answer is lost.
                      Seen: Middleboxes and overloaded balancers that drop their connection tables.

                    Parameters
                      after     from the answer's first bytes to the reset
                                a duration like 250ms, 2s or 4m; 0ms unless given
                      toxicity  share of the connections that it strikes
                                a percentage like 30%; 100% unless given

                    In a scenario
                      faults:
                        - { at: 2m, for: 4m, on: old, fault: connection-resets, after: 0ms, toxicity: 100% }
                    """);
    }

    @Test
    void theListIsGroupedAndFitsATerminal() {
        String list = FaultDocumentation.list(Catalog.groups());
        assertThat(list).startsWith("Connections fail\n  region-outage");
        assertThat(list.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
        assertThat(Catalog.all()).allSatisfy(fault -> assertThat(list).contains("\n  " + fault.name() + " "));
    }
}
