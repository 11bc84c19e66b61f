package dev.changeover.harness.dialect;

import static dev.changeover.harness.dialect.Evidence.ASSUMED;
import static dev.changeover.harness.dialect.Evidence.DOCUMENTED;
import static dev.changeover.harness.dialect.Evidence.RECORDED;
import static dev.changeover.harness.dialect.Evidence.REPORTED;
import static dev.changeover.harness.dialect.Treatment.DROPPED;
import static dev.changeover.harness.dialect.Treatment.IGNORED;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Every dialect, in one visible place: what each vendor refuses, ignores or calls otherwise, and how that is known.
/// `docs/real-providers.md` tells it to people.
///
/// A parameter that no rule names is sent as it is. Rules name what is known to be refused or ignored, not what is
/// known to be taken, so that a parameter which a vendor learns tomorrow is not taken away from it.
public final class Dialects {

    private static final Rule OPTIONS_OF_NO_STREAM =
            new Rule("stream_options", When.NOT_STREAMED, DROPPED, REPORTED, "refused unless the answer is streamed");

    private static final List<Rule> REASONING = Stream.of(
                    Stream.of(
                            rule(
                                    "max_tokens",
                                    When.beside("max_completion_tokens"),
                                    DROPPED,
                                    RECORDED,
                                    "both at once are refused"),
                            rule(
                                    "max_tokens",
                                    When.REASONING,
                                    new Treatment.Renamed("max_completion_tokens"),
                                    RECORDED,
                                    "reasoning models refuse it"),
                            rule(
                                    "temperature",
                                    When.FIXED_SAMPLING.and(When.isNot("temperature", 1)),
                                    DROPPED,
                                    REPORTED,
                                    "those models take only 1"),
                            rule(
                                    "top_p",
                                    When.FIXED_SAMPLING.and(When.isNot("top_p", 1)),
                                    DROPPED,
                                    DOCUMENTED,
                                    "those models refuse it")),
                    Stream.of("presence_penalty", "frequency_penalty")
                            .map(name -> rule(
                                    name,
                                    When.FIXED_SAMPLING.and(When.isNot(name, 0)),
                                    DROPPED,
                                    DOCUMENTED,
                                    "those models refuse it")),
                    each(
                            When.FIXED_SAMPLING,
                            DROPPED,
                            DOCUMENTED,
                            "those models refuse it",
                            "logprobs",
                            "top_logprobs",
                            "logit_bias"))
            .flatMap(rules -> rules)
            .toList();

    /// Parameters of other providers, which those with a strict list refuse by name.
    private static final List<Rule> FOREIGN = each(
                    When.ALWAYS,
                    DROPPED,
                    REPORTED,
                    "unknown there: a parameter of other providers",
                    "top_k",
                    "min_p",
                    "repetition_penalty",
                    "reasoning",
                    "thinking",
                    "enable_thinking",
                    "chat_template_kwargs",
                    "provider",
                    "transforms",
                    "route")
            .toList();

    public static final Dialect OPENAI = dialect(
            "openai",
            List.of("api.openai.com"),
            KeyHeader.BEARER,
            List.of(
                    REASONING.stream(),
                    FOREIGN.stream(),
                    Stream.of(
                            rule("user", When.longerThan("user", 64), DROPPED, REPORTED, "longer ones are refused"),
                            OPTIONS_OF_NO_STREAM,
                            usage(When.WITHOUT_USAGE, RECORDED))));

    public static final Dialect AZURE_OPENAI = dialect(
            "azure_openai",
            List.of("openai.azure.com", "cognitiveservices.azure.com", "services.ai.azure.com"),
            KeyHeader.API_KEY,
            List.of(
                    REASONING.stream(),
                    FOREIGN.stream(),
                    Stream.of(
                            rule(
                                    "parallel_tool_calls",
                                    When.apiVersionBefore("2024-08-01"),
                                    DROPPED,
                                    REPORTED,
                                    "that version does not know it"),
                            OPTIONS_OF_NO_STREAM,
                            usage(When.WITHOUT_USAGE.and(When.apiVersionFrom("2024-09-01")), DOCUMENTED),
                            rule(
                                    "stream_options",
                                    When.apiVersionBefore("2024-09-01"),
                                    DROPPED,
                                    REPORTED,
                                    "that version does not know it; what a stream used is counted here instead"))));

    public static final Dialect DEEPSEEK = dialect(
            "deepseek",
            List.of("api.deepseek.com"),
            KeyHeader.BEARER,
            List.of(
                    Stream.of(
                            rule(
                                    "max_completion_tokens",
                                    When.beside("max_tokens"),
                                    DROPPED,
                                    ASSUMED,
                                    "its reference knows max_tokens alone"),
                            rule(
                                    "max_completion_tokens",
                                    When.ALWAYS,
                                    new Treatment.Renamed("max_tokens"),
                                    DOCUMENTED,
                                    "its reference knows max_tokens alone"),
                            rule(
                                    "response_format",
                                    When.format("json_schema").and(When.promptSays("json")),
                                    new Treatment.Replaced("{\"type\":\"json_object\"}"),
                                    REPORTED,
                                    "json_schema is refused; the schema is not held to"),
                            rule(
                                    "response_format",
                                    When.format("json_schema"),
                                    DROPPED,
                                    REPORTED,
                                    "json_schema is refused, and json_object where no 'json' is in the prompt")),
                    each(
                            When.model("deepseek-reasoner", "reasoner"),
                            DROPPED,
                            DOCUMENTED,
                            "that model refuses it",
                            "logprobs",
                            "top_logprobs"),
                    each(
                            When.model("deepseek-reasoner", "reasoner"),
                            IGNORED,
                            DOCUMENTED,
                            "it has no effect there",
                            "temperature",
                            "top_p",
                            "presence_penalty",
                            "frequency_penalty"),
                    each(
                            When.ALWAYS,
                            IGNORED,
                            ASSUMED,
                            "it is not in the vendor's reference",
                            "seed",
                            "logit_bias",
                            "store",
                            "metadata",
                            "service_tier",
                            "parallel_tool_calls"),
                    Stream.of(
                            rule("n", When.above("n", 1), IGNORED, ASSUMED, "it is not in the vendor's reference"),
                            OPTIONS_OF_NO_STREAM,
                            usage(When.WITHOUT_USAGE, DOCUMENTED))));

