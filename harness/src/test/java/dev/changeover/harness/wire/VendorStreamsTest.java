package dev.changeover.harness.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// What vendors send that holds no answer: it is no first token and no error.
class VendorStreamsTest {

    private static final String WORD = "data:"
        + " {\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hi\"},\"finish_reason\":null}]}\n\n";
    private static final String END =
            "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n";

    @Test
    void verdictOfAzuresFilterIsNoToken() {
        AnswerReader reader = stream();

        assertThat(
                        feed(
                                reader,
                                "data:"
                                    + " {\"choices\":[],\"created\":0,\"id\":\"\",\"model\":\"\",\"object\":\"\",\"prompt_filter_results\":[{\"prompt_index\":0,\"content_filter_results\":{\"hate\":{\"filtered\":false}}}]}\n\n"))
                .isZero();
        assertThat(feed(reader, WORD + END)).isEqualTo(1);
        assertThat(reader.finish(true).outcome()).isEqualTo(Outcome.SERVED);
    }

    @Test
    void commentsThatKeepAConnectionAliveAreNoTokens() {
        AnswerReader reader = stream();

        assertThat(feed(reader, ": keep-alive\n\n: keep-alive\n\n: OPENROUTER PROCESSING\n\n"))
                .isZero();
        assertThat(reader.sawContent()).isFalse();
        assertThat(feed(reader, WORD + END)).isEqualTo(1);
        assertThat(reader.finish(true).outcome()).isEqualTo(Outcome.SERVED);
    }

    @Test
    void commentsAloneAreNoAnswer() {
        AnswerReader reader = stream();
        feed(reader, ": keep-alive\n\n".repeat(100));

        assertThat(reader.finish(true).outcome()).isEqualTo(new Outcome.Failed(ErrorKind.TRUNCATED_STREAM));
    }

    @Test
    void emptyLinesBeforeAWholeAnswerAreNotPartOfIt() {
        AnswerReader reader = new AnswerReader(200, "application/json");
        feed(
                reader,
                "\n\n\n"
                    + "{\"model\":\"m\",\"choices\":[{\"index\":0,\"message\":{\"content\":\"Hi\"},\"finish_reason\":\"stop\"}]}");

        assertThat(reader.finish(true).outcome()).isEqualTo(Outcome.SERVED);
    }

    @Test
    void lastUsageCountsWhereEveryChunkCarriesOne() {
        AnswerReader reader = stream();
        for (int tokens = 1; tokens <= 3; tokens++) {
            feed(
                    reader,
                    "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"a\"}}],\"usage\":{\"prompt_tokens\":7,"
                            + "\"completion_tokens\":" + tokens + "}}\n\n");
        }
        feed(reader, END);

        assertThat(reader.finish(true).usage().output()).hasValue(3);
    }

    private static AnswerReader stream() {
        return new AnswerReader(200, "text/event-stream; charset=utf-8");
    }

    private static int feed(AnswerReader reader, String text) {
        byte[] bytes = text.getBytes(UTF_8);
        return reader.feed(bytes, 0, bytes.length);
    }
}
