package dev.changeover.harness.wire;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Tells the kind of an error by its status and by the words that providers use.
///
/// Words come first where providers disagree on the status: Gemini and xAI answer 400 for a bad key.
public final class ErrorClassifier {

    /// The type of the error that a tap answers with when its provider gives no answer; its code is the kind.
    public static final String NO_ANSWER_TYPE = "upstream_error";

    private static final int READ = 16 << 10;
    private static final int TOLD = 300;
    private static final Pattern CODE = Pattern.compile("\"(?:code|status)\"\\s*:\\s*\"?([45]\\d\\d)\\b");
    private static final Pattern NO_ANSWER =
            Pattern.compile("\"type\":\"" + NO_ANSWER_TYPE + "\",\"param\":null,\"code\":\"([a-z_]+)\"");
    private static final Pattern MESSAGE =
            Pattern.compile("\"(?:message|detail|error)\"\\s*:\\s*\"((?:[^\"\\\\]|\\\\.){1,300})");
    private static final Pattern SECRET =
            Pattern.compile("(?i)(\\bsk-|\\bbearer\\s+|\\bkey\\s+provided:\\s*|\\bapi key:\\s*)[^\\s\"',.]+");

    private static final List<String> BAD_KEY = List.of(
            "api key not valid",
            "incorrect api key",
            "invalid api key",
            "invalid_api_key",
            "api_key_invalid",
            "authentication_error",
            "invalid x-api-key");
    private static final List<String> TOO_LONG = List.of(
            "context_length_exceeded",
            "context length",
            "context window",
            "prompt is too long",
            "input is too long",
            "too_many_prompt_tokens",
            "total length of all messages is too long",
            "exceeds the maximum number of tokens",
            "maximum prompt length",
            "reduce the length of the messages");
    /// More than is ever taken at once, whatever the status: a 429 of these is cured by no wait.
    private static final List<String> TOO_LARGE = List.of("request too large", "request_too_large");
    private static final List<String> FILTERED = List.of(
            "content_filter",
            "content filtering policy",
            "content management policy",
            "content_policy_violation",
            "content exists risk",
            "invalid_prompt",
            "input was flagged",
            "violates usage guidelines",
            "safety system");
    private static final List<String> NO_SUCH_MODEL = List.of(
            "model_not_found", "model_decommissioned", "has been decommissioned", "invalid_model", "model not exist");
    private static final List<String> SPENT = List.of(
            "insufficient_quota",
            "insufficient balance",
            "insufficient credits",
            "credit balance is too low",
            "used all available credits",
            "exceeded your current quota");
    private static final List<String> RATE =
            List.of("rate_limit", "rate limit", "ratelimit", "too many requests", "resource_exhausted");

    private ErrorClassifier() {}

    /// @param status of the answer; below 400 for an error that came as a good answer
    public static ErrorKind kindOf(int status, byte[] body) {
        String words = words(body);
        return status >= 400 ? byStatus(status, words) : byWords(words);
    }

    private static ErrorKind byStatus(int status, String words) {
        return switch (status) {
            case 400, 413, 422 -> badRequest(words);
            case 401 -> ErrorKind.AUTH;
            case 402 -> ErrorKind.QUOTA;
            case 403 -> forbidden(words);
            case 404 -> ErrorKind.NOT_FOUND;
            case 429 -> tooMany(words);
            case 503, 529 -> ErrorKind.OVERLOADED;
            case 408 -> ErrorKind.SERVER_ERROR;
            case 502 -> badGateway(words);
            default -> status >= 500 ? serverError(words) : ErrorKind.BAD_REQUEST;
        };
    }

    private static ErrorKind tooMany(String words) {
        if (holds(words, TOO_LARGE)) {
            return ErrorKind.CONTEXT_LENGTH;
        }
        if (words.contains("nocapacity")) {
            return ErrorKind.OVERLOADED;
        }
        return isSpent(words) ? ErrorKind.QUOTA : ErrorKind.RATE_LIMITED;
    }

    private static ErrorKind serverError(String words) {
        return words.contains("overloaded_error") ? ErrorKind.OVERLOADED : ErrorKind.SERVER_ERROR;
    }

    /// The tap says why it got no answer, so that a refused connection is not taken for the provider's own error.
    private static ErrorKind badGateway(String words) {
        Matcher said = NO_ANSWER.matcher(words);
        return said.find() ? ErrorKind.of(said.group(1)).orElse(ErrorKind.SERVER_ERROR) : ErrorKind.SERVER_ERROR;
    }

    private static ErrorKind badRequest(String words) {
        if (holds(words, BAD_KEY)) {
            return ErrorKind.AUTH;
        }
        if (holds(words, TOO_LONG) || holds(words, TOO_LARGE)) {
            return ErrorKind.CONTEXT_LENGTH;
        }
        if (holds(words, FILTERED)) {
            return ErrorKind.CONTENT_FILTER;
        }
        if (holds(words, NO_SUCH_MODEL)) {
            return ErrorKind.NOT_FOUND;
        }
        return isSpent(words) ? ErrorKind.QUOTA : ErrorKind.BAD_REQUEST;
    }

    private static ErrorKind forbidden(String words) {
        if (holds(words, BAD_KEY)) {
            return ErrorKind.AUTH;
        }
        if (holds(words, FILTERED)) {
            return ErrorKind.CONTENT_FILTER;
        }
        return isSpent(words) ? ErrorKind.QUOTA : ErrorKind.PERMISSION;
    }

    private static ErrorKind byWords(String words) {
        Matcher code = CODE.matcher(words);
        if (code.find()) {
            return byStatus(Integer.parseInt(code.group(1)), words);
        }
        ErrorKind asked = badRequest(words);
        if (asked != ErrorKind.BAD_REQUEST) {
            return asked;
        }
        if (holds(words, RATE)) {
            return ErrorKind.RATE_LIMITED;
        }
        if (words.contains("overloaded")) {
            return ErrorKind.OVERLOADED;
        }
        return words.contains("invalid_request") ? ErrorKind.BAD_REQUEST : ErrorKind.SERVER_ERROR;
    }

    /// Gemini speaks of the quota and of when to try again in one breath: that is a rate, not money.
    private static boolean isSpent(String words) {
        boolean comesBack = words.contains("retry in") || words.contains("retrydelay");
        return holds(words, SPENT) && !comesBack;
    }

    /// The provider's own words, masked and short, for people.
    static String describe(int status, byte[] body) {
        String text = new String(body, 0, Math.min(body.length, READ), StandardCharsets.UTF_8);
        Matcher message = MESSAGE.matcher(text);
        return masked("status " + status + (message.find() ? ": " + message.group(1) : ""));
    }

    static String masked(String text) {
        String masked = SECRET.matcher(text).replaceAll("$1***");
        return masked.length() <= TOLD ? masked : masked.substring(0, TOLD) + "...";
    }

    private static boolean holds(String words, List<String> anyOf) {
        return anyOf.stream().anyMatch(words::contains);
    }

    private static String words(byte[] body) {
        return new String(body, 0, Math.min(body.length, READ), StandardCharsets.UTF_8).toLowerCase(Locale.ROOT);
    }
}
