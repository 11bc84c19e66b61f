package dev.changeover.harness.dialect;

import dev.changeover.harness.wire.ChatRequest;
import java.util.Optional;

/// One difference: a parameter that a provider does not take as it is written.
///
/// @param why it is not, for people
public record Rule(String parameter, When when, Treatment treatment, Evidence evidence, String why) {

    /// Whether the request, as the rules before this one left it, is one that it speaks of.
    boolean appliesTo(ChatRequest request, Optional<String> apiVersion) {
        boolean there = treatment instanceof Treatment.Added
                || request.parameter(parameter).isPresent();
        return there && when.holds(request, apiVersion);
    }

    /// Which parameter, of which requests.
    public String subject() {
        return when.words().isEmpty() ? "'%s'".formatted(parameter) : "'%s' %s".formatted(parameter, when.words());
    }

    /// Whether the request that is sent is another one because of it.
    public boolean changes() {
        return !(treatment instanceof Treatment.Ignored);
    }
}
