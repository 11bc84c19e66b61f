package dev.changeover.harness.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ScenarioDocsTest {

    @Test
    void everyExampleOfTheReferenceIsRead() throws IOException {
        List<String> examples = Pattern.compile("```yaml\\n(.*?)```", Pattern.DOTALL)
                .matcher(reference())
                .results()
                .map(match -> match.group(1))
                .toList();

        assertThat(examples)
                .hasSize(6)
                .allSatisfy(yaml -> assertThat(Examples.problems(yaml)).isEmpty());
    }

    @Test
    void everySnippetOfRealProvidersIsRead() throws IOException {
        String around = """
            scenario: real
            traffic: { trace: trace.jsonl, window: { length: 1m } }
            gateway: none
            objectives: { latency: 30s }
            expect: { latency_p95: { max: 20s } }
            """;
        List<String> snippets = Pattern.compile("```yaml\\n(.*?)```", Pattern.DOTALL)
                .matcher(page("docs/real-providers.md"))
                .results()
                .map(match -> around + match.group(1))
                .toList();

        assertThat(snippets)
                .hasSize(9)
                .allSatisfy(yaml -> assertThat(Examples.problems(yaml)).isEmpty());
    }

    @Test
    void everyKeyIsInTheReference() throws IOException {
        String reference = reference();

        assertThat(keys(ScenarioFormat.SCENARIO))
                .filteredOn(key -> Metric.of(key).isEmpty())
                .hasSizeGreaterThan(150)
                .allSatisfy(key -> assertThat(reference).containsPattern("[`.]" + key + "[`.]"));
    }

    /// But for the faults' own parameters, which `changeover faults` lists.
    private static Stream<String> keys(Shape shape) {
        return switch (shape) {
            case Shape.Table table -> keys(table.keys());
            case Shape.Variants variants -> keys(variants.common());
            case Shape.ListOf list -> keys(list.element());
            case Shape.NoneOr noneOr -> keys(noneOr.table());
            case Shape.WordOr wordOr -> keys(wordOr.table());
            case Shape.Scalar _, Shape.Secret _, Shape.Word _, Shape.Names _, Shape.NameLists _, Shape.Later _ ->
                Stream.empty();
        };
    }

    private static Stream<String> keys(List<Shape.Key> keys) {
        return keys.stream().flatMap(key -> Stream.concat(Stream.of(key.name()), keys(key.shape())));
    }

    private static String reference() throws IOException {
        return page("docs/scenario.md");
    }

    private static String page(String name) throws IOException {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve(name))) {
            folder = folder.getParent();
        }
        return Files.readString(folder.resolve(name));
    }
}
