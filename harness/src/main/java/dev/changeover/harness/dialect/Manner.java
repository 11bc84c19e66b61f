package dev.changeover.harness.dialect;

import dev.changeover.harness.wire.ChatRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// How one provider is to be called.
///
/// @param guessed whether nobody said so, and its address did
/// @param apiVersion of Azure's API by deployments; empty: models are named in the body alone
public record Manner(Dialect dialect, boolean guessed, Optional<String> apiVersion) {

    /// Everything as it is.
    public static final Manner PLAIN = new Manner(Dialects.RELAY, false, Optional.empty());

    private static final String UNRESERVED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    private static final String CHAT = "/chat/completions";

    public Manner {
        if (apiVersion.isPresent() && dialect != Dialects.AZURE_OPENAI) {
            throw new IllegalArgumentException("api_version is of azure_openai, not of " + dialect.word());
        }
        if (apiVersion
                .filter(version -> !version.matches("\\d{4}-\\d{2}-\\d{2}(-preview)?"))
                .isPresent()) {
            throw new IllegalArgumentException(
                    "api_version must be like 2024-10-21 or 2024-12-01-preview, got '%s'".formatted(apiVersion.get()));
        }
    }

    /// What the host of a provider says of it.
    public static Manner at(String host) {
        return new Manner(Dialects.at(host), true, Optional.empty());
    }

    /// The request as this provider takes it, and which rules that took.
    public Rewritten rewrite(ChatRequest request) {
        ChatRequest rewritten = request;
        List<Rule> applied = new ArrayList<>();
        for (Rule rule : dialect.rules()) {
            if (rule.appliesTo(rewritten, apiVersion)) {
                rewritten = rule.treatment().applyTo(rewritten, rule.parameter());
                applied.add(rule);
            }
        }
        return new Rewritten(rewritten, applied);
    }

    /// Path and query of a call.
    ///
    /// @param base path of the provider's address, without a slash at its end
    /// @param tail what follows it elsewhere: `/chat/completions`
    /// @param model that the body asks for
    public String target(String base, String tail, Optional<String> model) {
        if (apiVersion.isEmpty()) {
            return base + tail;
        }
        String deployment = model.filter(_ -> tail.startsWith(CHAT))
                .map(name -> "/deployments/" + encoded(name))
                .orElse("");
        return base + deployment + tail + (tail.contains("?") ? "&" : "?") + "api-version=" + apiVersion.get();
    }

    private static String encoded(String name) {
        StringBuilder encoded = new StringBuilder();
        for (byte letter : name.getBytes(StandardCharsets.UTF_8)) {
            if (UNRESERVED.indexOf(letter) >= 0) {
                encoded.append((char) letter);
            } else {
                encoded.append("%%%02X".formatted(letter & 0xff));
            }
        }
        return encoded.toString();
    }
}
