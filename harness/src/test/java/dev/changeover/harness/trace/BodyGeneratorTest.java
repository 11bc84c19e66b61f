package dev.changeover.harness.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.changeover.harness.wire.ChatRequest;
import dev.changeover.harness.wire.Tokens;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class BodyGeneratorTest {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 15, 16, 17, 100, 1_000, 14_050})
    void textsHoldExactlyTheTokensAskedFor(int inputTokens) {
        JsonNode body = MAPPER.readTree(new BodyGenerator(7).body(3, "gpt-4.1", true, inputTokens, 44));
        int tokens = 0;
        for (JsonNode message : body.get("messages")) {
            tokens += Tokens.count(message.get("content").stringValue());
        }
        assertThat(tokens).isEqualTo(inputTokens);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 16, 1_000})
    void aProviderThatCountsTheWholePromptFindsAsManyTokens(int inputTokens) throws Exception {
        ChatRequest request = ChatRequest.parse(new BodyGenerator(7).body(3, "gpt-4.1", true, inputTokens, 44));
        assertThat(Tokens.count(request.promptText())).isEqualTo(inputTokens);
        assertThat(request.model()).isEqualTo("gpt-4.1");
        assertThat(request.stream()).isTrue();
        assertThat(request.includeUsage()).isTrue();
        assertThat(request.maxTokens()).hasValue(44);
    }

    @Test
    void aLongBodyHasASystemAndAUserMessage() {
        JsonNode messages = MAPPER.readTree(new BodyGenerator(7).body(3, "m", true, 500, 44))
                .get("messages");
        assertThat(messages).extracting(m -> m.get("role").stringValue()).containsExactly("system", "user");
    }

    @Test
    void aStreamAsksForItsUsage() {
        JsonNode body = MAPPER.readTree(new BodyGenerator(7).body(3, "m", true, 5, 44));
        assertThat(body.get("stream").booleanValue()).isTrue();
        assertThat(body.get("stream_options").get("include_usage").booleanValue())
                .isTrue();
        assertThat(body.get("max_tokens").intValue()).isEqualTo(44);
    }

    @Test
    void aPlainRequestDoesNot() {
        JsonNode body = MAPPER.readTree(new BodyGenerator(7).body(3, "m", false, 5, 0));
        assertThat(body.get("stream").booleanValue()).isFalse();
        assertThat(body.has("stream_options")).isFalse();
        assertThat(body.get("max_tokens").intValue()).isOne();
    }

    @Test
    void aModelsNameIsQuoted() {
        JsonNode body = MAPPER.readTree(new BodyGenerator(7).body(3, "a\"\\\n\u0001 ü☀", false, 5, 5));
        assertThat(body.get("model").stringValue()).isEqualTo("a\"\\\n\u0001 ü☀");
    }

    @Test
    void aBodyDependsOnSeedAndNumberOnly() {
        byte[] body = new BodyGenerator(7).body(3, "m", true, 100, 44);
        BodyGenerator again = new BodyGenerator(7);
        again.body(9, "m", true, 50, 44);
        assertThat(again.body(3, "m", true, 100, 44)).isEqualTo(body);
        assertThat(again.body(4, "m", true, 100, 44)).isNotEqualTo(body);
        assertThat(new BodyGenerator(8).body(3, "m", true, 100, 44)).isNotEqualTo(body);
    }

    @Test
    void negativeCountsAreRefused() {
        BodyGenerator generator = new BodyGenerator(7);
        assertThatThrownBy(() -> generator.body(0, "m", true, -1, 5)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> generator.body(0, "m", true, 5, -1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anyCountsMakeABodyThatParses() {
        SplittableRandom random = new SplittableRandom(4);
        BodyGenerator generator = new BodyGenerator(random.nextLong());
        for (int number = 0; number < 500; number++) {
            byte[] body = generator.body(number, "m", random.nextBoolean(), random.nextInt(300), random.nextInt(300));
            assertThat(MAPPER.readTree(body).get("messages").isArray()).isTrue();
        }
    }
}
