package dev.changeover.harness.dialect;

import dev.changeover.harness.wire.ChatRequest;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// Which requests a rule speaks of, of those that have its parameter.
///
/// @param words for the table: `of reasoning models`; empty for all
record When(String words, BiPredicate<ChatRequest, Optional<String>> test) {

    static final When ALWAYS = new When("", (_, _) -> true);

    /// o1, o3, o4-mini and the like; gpt-5 and its successors, but for those for chat.
    static final When REASONING =
            model("reasoning models", "(^|[^a-z0-9])(o[1-9]([^a-z0-9.]|$)|gpt-[5-9](?![0-9])(?!.*chat))");

    /// Of the reasoning models those that take no sampling parameter at all. Later ones do when they do not reason.
    static final When FIXED_SAMPLING =
            model("o-series and gpt-5", "(^|[^a-z0-9])(o[1-9]([^a-z0-9.]|$)|gpt-5(?![0-9.])(?!.*chat))");

    static final When WITHOUT_USAGE =
            new When("of streams without it", (request, _) -> request.stream() && !request.includeUsage());

    static final When NOT_STREAMED = new When("without stream", (request, _) -> !request.stream());

    boolean holds(ChatRequest request, Optional<String> apiVersion) {
        return test.test(request, apiVersion);
    }

    static When model(String words, String pattern) {
        Pattern models = Pattern.compile(pattern);
        return new When(
                "of " + words,
                (request, _) ->
                        models.matcher(request.model().toLowerCase(Locale.ROOT)).find());
    }

    /// The API has a date, and it lies before this one.
    static When apiVersionBefore(String date) {
        return new When(
                "before api_version " + date,
                (_, version) -> version.filter(v -> v.compareTo(date) < 0).isPresent());
    }

    /// The API has no date, or it does not lie before this one.
    static When apiVersionFrom(String date) {
        When before = apiVersionBefore(date);
        return new When("", (request, version) -> !before.holds(request, version));
    }

    static When beside(String other) {
        return new When(
                "beside " + other, (request, _) -> request.parameter(other).isPresent());
    }

    /// A number, and another one than this.
    static When isNot(String parameter, int value) {
        return new When(
                "other than " + value,
                (request, _) -> number(request, parameter)
                        .filter(number -> number.compareTo(BigDecimal.valueOf(value)) != 0)
                        .isPresent());
    }

    static When above(String parameter, int value) {
        return new When(
                "above " + value,
                (request, _) -> number(request, parameter)
                        .filter(number -> number.compareTo(BigDecimal.valueOf(value)) > 0)
                        .isPresent());
    }

    static When longerThan(String parameter, int letters) {
        return new When(
                "longer than " + letters,
                (request, _) -> request.parameter(parameter)
                        .filter(JsonNode::isString)
                        .filter(text -> text.stringValue().length() > letters)
                        .isPresent());
    }

    static When format(String type) {
        return new When(
                type,
                (request, _) -> request.parameter("response_format")
                        .filter(format -> format.path("type").asString("").equals(type))
                        .isPresent());
    }

    static When promptSays(String word) {
        return new When(
                "with '%s' in the prompt".formatted(word),
                (request, _) -> request.promptText().toLowerCase(Locale.ROOT).contains(word));
    }

    When and(When other) {
        return new When(
                (words + " " + other.words).strip(),
                (request, version) -> holds(request, version) && other.holds(request, version));
    }

    private static Optional<BigDecimal> number(ChatRequest request, String parameter) {
        return request.parameter(parameter).filter(JsonNode::isNumber).map(JsonNode::decimalValue);
    }
}
