package dev.changeover.harness.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChatRequestTest {

    private static final String BODY = """
        {"model":"m","messages":[{"role":"system","content":"be kind"},\
        {"role":"user","content":[{"type":"text","text":"hello"},{"type":"image_url"}]}],\
        "temperature":0.10,"stream":true,"max_tokens":5,"stream_options":{"x":1},"user":"ann"}\
        """;

    @Test
    void tellsWhatIsAsked() throws MalformedRequestException {
        ChatRequest request = parse(BODY);

        assertThat(request.model()).isEqualTo("m");
        assertThat(request.stream()).isTrue();
        assertThat(request.user()).hasValue("ann");
        assertThat(request.maxTokens()).hasValue(5);
        assertThat(request.includeUsage()).isFalse();
        assertThat(request.promptText()).isEqualTo("be kind hello");
    }

    @Test
    void unchangedFieldsPassAsTheyWere() throws MalformedRequestException {
        assertThat(new String(parse(BODY).toBytes(), UTF_8)).isEqualTo(BODY);
    }

    @Test
    void changesMakeANewRequest() throws MalformedRequestException {
        ChatRequest request = parse(BODY);
        ChatRequest changed = request.withModel("n").withUser(Optional.empty());

        assertThat(new String(changed.toBytes(), UTF_8))
                .contains("\"model\":\"n\"")
                .doesNotContain("user\":\"ann");
        assertThat(request.toBytes()).asString(UTF_8).isEqualTo(BODY);
    }

    @Test
    void whoAsksWhomAndHowIsNoPartOfTheQuestion() throws MalformedRequestException {
        ChatRequest request = parse(BODY);
        String plain = BODY.replace("\"stream\":true,", "").replace(",\"stream_options\":{\"x\":1}", "");

        assertThat(request.withUser(Optional.of("bob")).withModel("n").questionHash())
                .isEqualTo(request.questionHash());
        assertThat(parse(plain).questionHash()).isEqualTo(request.questionHash());
    }

    @Test
    void theQuestionIsTheSameHoweverItIsWritten() throws MalformedRequestException {
        assertThat(question("\"temperature\":0.7,\"top_k\":100,\"tools\":{\"a\":1,\"b\":\"\u00e9\"}"))
                .isEqualTo(question(" \"tools\" : {\"b\":\"\\u00e9\",\"a\":1.0},\"top_k\":1e2,\"temperature\":0.70"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"a\":[1,2]",
                "\"a\":[2,1]",
                "\"a\":[[1],2]",
                "\"a\":[12]",
                "\"a\":[\"12\"]",
                "\"a\":[\"1\",\"2\"]",
                "\"a\":{\"1\":2}",
                "\"a\":0.12",
                "\"a\":-12",
                "\"a\":null",
                "\"a\":false",
                "\"a\":true",
                "\"a\":[]",
                "\"a\":{}",
                "\"a\":\"\"",
                "\"b\":12",
                "\"a\":{\"model\":1}",
                "\"a\":{\"user\":1}",
                "\"a\":100E+2147483647",
                "\"a\":1E-2147483647"
            })
    void anotherQuestionHasAnotherHash(String rest) throws MalformedRequestException {
        assertThat(question(rest)).isNotEqualTo(question("\"a\":12"));
    }

    private static long question(String rest) throws MalformedRequestException {
        return parse("{\"model\":\"m\",\"messages\":[{}]," + rest + "}").questionHash();
    }

    @Test
    void digestIgnoresTheUserOnly() throws MalformedRequestException {
        ChatRequest request = parse(BODY);

        assertThat(request.withUser(Optional.of("bob")).digest()).isEqualTo(request.digest());
        assertThat(request.withModel("n").digest()).isNotEqualTo(request.digest());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "{\"messages\":[{}]}",
                "{\"model\":7,\"messages\":[{}]}",
                "{\"model\":\"m\"}",
                "{\"model\":\"m\",\"messages\":[]}",
                "{\"model\":\"m\",\"messages\":[7]}",
                "{\"model\":\"m\",\"messages\":[{}],\"stream\":\"yes\"}",
                "{\"model\":\"m\",\"messages\":[{}]} trailing"
            })
    void bodyThatIsNoRequestIsRefused(String body) {
        assertThatExceptionOfType(MalformedRequestException.class).isThrownBy(() -> parse(body));
    }

    @Test
    void idTravelsInFrontOfTheUser() {
        CallId id = new CallId(Purpose.REQUEST, 12);

        assertThat(id.tag(Optional.empty())).isEqualTo("changeover-q12");
        assertThat(id.tag(Optional.of("ann/x"))).isEqualTo("changeover-q12/ann/x");
        assertThat(CallId.parse("changeover-q12/ann/x")).hasValue(id);
        assertThat(CallId.parse("changeover-q12")).hasValue(id);
        assertThat(CallId.originalUser("changeover-q12/ann/x")).hasValue("ann/x");
        assertThat(CallId.originalUser("changeover-q12")).isEmpty();
        assertThat(CallId.originalUser("ann")).hasValue("ann");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "ann", "changeover-", "changeover-q", "changeover-x1", "changeover-q1x", "changeover-q-1"})
    void otherTextsCarryNoId(String text) {
        assertThat(CallId.parse(text)).isEmpty();
    }

    private static ChatRequest parse(String body) throws MalformedRequestException {
        return ChatRequest.parse(body.getBytes(UTF_8));
    }
}
