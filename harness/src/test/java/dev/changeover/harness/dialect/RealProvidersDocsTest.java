package dev.changeover.harness.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The page for people says what the table says.
class RealProvidersDocsTest {

    @Test
    void everyRuleIsOnThePageUnderItsDialect() throws IOException {
        String page = page();

        assertThat(Dialects.all()).allSatisfy(dialect -> assertThat(page).contains(rows(dialect)));
    }

    @Test
    void everyDialectHasASnippet() throws IOException {
        String page = page();

        assertThat(Dialects.all())
                .allSatisfy(dialect -> assertThat(page).contains("\n## `" + dialect.word() + "`", dialect.word()));
    }

    private static String rows(Dialect dialect) {
        return dialect.rules().stream()
                .map(rule -> "| `%s` | %s | %s | %s | %s |\n"
                        .formatted(
                                rule.parameter(),
                                rule.when().words().isEmpty()
                                        ? "always"
                                        : rule.when().words(),
                                rule.treatment().words(),
                                rule.why(),
                                rule.evidence().word()))
                .collect(Collectors.joining());
    }

    private static String page() throws IOException {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("docs/real-providers.md"))) {
            folder = folder.getParent();
        }
        return Files.readString(folder.resolve("docs/real-providers.md"));
    }
}
