package dev.changeover.toxics.wording;

import static dev.changeover.toxics.wording.Refusal.BAD_REQUEST;
import static dev.changeover.toxics.wording.Refusal.CONTEXT_LENGTH;
import static dev.changeover.toxics.wording.Refusal.ERROR_IN_200;
import static dev.changeover.toxics.wording.Refusal.ERROR_IN_STREAM;
import static dev.changeover.toxics.wording.Refusal.KEY_REFUSED;
import static dev.changeover.toxics.wording.Refusal.MODEL_NOT_FOUND;
import static dev.changeover.toxics.wording.Refusal.MODEL_RETIRED;
import static dev.changeover.toxics.wording.Refusal.OVERLOADED;
import static dev.changeover.toxics.wording.Refusal.PERMISSION_DENIED;
import static dev.changeover.toxics.wording.Refusal.RATE_LIMITED;
import static dev.changeover.toxics.wording.Refusal.REQUEST_TOO_LARGE;
import static dev.changeover.toxics.wording.Vendor.ANTHROPIC;
import static dev.changeover.toxics.wording.Vendor.AZURE;
import static dev.changeover.toxics.wording.Vendor.DEEPSEEK;
import static dev.changeover.toxics.wording.Vendor.GEMINI;
import static dev.changeover.toxics.wording.Vendor.MISTRAL;
import static dev.changeover.toxics.wording.Vendor.OPENAI;
import static dev.changeover.toxics.wording.Vendor.OPENROUTER;
import static dev.changeover.toxics.wording.Vendor.XAI;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Holds every wording that is said to be recorded or reported to the recording or the report.
class WordingOracleTest {

    private static final String RUBY = "crmne__ruby_llm/chat_";
    private static final String AUTH = RUBY + "error_handling_with_%s_raises_appropriate_auth_error.yml";
    private static final String LENGTH = RUBY + "real_error_scenarios_%s_handles_context_length_exceeded_errors.yml";
    private static final String ENVOY = "envoyproxy__ai-gateway/";
    private static final String REQ = "social-growth-studio__req_llm/";
    private static final String GROK = "grok-4-1-fast-non-reasoning";

    private static final List<Pair> RECORDED = List.of(
            new Pair(OPENAI, KEY_REFUSED, AUTH.formatted("openai_gpt-5-nano")),
            new Pair(OPENAI, PERMISSION_DENIED, REQ + "openai__text_embedding_3_large__basic.json"),
            new Pair(OPENAI, MODEL_NOT_FOUND, ENVOY + "chat-unknown-model.yaml"),
            new Pair(OPENAI, BAD_REQUEST, ENVOY + "chat-bad-request.yaml"),
            new Pair(OPENAI, CONTEXT_LENGTH, LENGTH.formatted("openai_gpt-5-nano")),
            new Pair(DEEPSEEK, KEY_REFUSED, AUTH.formatted("deepseek_deepseek-chat")),
            new Pair(DEEPSEEK, CONTEXT_LENGTH, LENGTH.formatted("deepseek_deepseek-chat")),
            new Pair(ANTHROPIC, KEY_REFUSED, AUTH.formatted("anthropic_claude-haiku-4-5")),
            new Pair(ANTHROPIC, CONTEXT_LENGTH, LENGTH.formatted("anthropic_claude-haiku-4-5")),
            new Pair(GEMINI, KEY_REFUSED, AUTH.formatted("gemini_gemini-2_5-flash")),
            new Pair(GEMINI, RATE_LIMITED, LENGTH.formatted("gemini_gemini-2_5-flash")),
            new Pair(MISTRAL, KEY_REFUSED, AUTH.formatted("mistral_mistral-small-latest")),
            new Pair(AZURE, KEY_REFUSED, AUTH.formatted("azure_" + GROK)),
            new Pair(AZURE, RATE_LIMITED, LENGTH.formatted("azure_" + GROK)),
            new Pair(OPENROUTER, KEY_REFUSED, AUTH.formatted("openrouter_claude-haiku-4-5")),
            new Pair(OPENROUTER, CONTEXT_LENGTH, LENGTH.formatted("openrouter_claude-haiku-4-5")),
            new Pair(OPENROUTER, RATE_LIMITED, REQ + "openrouter__deepseek_deepseek_r1_0528_qwen3_8b_free__basic.json"),
            new Pair(
                    OPENROUTER,
                    MODEL_NOT_FOUND,
                    REQ + "openrouter__cognitivecomputations_dolphin3_0_r1_mistral_24b__basic.json"),
            new Pair(
                    OPENROUTER,
                    ERROR_IN_200,
                    REQ + "openrouter__mistralai_mistral_small_3_1_24b_instruct__tool_round_trip_2.json"),
            new Pair(
                    OPENROUTER,
                    ERROR_IN_STREAM,
                    REQ + "openrouter__meta_llama_llama_3_3_70b_instruct_free__object_streaming.json"),
            new Pair(XAI, KEY_REFUSED, AUTH.formatted("xai_" + GROK)),
            new Pair(XAI, MODEL_RETIRED, REQ + "xai__grok_beta__basic.json"));

