package dev.changeover.harness.stubs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Stub mappings that tests write.
public final class Stubs {

    public static final String SERVED = """
        {"choices":[{"index":0,"message":{"role":"assistant","content":"Hello."},"finish_reason":"stop"}],
        "usage":{"prompt_tokens":3,"completion_tokens":2}}\
        """;

    private Stubs() {}

    /// One that answers requests for a model.
    ///
    /// @param response WireMock's `response`, JSON
    public static void write(Path folder, String model, String response) {
        write(folder.resolve("mappings").resolve(model + ".json"), """
            {"request":{"method":"POST","urlPath":"/v1/chat/completions",
            "bodyPatterns":[{"matchesJsonPath":{"expression":"$.model","equalTo":"%s"}}]},
            "response":%s}
            """.formatted(model, response));
    }

    public static Path write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
