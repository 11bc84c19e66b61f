package dev.changeover.harness.probe;

import dev.changeover.harness.wire.ChatRequest;
import dev.changeover.harness.wire.MalformedRequestException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// Every kind of request that providers are tried with, in the order in which they are sent.
///
/// A wrong key is none of them: a real account may be locked for it, and what a simulated provider says is ours.
public enum Probe {
    PLAIN("a whole answer", "Say hello.", "\"max_tokens\":64"),
    STREAM("a stream that does not ask for its usage", "Say hello.", "\"max_tokens\":64,\"stream\":true"),
    STREAM_USAGE(
            "a stream that asks for its usage",
            "Say hello.",
            "\"max_tokens\":64,\"stream\":true,\"stream_options\":{\"include_usage\":true}"),
    COMPLETION_LIMIT("the limit by its newer name", "Say hello.", "\"max_completion_tokens\":64"),
    TOOL(
            "a tool that has to be called",
            "What is the weather in Paris?",
            "\"max_tokens\":128,\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"weather\",\"description\":\"Looks"
                + " up the weather.\",\"parameters\":{\"type\":\"object\",\"properties\":{\"city\":{\"type\":"
                + "\"string\"}},\"required\":[\"city\"]}}}],\"tool_choice\":{\"type\":\"function\",\"function\":"
                + "{\"name\":\"weather\"}}"),
    JSON(
            "an answer in JSON",
            "Name one city as JSON, like {\\\"city\\\":\\\"Rome\\\"}.",
            "\"max_tokens\":128,\"response_format\":{\"type\":\"json_object\"}"),
    UNKNOWN_MODEL("a model that is not there: an error is right", "Say hello.", "\"max_tokens\":16");

    private static final String NO_MODEL = "changeover-no-such-model";

    private final String about;
    private final String prompt;
    private final String parameters;

    Probe(String about, String prompt, String parameters) {
        this.about = about;
        this.prompt = prompt;
        this.parameters = parameters;
    }

    /// As people read it: `stream usage`.
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    public String about() {
        return about;
    }

    /// Whether a provider that is well serves it.
    public boolean isToBeServed() {
        return this != UNKNOWN_MODEL;
    }

    public boolean stream() {
        return this == STREAM || this == STREAM_USAGE;
    }

    /// @param model as the provider calls it
    ChatRequest request(String model) {
        String body = "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}],%s}"
                .formatted(prompt, parameters);
        try {
            return ChatRequest.parse(body.getBytes(StandardCharsets.UTF_8))
                    .withModel(this == UNKNOWN_MODEL ? NO_MODEL : model);
        } catch (MalformedRequestException e) {
            throw new IllegalStateException("the probe " + word() + " is no request", e);
        }
    }
}
