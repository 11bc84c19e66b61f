package dev.changeover.harness.measurement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.changeover.harness.rehearsal.Fits;
import dev.changeover.harness.scenario.Scenario;
import dev.changeover.harness.scenario.ScenarioParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The example of `docs/fitted-providers.md` does what the page says.
class FittedProvidersDocumentTest {

    @TempDir
    Path folder;

    @Test
    void theExampleIsFittedAsThePageSays() throws Exception {
        String page = page();
        Files.writeString(folder.resolve("probe.csv"), block(page, "csv"));
        Files.writeString(folder.resolve("trace.jsonl"), "");

        Scenario scenario = ScenarioParser.parseToRun(block(page, "yaml"), "doc.yaml", folder, List.of(), Map.of())
                .scenario();
        Fits fits = Fits.of(scenario);

        assertThat(String.join("\n", fits.lines()).replaceAll("sha256 [0-9a-f]{12}", "sha256 DIGEST"))
                .startsWith(block(page, "text").strip());
        assertThat(fits.warnings(0))
                .contains("providers.old.simulate.profile: 20 served calls are few: its p99 is about its slowest call");
        assertThat(fits.warnings(30_000_000_000L))
                .contains("providers.new.simulate.profile: the incident is over after 21.0 s of the run's 30.0 s, and"
                        + " stays as it ended");
    }

    private static String block(String page, String language) {
        Matcher block = Pattern.compile("```" + language + "\\n(.*?)```", Pattern.DOTALL)
                .matcher(page);
        assertThat(block.find()).isTrue();
        return block.group(1);
    }

    private static String page() throws IOException {
        Path root = Path.of("").toAbsolutePath();
        while (!Files.exists(root.resolve("docs/fitted-providers.md"))) {
            root = root.getParent();
        }
        return Files.readString(root.resolve("docs/fitted-providers.md"));
    }
}
