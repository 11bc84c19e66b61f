package dev.changeover.harness.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.changeover.harness.wire.ChatRequest;
import dev.changeover.harness.wire.MalformedRequestException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What each kind of provider is sent for the same request.
class DialectsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        # what is asked                                             | dialect      | model             | what is sent
        "max_tokens":9                                              | openai       | gpt-4o            | "max_tokens":9
        "max_tokens":9                                              | openai       | gpt-5-nano        | "max_completion_tokens":9
        "max_tokens":9                                              | openai       | gpt-5.1           | "max_completion_tokens":9
        "max_tokens":9                                              | openai       | gpt-5-chat-latest | "max_tokens":9
        "max_tokens":9                                              | openai       | o4-mini           | "max_completion_tokens":9
        "max_tokens":9                                              | openai       | gpt-4o1           | "max_tokens":9
        "max_tokens":9,"max_completion_tokens":8                    | openai       | gpt-4o            | "max_completion_tokens":8
        "temperature":0.2,"top_p":0.5,"presence_penalty":0          | openai       | o3-mini           | "presence_penalty":0
        "temperature":1,"logit_bias":{"5":1}                        | openai       | gpt-5             | "temperature":1
        "temperature":0.2                                           | openai       | gpt-5.1           | "temperature":0.2
        "temperature":0.2                                           | openai       | gpt-4.1           | "temperature":0.2
        "top_k":5,"made_up_tomorrow":true                           | openai       | gpt-4.1           | "made_up_tomorrow":true
        "stream_options":{"include_usage":true}                     | openai       | gpt-4.1           |
        "stream":true                                               | openai       | gpt-4.1           | "stream":true,"stream_options":{"include_usage":true}
        "stream":true,"stream_options":{"include_usage":false,"x":1}| openai       | gpt-4.1           | "stream":true,"stream_options":{"include_usage":true,"x":1}
        "max_tokens":9                                              | azure_openai | prod-o3-mini      | "max_completion_tokens":9
        "stream":true                                               | azure_openai | gpt-4.1           | "stream":true,"stream_options":{"include_usage":true}
        "max_completion_tokens":9                                   | deepseek     | deepseek-chat     | "max_tokens":9
        "response_format":{"type":"json_schema","json_schema":{}}   | deepseek     | deepseek-chat     | "response_format":{"type":"json_object"}
        "seed":1,"logit_bias":{}                                    | deepseek     | deepseek-chat     | "seed":1,"logit_bias":{}
        "logprobs":true,"temperature":0                             | deepseek     | deepseek-reasoner | "temperature":0
        "seed":1,"frequency_penalty":0.1,"logit_bias":{},"n":1      | gemini       | gemini-2.5-flash  | "n":1
        "user":"ann","store":true,"temperature":0                   | gemini       | gemini-2.5-flash  | "temperature":0
        "n":3,"temperature":1.4                                     | anthropic    | claude-haiku-4-5  | "temperature":1
        "n":1,"temperature":0.4,"top_p":0.9                         | anthropic    | claude-haiku-4-5  | "n":1,"temperature":0.4
        "temperature":0.4,"top_p":0.9                               | anthropic    | claude-sonnet-4-20250514 | "temperature":0.4,"top_p":0.9
        "top_p":0.9,"seed":4                                        | anthropic    | claude-haiku-4-5  | "top_p":0.9,"seed":4
        "stream":true,"top_k":5                                     | openrouter   | any/thing         | "stream":true,"top_k":5
        "top_k":5,"stream":true                                     | vllm         | llama             | "top_k":5,"stream":true,"stream_options":{"include_usage":true}
        "top_k":5,"stream":true,"n":7,"seed":1                      | relay        | gpt-5             | "top_k":5,"stream":true,"n":7,"seed":1
        """)
    void requestIsSentAsTheProviderTakesIt(String asked, String dialect, String model, String sent) {
        ChatRequest request = request(model, asked);

        Rewritten rewritten = manner(dialect).rewrite(request);

        assertThat(text(rewritten.request())).isEqualTo(text(request(model, sent)));
        assertThat(rewritten.changed()).isEqualTo(!text(rewritten.request()).equals(text(request)));
    }

    @Test
    void schemaIsLeftOutWhereJsonObjectWouldBeRefusedToo() {
        ChatRequest request =
                parse("{\"model\":\"deepseek-chat\",\"messages\":[{\"role\":\"user\",\"content\":\"a poem\"}],"
                        + "\"response_format\":{\"type\":\"json_schema\"}}");

        assertThat(text(manner("deepseek").rewrite(request).request())).doesNotContain("response_format");
    }

    @Test
    void questionIsTheSameAfterOnesOwnPlaceAndTagAreTaken() {
        ChatRequest request = request("gpt-5", "\"max_tokens\":9");
        long before = request.questionHash();

        manner("openai").rewrite(request);

        assertThat(request.questionHash()).isEqualTo(before);
        assertThat(text(request)).contains("max_tokens");
    }

    @Test
    void versionsOfAzureThatKnowLessAreSentLess() {
        Manner old = new Manner(Dialects.AZURE_OPENAI, false, Optional.of("2024-05-01-preview"));
        Manner later = new Manner(Dialects.AZURE_OPENAI, false, Optional.of("2024-10-21"));
        ChatRequest asked = request(
                "gpt-4o", "\"stream\":true,\"stream_options\":{\"include_usage\":true},\"parallel_tool_calls\":false");

        assertThat(text(old.rewrite(asked).request())).isEqualTo(text(request("gpt-4o", "\"stream\":true")));
        assertThat(text(later.rewrite(asked).request())).isEqualTo(text(asked));
    }

    @Test
    void azureByDeploymentsIsAskedAtTheDeployment() {
        Manner manner = new Manner(Dialects.AZURE_OPENAI, false, Optional.of("2024-10-21"));

        assertThat(manner.target("/openai", "/chat/completions", Optional.of("gpt 4/o")))
                .isEqualTo("/openai/deployments/gpt%204%2Fo/chat/completions?api-version=2024-10-21");
        assertThat(manner.target("/openai", "/models?limit=1", Optional.empty()))
                .isEqualTo("/openai/models?limit=1&api-version=2024-10-21");
        assertThat(manner("azure_openai").target("/openai/v1", "/chat/completions", Optional.of("gpt-4o")))
                .isEqualTo("/openai/v1/chat/completions");
    }

    @Test
    void versionsThatAreNoneAreRefused() {
        assertThatThrownBy(() -> new Manner(Dialects.OPENAI, false, Optional.of("2024-10-21")))
                .hasMessageStartingWith("api_version is of azure_openai");
        assertThatThrownBy(() -> new Manner(Dialects.AZURE_OPENAI, false, Optional.of("v1&x=y")))
                .hasMessageStartingWith("api_version must be like 2024-10-21");
    }

    @ParameterizedTest
    @CsvSource({
        "api.openai.com, openai",
        "API.OPENAI.COM, openai",
        "mine.openai.azure.com, azure_openai",
        "mine.services.ai.azure.com, azure_openai",
        "api.deepseek.com, deepseek",
        "generativelanguage.googleapis.com, gemini",
        "api.anthropic.com, anthropic",
        "openrouter.ai, openrouter",
        "notopenrouter.ai, relay",
        "api.openai.com.example.com, relay",
        "127.0.0.1, relay"
    })
    void hostTellsTheDialect(String host, String dialect) {
        assertThat(Manner.at(host).dialect().word()).isEqualTo(dialect);
    }

    @Test
    void everyDialectIsOnTheListOnceAndEveryRuleSaysWhy() {
        assertThat(Dialects.all())
                .extracting(Dialect::word)
                .doesNotHaveDuplicates()
                .hasSize(8);
        assertThat(Dialects.all())
                .flatExtracting(Dialect::rules)
                .hasSizeGreaterThan(80)
                .allSatisfy(rule -> assertThat(rule.why()).isNotBlank());
    }

    @Test
    void countsSayHowOftenAndHowItIsKnown() {
        RewriteCounts counts = new RewriteCounts();
        counts.add(manner("gemini").rewrite(request("gemini-2.5-flash", "\"seed\":1")));
        counts.add(manner("gemini").rewrite(request("gemini-2.5-flash", "\"temperature\":1")));

        assertThat(counts.sentences("new (gemini)", "requests"))
                .isEqualTo(List.of("new (gemini): 'seed' in 1 of 2 requests is dropped: refused by name (reported)"));
        assertThat(counts.sentencesForOthers("new (gemini)", "the gateway has to see to it"))
                .isEqualTo(
                        List.of("new (gemini): 'seed' in 1 of 2 requests: refused by name (reported); the gateway has"
                                + " to see to it"));
    }

    private static Manner manner(String word) {
        Dialect dialect = Dialects.all().stream()
                .filter(d -> d.word().equals(word))
                .findFirst()
                .orElseThrow();
        return new Manner(dialect, false, Optional.empty());
    }

    private static ChatRequest request(String model, String parameters) {
        return parse("{\"model\":\"" + model + "\",\"messages\":[{\"role\":\"user\",\"content\":\"as JSON\"}]"
                + (parameters == null ? "" : "," + parameters) + "}");
    }

    private static ChatRequest parse(String json) {
        try {
            return ChatRequest.parse(json.getBytes(StandardCharsets.UTF_8));
        } catch (MalformedRequestException e) {
            throw new AssertionError(e);
        }
    }

    private static String text(ChatRequest request) {
        return new String(request.toBytes(), StandardCharsets.UTF_8);
    }
}
