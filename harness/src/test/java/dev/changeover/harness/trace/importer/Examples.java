package dev.changeover.harness.trace.importer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A small valid recording in each format: the examples of `docs/trace-format.md`. Of our own format, which has the
/// page
/// to itself, one of ours.
final class Examples {

    static final Path PAGE = Path.of("..", "docs", "trace-format.md");

    private static final Pattern SECTION = Pattern.compile("(?s)\n### `(\\w+)`\n.*?\n```\\w*\n(.*?)```\n");

    private static final String OWN = """
        {"changeover_trace":1}
        {"at_ms":0,"input_tokens":374,"output_tokens":44,"answer":{"status":200}}
        {"at_ms":431.016,"conversation":"c2","request":{"model":"m","messages":[{"role":"user",\
        "content":"Good morning."}]},"answer":{"status":200,"first_token_ms":420.25,"done_ms":1800,\
        "output_tokens":31,"finish_reason":"stop","text":"Good morning."}}
        """;

    private static final Set<String> WITHOUT_TIMES = Set.of("openai_batch", "wiremock");

    private Examples() {}

    /// Whether the format keeps no times, and so needs a rate.
    static boolean hasNoTimes(Importer importer) {
        return WITHOUT_TIMES.contains(importer.name());
    }

    /// By the names of the formats.
    static Map<String, String> documented() {
        Map<String, String> examples = new LinkedHashMap<>();
        for (String section : page().split("(?=\n### )")) {
            Matcher example = SECTION.matcher(section);
            if (example.lookingAt()) {
                examples.put(example.group(1), example.group(2));
            }
        }
        return examples;
    }

    static String of(Importer importer) {
        if (importer.name().equals("changeover")) {
            return OWN;
        }
        String example = documented().get(importer.name());
        if (example == null) {
            throw new AssertionError("%s needs a section with an example in %s".formatted(importer.name(), PAGE));
        }
        return example;
    }

    static String page() {
        try {
            return Files.readString(PAGE);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
