package dev.changeover.harness.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErrorClassifierTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        400 | AUTH           | API key not valid. Please pass a valid API key.
        400 | CONTEXT_LENGTH | prompt is too long: 7 tokens > 5 maximum
        413 | CONTEXT_LENGTH | context_length_exceeded
        400 | CONTENT_FILTER | violates the content management policy
        400 | NOT_FOUND      | model_decommissioned
        400 | BAD_REQUEST    | unsupported parameter
        401 | AUTH           | whatever
        402 | QUOTA          | Insufficient Balance
        403 | PERMISSION     | not allowed to sample from this model
        404 | NOT_FOUND      | no such thing
        408 | SERVER_ERROR   | timed out
        429 | RATE_LIMITED   | slow down
        429 | QUOTA          | insufficient_quota
        429 | RATE_LIMITED   | You exceeded your current quota. Please retry in 48.9s.
        429 | CONTEXT_LENGTH | Request too large for gpt-4.1 on tokens per min (TPM): Limit 30000, Requested 41876
        429 | OVERLOADED     | NoCapacity
        403 | QUOTA          | Your team has either used all available credits or reached its spending limit
        413 | CONTEXT_LENGTH | request_too_large
        500 | SERVER_ERROR   | broke
        500 | OVERLOADED     | overloaded_error
        502 | SERVER_ERROR   | bad gateway
        503 | OVERLOADED     | Model is getting throttled
        529 | OVERLOADED     | Overloaded
        200 | AUTH           | Incorrect API key provided
        200 | RATE_LIMITED   | rate_limit_exceeded
        200 | OVERLOADED     | "code": 503
        200 | SERVER_ERROR   | something else
        """)
    void kindIsToldByStatusAndWords(int status, ErrorKind kind, String words) {
        assertThat(ErrorClassifier.kindOf(status, words.getBytes(UTF_8))).isEqualTo(kind);
    }

    @Test
    void errorWithoutABodyIsToldByItsStatus() {
        assertThat(ErrorClassifier.kindOf(429, new byte[0])).isEqualTo(ErrorKind.RATE_LIMITED);
    }

    @Test
    void aTapThatGotNoAnswerSaysWhy() {
        String body = """
            {"error":{"message":"The provider gave no answer.","type":"upstream_error","param":null,"code":"%s"}}\
            """;
        assertThat(ErrorClassifier.kindOf(
                        502, body.formatted("connection_refused").getBytes(UTF_8)))
                .isEqualTo(ErrorKind.CONNECTION_REFUSED);
        assertThat(ErrorClassifier.kindOf(502, body.formatted("nonsense").getBytes(UTF_8)))
                .isEqualTo(ErrorKind.SERVER_ERROR);
        assertThat(ErrorClassifier.kindOf(502, "<html>Bad Gateway</html>".getBytes(UTF_8)))
                .isEqualTo(ErrorKind.SERVER_ERROR);
    }
}