    private static final List<Pair> REPORTED = List.of(
            new Pair(OPENAI, RATE_LIMITED, "tokens_per_minute"),
            new Pair(OPENAI, REQUEST_TOO_LARGE, "request_larger_than_limit"),
            new Pair(ANTHROPIC, OVERLOADED, "overloaded"));

    /// @param where the cassette, or the kind that was reported
    record Pair(Vendor vendor, Refusal refusal, String where) {

        Wording ours() {
            return Wordings.find(vendor, refusal).orElseThrow().asking(Duration.ofSeconds(2));
        }

        Answered theirs() {
            return RECORDED.contains(this)
                    ? Recordings.cassette(where, "grok-beta")
                    : Recordings.reported(vendor, where);
        }

        List<String> differencesWhen(UnaryOperator<Wording> changed) {
            return Likeness.differences(changed.apply(ours()), theirs());
        }

        @Override
        public String toString() {
            return vendor.word() + " " + refusal.word();
        }
    }

    static Stream<Pair> pairs() {
        return Stream.concat(RECORDED.stream(), REPORTED.stream());
    }

    @Test
    void everyWordingThatClaimsARecordingOrAReportIsCompared() {
        assertThat(RECORDED).hasSize(22);
        assertThat(REPORTED).hasSize(3);
        assertThat(saying(Wording.Source.RECORDED))
                .containsExactlyInAnyOrderElementsOf(
                        RECORDED.stream().map(Pair::toString).toList());
        assertThat(saying(Wording.Source.REPORTED))
                .containsExactlyInAnyOrderElementsOf(
                        REPORTED.stream().map(Pair::toString).toList());
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void oursIsLikeTheirs(Pair pair) {
        Recordings.assumePresent();
        assertThat(pair.differencesWhen(same -> same)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void aChangeOfOursIsNoticed(Pair pair) {
        Recordings.assumePresent();
        assertThat(pair.differencesWhen(w -> new Wording(w.source(), w.status() + 1, w.headers(), w.body())))
                .as("status")
                .hasSize(1);
        assertThat(pair.differencesWhen(w -> withBody(w, w.body().replaceFirst("\\{", "{\"more\":1,"))))
                .as("keys")
                .hasSize(1);
        assertThat(pair.differencesWhen(
                        w -> withBody(w, w.body().replaceFirst("\"(message|error|detail)\":\"", "$0No "))))
                .as("message")
                .hasSize(1);
        if (!pair.theirs().headers().isEmpty()) {
            assertThat(pair.differencesWhen(WordingOracleTest::asText))
                    .as("content type")
                    .hasSize(1);
        }
    }

    private static Wording withBody(Wording wording, String body) {
        return new Wording(wording.source(), wording.status(), wording.headers(), body);
    }

    private static Wording asText(Wording wording) {
        TreeMap<String, String> headers = new TreeMap<>(wording.headers());
        headers.put("content-type", "text/plain");
        return new Wording(wording.source(), wording.status(), headers, wording.body());
    }

    private static List<String> saying(Wording.Source source) {
        return Arrays.stream(Vendor.values())
                .flatMap(vendor -> Arrays.stream(Refusal.values())
                        .filter(refusal -> Wordings.find(vendor, refusal)
                                .filter(wording -> wording.source() == source)
                                .isPresent())
                        .map(refusal -> vendor.word() + " " + refusal.word()))
                .toList();
    }
}
