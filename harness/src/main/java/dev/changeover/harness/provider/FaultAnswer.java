package dev.changeover.harness.provider;

import dev.changeover.harness.wire.ChatRequest;
import dev.changeover.toxics.http.HttpFault;
import dev.changeover.toxics.http.HttpFault.RetryAfter;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;

/// What the tap answers in the provider's place, where a fault needs no provider.
record FaultAnswer(int status, Map<String, String> headers, Buffer body) {

    /// RFC 9110, IMF-fixdate.
    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    static FaultAnswer of(HttpFault.Instead fault, TapRequest request, InstantSource wall) {
        return switch (fault) {
            case HttpFault.Status status ->
                new FaultAnswer(
                        status.status(),
                        headers(status, wall),
                        Buffer.buffer(status.body().replace("{model}", inJson(modelNamed(request)))));
            case HttpFault.EmptyAnswer(var form) ->
                EmptyAnswers.of(form, request.chat().orElseThrow());
        };
    }

    /// Null where it has none.
    String contentType() {
        return headers.get("content-type");
    }

    private static String modelNamed(TapRequest request) {
        return request.chat().map(ChatRequest::model).orElse("all models");
    }

    private static String inJson(String text) {
        String quoted = JsonMapper.shared().writeValueAsString(text);
        return quoted.substring(1, quoted.length() - 1);
    }

    private static Map<String, String> headers(HttpFault.Status status, InstantSource wall) {
        Map<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        all.put("content-type", "application/json");
        all.putAll(status.headers());
        status.retryAfter().ifPresent(wait -> all.put("retry-after", written(wait, wall.instant())));
        return all;
    }

    /// A date never comes sooner than the wait is over: part of a second counts as one.
    private static String written(RetryAfter wait, Instant now) {
        return switch (wait.form()) {
            case SECONDS -> Long.toString(wait.after().toSeconds());
            case DATE ->
                HTTP_DATE.format(now.plus(wait.after()).plusNanos(999_999_999).truncatedTo(ChronoUnit.SECONDS));
        };
    }
}