    public static final Dialect GEMINI = dialect(
            "gemini",
            List.of("generativelanguage.googleapis.com"),
            KeyHeader.BEARER,
            List.of(
                    Stream.of(rule(
                            "max_tokens",
                            When.beside("max_completion_tokens"),
                            DROPPED,
                            ASSUMED,
                            "one of the two is meant")),
                    each(When.ALWAYS, DROPPED, REPORTED, "refused by name", "frequency_penalty", "seed"),
                    each(When.ALWAYS, DROPPED, REPORTED, "not supported there", "logit_bias", "parallel_tool_calls"),
                    each(
                            When.ALWAYS,
                            DROPPED,
                            ASSUMED,
                            "unknown names are refused there",
                            "presence_penalty",
                            "logprobs",
                            "top_logprobs",
                            "service_tier",
                            "store",
                            "metadata",
                            "user"),
                    FOREIGN.stream(),
                    Stream.of(OPTIONS_OF_NO_STREAM, usage(When.WITHOUT_USAGE, ASSUMED))));

    public static final Dialect ANTHROPIC = dialect(
            "anthropic",
            List.of("api.anthropic.com"),
            KeyHeader.BEARER,
            List.of(
                    Stream.of(
                            rule("n", When.above("n", 1), DROPPED, DOCUMENTED, "it must be 1"),
                            rule(
                                    "temperature",
                                    When.above("temperature", 1),
                                    new Treatment.Replaced("1"),
                                    DOCUMENTED,
                                    "more than 1 counts as 1 there"),
                            rule(
                                    "top_p",
                                    When.model("Claude 4.1 and later", "claude-(opus|sonnet|haiku)-(4-[1-9]\\b|[5-9])")
                                            .and(When.beside("temperature")),
                                    DROPPED,
                                    REPORTED,
                                    "beside temperature it is refused")),
                    each(
                            When.ALWAYS,
                            IGNORED,
                            DOCUMENTED,
                            "documented as ignored",
                            "response_format",
                            "presence_penalty",
                            "frequency_penalty",
                            "seed",
                            "logprobs",
                            "top_logprobs",
                            "logit_bias",
                            "service_tier",
                            "store",
                            "metadata",
                            "user",
                            "reasoning_effort"),
                    Stream.of(usage(When.WITHOUT_USAGE, DOCUMENTED))));

    public static final Dialect OPENROUTER = dialect(
            "openrouter",
            List.of("openrouter.ai"),
            KeyHeader.BEARER,
            List.of(each(
                    When.ALWAYS,
                    IGNORED,
                    ASSUMED,
                    "it depends on the provider behind",
                    "store",
                    "metadata",
                    "service_tier")));

    public static final Dialect VLLM = dialect(
            "vllm",
            List.of(),
            KeyHeader.BEARER,
            List.of(
                    each(When.ALWAYS, IGNORED, DOCUMENTED, "documented as ignored", "user", "parallel_tool_calls"),
                    each(When.ALWAYS, IGNORED, ASSUMED, "it makes nothing of it", "store", "metadata", "service_tier"),
                    Stream.of(OPTIONS_OF_NO_STREAM, usage(When.WITHOUT_USAGE, REPORTED))));

    public static final Dialect RELAY = dialect("relay", List.of(), KeyHeader.BEARER, List.of());

    private static final List<Dialect> ALL =
            List.of(OPENAI, AZURE_OPENAI, DEEPSEEK, GEMINI, ANTHROPIC, OPENROUTER, VLLM, RELAY);

    private Dialects() {}

    private static Dialect dialect(String word, List<String> hosts, KeyHeader key, List<Stream<Rule>> rules) {
        return new Dialect(
                word, hosts, key, rules.stream().flatMap(some -> some).toList());
    }

    private static Rule rule(String parameter, When when, Treatment treatment, Evidence evidence, String why) {
        return new Rule(parameter, when, treatment, evidence, why);
    }

    private static Stream<Rule> each(
            When when, Treatment treatment, Evidence evidence, String why, String... parameters) {
        return Stream.of(parameters).map(parameter -> new Rule(parameter, when, treatment, evidence, why));
    }

    private static Rule usage(When when, Evidence evidence) {
        return new Rule(
                "stream_options",
                when,
                new Treatment.Added("include_usage", true),
                evidence,
                "a stream tells what it is billed for only when asked");
    }

    public static List<Dialect> all() {
        return ALL;
    }

    /// The one that is known to be at this host, else [#RELAY].
    public static Dialect at(String host) {
        return Optional.ofNullable(host)
                .flatMap(name -> ALL.stream().filter(d -> d.isAt(name)).findFirst())
                .orElse(RELAY);
    }
}
