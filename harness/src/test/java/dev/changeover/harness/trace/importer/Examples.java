package dev.changeover.harness.trace.importer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A small valid recording in each format: the examples of `docs/trace-format.md`, and those of formats that are told
/// there in a row alone.
final class Examples {

    static final Path PAGE = Path.of("..", "docs", "trace-format.md");

    private static final Pattern SECTION = Pattern.compile("(?s)\n### `(\\w+)`\n.*?\n```\\w*\n(.*?)```\n");

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
        return switch (importer.name()) {
            case "changeover" -> """
                {"changeover_trace":1}
                {"at_ms":0,"input_tokens":374,"output_tokens":44}
                {"at_ms":431.016,"conversation":"c2","request":{"model":"m","messages":[{"role":"user",\
                "content":"Good morning."}]},"answer":{"status":200,"first_token_ms":420.25,"done_ms":1800,\
                "output_tokens":31,"finish_reason":"stop","text":"Good morning."}}
                """;
            case "azure_llm_2023" -> """
                TIMESTAMP,ContextTokens,GeneratedTokens
                2023-11-16 18:15:46.6805900,374,44
                2023-11-16 18:15:50.9951690,396,109
                """;
            case "burstgpt" -> """
                Timestamp,Session ID,Elapsed time,Model,Request tokens,Response tokens,Total tokens,Log Type
                5,1,2.5,ChatGPT,472,18,490,Conversation log
                45,,1.5,ChatGPT,1087,230,1317,API log
                """;
            case "mooncake" -> """
                {"timestamp": 27482, "input_length": 6955, "output_length": 52, "hash_ids": [46, 47, 48]}
                {"timestamp": 30535, "input_length": 900, "output_length": 26, "hash_ids": [46, 2353]}
                """;
            case "interactions" -> """
                {"recorded_at":"2026-04-27T19:56:43Z","path":"/v1/chat/completions","status":200,"duration_ms":12.5,\
                "request":{"model":"m","messages":[{"role":"user","content":"Good morning."}]},"response_body":\
                "{\\"choices\\":[{\\"message\\":{\\"content\\":\\"Good morning.\\"}}],\\"usage\\":{}}"}
                {"recorded_at":1777319804.5,"request":{"model":"m","messages":[{"role":"user","content":"Hi."}]}}
                """;
            default -> {
                String example = documented().get(importer.name());
                if (example == null) {
                    throw new AssertionError(
                            "%s needs a section with an example in %s".formatted(importer.name(), PAGE));
                }
                yield example;
            }
        };
    }

    static String page() {
        try {
            return Files.readString(PAGE);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
