package dev.changeover.harness.redaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.changeover.harness.wire.Tokens;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class RedactorTest {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String ENGLISH = "Dear team, the printer on the third floor has been broken since Monday."
            + " Could somebody please look at it before the meeting with our visitors this afternoon? Thank you!";

    private static final String BODY = """
        {"model":"gpt-4.1","temperature":0.70,"max_tokens":100,"seed":42,"stream":true,
         "user":"ann@example.org","metadata":{"conversation_id":"c-17","about":"the merger"},
         "api_key":"zzz-own-key","unknown":{"note":"about the merger"},
         "tools":[{"type":"function","function":{"name":"book","description":"Books for ann@example.org.",
           "parameters":{"type":"object","properties":{"password":{"type":"string"}}}}}],
         "messages":[
          {"role":"system","content":"You know of the merger."},
          {"role":"user","name":"ann","content":[{"type":"text","text":"about the merger"},
            {"type":"image_url","image_url":{"url":"data:image/png;base64,iVBORw0KGgo=","detail":"low"}}]},
          {"role":"assistant","content":null,"tool_calls":[{"id":"call_1","type":"function",
            "function":{"name":"book","arguments":"{\\"who\\": \\"the merger\\", \\"card\\": 4111111111111111}"}}]},
          {"role":"tool","name":"book","tool_call_id":"call_1","content":"booked the merger"}]}
        """;

    @Test
    void replacedTextsKeepTheirLengthAndTheirTokens() {
        Redactor redactor = redactor(TextPolicy.REPLACE);
        for (String text : List.of(ENGLISH, ENGLISH.repeat(20), "Yes.", "a", "Hello", "Good morning to you.")) {
            String replaced = redactor.text(text).orElseThrow();
            assertThat(replaced).hasSameSizeAs(text).isNotEqualTo(text).matches("[a-z ]+");
            assertThat(Tokens.count(replaced)).as(replaced).isCloseTo(Tokens.count(text), Percentage.withPercentage(2));
        }
    }

    @Test
    void textsThatBeginAlikeBeginAlikeAfterwards() {
        Redactor redactor = redactor(TextPolicy.REPLACE);
        String shared = ENGLISH.repeat(4);
        String one = redactor.text(shared + "One.").orElseThrow();
        String other = redactor.text(shared + "Another one.").orElseThrow();
        assertThat(one.substring(0, 512)).isEqualTo(other.substring(0, 512));
        assertThat(one).isNotEqualTo(other);
        assertThat(redactor.text(shared)).isEqualTo(redactor.text(shared));
    }

    @ParameterizedTest
    @EnumSource
    void whatLiesDeepWithinACredentialIsOne(TextPolicy policy) {
        ObjectNode body = (ObjectNode) JSON.readTree("""
            {"model":"m","api_key":{"value":"zzz-own-key"},"messages":[{"role":"assistant","tool_calls":[
              {"function":{"name":"f","arguments":"{\\"token\\":{\\"of\\":[\\"zzz-own-key\\"]}}"}}]}],
             "tools":[{"type":"mcp","authorization":{"bearer":["zzz-own-key"]}},
              {"function":{"parameters":{"properties":{"password":{"type":"string"}}}}}]}
            """);
        redactor(policy)
                .body(body)
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                .ifPresent(written -> assertThat(written)
                        .doesNotContain("zzz-own-key")
                        .contains("\"password\":{\"type\":\"string\"}"));
    }

    @Test
    void underAnotherKeyATextIsAnotherOne() {
        Redactor other =
                Redactor.of(TextPolicy.REPLACE, Masks.builtIn(), "another key, 16b".getBytes(StandardCharsets.UTF_8));
        assertThat(other.text(ENGLISH))
                .isNotEqualTo(redactor(TextPolicy.REPLACE).text(ENGLISH));
    }

    @Test
    void anyTextIsReplacedByOneOfItsLengthAndNoMoreBytes() {
        Redactor redactor = redactor(TextPolicy.REPLACE);
        for (RandomTexts texts = new RandomTexts(3); texts.count() < 5_000; ) {
            String text = texts.next() + texts.next();
            String replaced = redactor.text(text).orElseThrow();
            assertThat(replaced).hasSameSizeAs(text);
            assertThat(RandomTexts.bytes(replaced)).isLessThanOrEqualTo(RandomTexts.bytes(text));
        }
    }

    @Test
    void hashesAreEqualForEqualTexts() {
        Redactor redactor = redactor(TextPolicy.HASH);
        assertThat(redactor.text(ENGLISH)).isEqualTo(redactor.text(ENGLISH));
        assertThat(redactor.text(ENGLISH).orElseThrow()).matches("hmac-[0-9a-f]{16}");
        assertThat(redactor.text(ENGLISH)).isNotEqualTo(redactor.text(ENGLISH + " "));
    }

    @Test
    void droppedTextsAreNotThere() {
        Redactor redactor = redactor(TextPolicy.DROP);
        assertThat(redactor.text(ENGLISH)).isEmpty();
        assertThat(redactor.body(tree(BODY))).isEmpty();
    }

    @Test
    void keptTextsAreMasked() {
        JsonNode kept = redact(TextPolicy.KEEP, BODY);
        assertThat(kept.at("/messages/0/content").asString()).isEqualTo("You know of the merger.");
        assertThat(kept.at("/messages/1/content/1/image_url/url").asString())
                .isEqualTo("data:image/png;base64,iVBORw0KGgo=");
        assertThat(kept.at("/tools/0/function/description").asString()).isEqualTo("Books for ***************.");
        assertThat(kept.toString()).doesNotContain("ann@", "zzz-own-key", "4111111111111111");
    }

    @ParameterizedTest
    @EnumSource(names = {"HASH", "REPLACE"})
    void structureStaysAndTextsGo(TextPolicy policy) {
        JsonNode written = redact(policy, BODY);
        assertThat(written.toString())
                .doesNotContain("merger", "ann", "zzz-own-key", "c-17", "4111111111111111", "iVBOR");
        assertThat(written.path("temperature").toString()).isEqualTo("0.70");
        assertThat(written.path("model").asString()).isEqualTo("gpt-4.1");
        assertThat(written.at("/tools/0/function/parameters"))
                .isEqualTo(tree(BODY).at("/tools/0/function/parameters"));
        assertThat(texts(written, "role")).containsExactly("system", "user", "assistant", "tool");
        assertThat(written.at("/messages/2/tool_calls/0/function/name").asString())
                .isEqualTo("book");
        assertThat(written.at("/messages/3/tool_call_id").asString()).isEqualTo("call_1");
        assertThat(written.at("/messages/3/name").asString()).isEqualTo("book");
        JsonNode arguments =
                tree(written.at("/messages/2/tool_calls/0/function/arguments").asString());
        assertThat(arguments.path("who").isString()).isTrue();
        assertThat(arguments.path("card").isIntegralNumber()).isTrue();
    }

    @Test
    void replacedImagesKeepTheirTypeAndLength() {
        assertThat(redact(TextPolicy.REPLACE, BODY)
                        .at("/messages/1/content/1/image_url/url")
                        .asString())
                .isEqualTo("data:image/png;base64,AAAAAAAAAAAA");
    }

    @Test
    void equalNamesStayEqual() {
        Redactor redactor = redactor(TextPolicy.REPLACE);
        assertThat(redactor.name("ann"))
                .hasSize(3)
                .isEqualTo(redactor.name("ann"))
                .isNotEqualTo("ann");
        assertThat(redactor.pseudonym("ann@example.org")).matches("[0-9a-f]{16}");
    }

    @Test
    void whatTheCallersKeyIsNowhere() {
        Redactor redactor = redactor(TextPolicy.KEEP).hiding(List.of("key-of-no-known-shape"));
        assertThat(redactor.text("bad key: key-of-no-known-shape").orElseThrow())
                .isEqualTo("bad key: *********************");
    }

    @ParameterizedTest
    @EnumSource(names = "DROP", mode = EnumSource.Mode.EXCLUDE)
    void whatIsWrittenIsJsonWhateverTheTextsAre(TextPolicy policy) {
        Redactor redactor = redactor(policy);
        for (RandomTexts texts = new RandomTexts(4); texts.count() < 3_000; ) {
            ObjectNode body = JSON.createObjectNode().put("model", texts.next()).put(texts.next(), texts.next());
            body.putArray("messages").addObject().put("role", "user").put("content", texts.next());
            body.putObject("metadata").put(texts.next(), texts.next());
            byte[] written = redactor.body(body).orElseThrow();
            assertThat(JSON.readTree(written).isObject()).isTrue();
        }
    }

    @Test
    void aKeyThatCanBeGuessedIsRefused() {
        assertThatThrownBy(() -> Redactor.of(TextPolicy.KEEP, Masks.builtIn(), new byte[15]))
                .hasMessageContaining("16 bytes");
    }

    private static Redactor redactor(TextPolicy policy) {
        return Redactor.of(policy, Masks.builtIn(), "one key of a test".getBytes(StandardCharsets.UTF_8));
    }

    private static JsonNode redact(TextPolicy policy, String body) {
        return tree(new String(redactor(policy).body(tree(body)).orElseThrow(), StandardCharsets.UTF_8));
    }

    private static ObjectNode tree(String json) {
        return JSON.readerFor(ObjectNode.class)
                .with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .readValue(json);
    }

    private static List<String> texts(JsonNode body, String key) {
        return Stream.iterate(0, i -> i + 1)
                .limit(body.path("messages").size())
                .map(i -> body.path("messages").path(i).path(key).asString())
                .collect(Collectors.toList());
    }
}
