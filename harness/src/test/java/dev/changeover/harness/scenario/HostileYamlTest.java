package dev.changeover.harness.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class HostileYamlTest {

    @Test
    void nothingIsNoScenario() {
        assertThat(Examples.problems("")).containsExactly("test.yaml:0:0 empty");
        assertThat(Examples.problems("# only a comment\n")).containsExactly("test.yaml:0:0 empty");
        assertThat(Examples.problems("- a\n")).containsExactly("test.yaml:1:1 a list where a scenario is needed");
        assertThat(Examples.problems("plain")).containsExactly("test.yaml:1:1 'plain' where a scenario is needed");
        assertThat(Examples.problems("x".repeat(700_000)))
                .containsExactly("test.yaml:1:1 '%s...' where a scenario is needed".formatted("x".repeat(60)));
    }

    @Test
    void aliasesThatGrowWithoutEndAreRefused() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 12; i++) {
            String before = "*a" + (i - 1);
            bomb.append("a%d: &a%d [%s]\n".formatted(i, i, String.join(", ", List.of(before, before, before, before))));
        }
        assertThat(Examples.problems(bomb.toString()))
                .singleElement()
                .asString()
                .endsWith("aliases make more than 20000 values");
        assertThat(Examples.problems("a: &a [*a]\n")).singleElement().asString().contains("test.yaml:");
    }

    @Test
    void depthSizeAndSecondDocumentsAreRefused() {
        assertThat(Examples.problems("[".repeat(100_000))).containsExactly("test.yaml:1:33 nested deeper than 32");
        assertThat(Examples.problems("a".repeat(YamlTree.MAX_BYTES + 1)))
                .containsExactly("test.yaml:0:0 larger than 1 MiB");
        assertThat(Examples.problems("a: 1\n---\nb: 1\n")).containsExactly("test.yaml:2:1 a second document starts");
    }

    @Test
    void whatIsNotYamlSaysWhere() {
        assertThat(Examples.problems("scenario: x\n\ttraffic: 1\n"))
                .singleElement()
                .asString()
                .startsWith("test.yaml:2:1 not YAML");
        assertThat(Examples.problems("scenario: [x\n"))
                .singleElement()
                .asString()
                .contains("not YAML");
        assertThat(Examples.problems("scenario: \u0000"))
                .singleElement()
                .asString()
                .contains("not YAML");
    }

    @Test
    void aKeyThatIsThereTwiceIsAProblemAtTheSecond() {
        assertThat(Examples.problems(Examples.COMPARISON + "scenario: again\n"))
                .containsExactly("test.yaml:12:1 'scenario' is there twice");
    }

    @Test
    void everyPrefixOfAScenarioIsRefusedOrReadWithoutAnythingElseThrown() {
        for (int end = 0; end < Examples.FAILOVER.length(); end += 7) {
            assertThat(Examples.problems(Examples.FAILOVER.substring(0, end))).isNotNull();
        }
    }
}
