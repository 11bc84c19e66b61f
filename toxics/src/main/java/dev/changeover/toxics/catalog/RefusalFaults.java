package dev.changeover.toxics.catalog;

import static dev.changeover.toxics.catalog.CatalogFault.Plain.INTEGER;

import dev.changeover.toxics.catalog.CatalogFault.OneOf;
import dev.changeover.toxics.catalog.CatalogFault.Parameter;
import dev.changeover.toxics.http.HttpFault;
import dev.changeover.toxics.http.HttpFault.Calls;
import dev.changeover.toxics.http.HttpFault.RetryAfter;
import dev.changeover.toxics.wording.Refusal;
import dev.changeover.toxics.wording.Wording;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;

/// Faults that answer an error, in a vendor's words, without asking the provider.
final class RefusalFaults {

    private static final SequencedMap<String, Optional<RetryAfter.Form>> FORMS = new LinkedHashMap<>();

    static {
        FORMS.put("seconds", Optional.of(RetryAfter.Form.SECONDS));
        FORMS.put("date", Optional.of(RetryAfter.Form.DATE));
        FORMS.put("none", Optional.empty());
    }

    static final List<CatalogFault> ALL = List.of(
            OnCalls.fault(
                    "intermittent-5xx",
                    "Some requests are answered 503, as by a balancer that reaches no server.",
                    "The common face of a partial outage behind a load balancer.",
                    List.of(Worded.by(Refusal.UNAVAILABLE)),
                    "20%",
                    a -> status(Worded.of(a, Refusal.UNAVAILABLE), Calls.ALL)),
            OnCalls.fault(
                    "server-error",
                    "Requests are answered 500.",
                    "A gateway that made six calls for one request against a provider in this state (LiteLLM #7130).",
                    List.of(Worded.by(Refusal.SERVER_ERROR)),
                    a -> status(Worded.of(a, Refusal.SERVER_ERROR), Calls.ALL)),
            refusal(
                    "overloaded",
                    "Completions are answered that the model has more to do than it can: 503, 529 or 429 by vendor.",
                    "Anthropic's 529 at busy hours, which clients that know only 429 and 503 take for something else.",
                    Refusal.OVERLOADED),
            OnCalls.fault(
                    "rate-limit-storm",
                    "Requests are answered 429, with a time to come back.",
                    "A migration's double traffic meets the new account's default limits; a gateway retried after 1, 2 "
                            + "and 4 s where it was asked for 3 (LiteLLM #4387).",
                    List.of(
                            Worded.by(Refusal.RATE_LIMITED),
                            Parameter.given("retry_after", INTEGER, "2", "seconds that Retry-After asks for"),
                            Parameter.given(
                                    "as",
                                    new OneOf(List.copyOf(FORMS.sequencedKeySet())),
                                    "seconds",
                                    "how Retry-After says it; none: it is not sent")),
                    RefusalFaults::rateLimited),
            refusal(
                    "request-too-large",
                    "Completions are answered that this one request is over the limit: no wait can cure it.",
                    "OpenAI answers 429 with the code of a rate limit, and clients wait and try again for ever.",
                    Refusal.REQUEST_TOO_LARGE),
            refusal(
                    "quota-exhausted",
                    "Completions are answered that the credit is used up, without a Retry-After: waiting is no help.",
                    "Credit that ran out at night, met by clients that waited and tried again.",
                    Refusal.QUOTA_EXHAUSTED),
            OnCalls.fault(
                    "key-revoked",
                    "Every call is answered that the key is not accepted: 401, or 400 by vendor.",
                    "Keys rotated at one side only, or with the wrong format, in all five moves that we know of.",
                    List.of(Worded.by(Refusal.KEY_REFUSED)),
                    a -> status(Worded.of(a, Refusal.KEY_REFUSED), Calls.ALL)),
            refusal(
                    "permission-denied",
                    "Completions are answered 403: the key is good, and may not do this.",
                    "An account that was not allowed to use a model yet, as recorded from OpenAI.",
                    Refusal.PERMISSION_DENIED),
            refusal(
                    "model-removed",
                    "Completions are answered that the model they ask for is not there: 404, or 400 by vendor.",
                    "Model names that differ between providers, or are withdrawn.",
                    Refusal.MODEL_NOT_FOUND),
            refusal(
                    "model-retired",
                    "Completions are answered that the model they ask for was there once.",
                    "Grok beta, two weeks after its last day, as recorded from xAI.",
                    Refusal.MODEL_RETIRED),
            refusal(
                    "bad-request",
                    "Completions are answered 400 or 422: a parameter is not supported.",
                    "Any 400 failed over, so that a bad request was paid for twice.",
                    Refusal.BAD_REQUEST),
            refusal(
                    "context-length",
                    "Completions are answered 400: the prompt is longer than the model's context window.",
                    "A fallback from a model with a window of 1M tokens to one with 64k.",
                    Refusal.CONTEXT_LENGTH),
            refusal(
                    "prompt-filtered",
                    "Completions are answered 400 or 403: the prompt meets a content filter.",
                    "Azure's filter for ordinary prompts, which five retries did not get past.",
                    Refusal.PROMPT_FILTERED));

    private RefusalFaults() {}

    private static CatalogFault refusal(String name, String does, String seen, Refusal refusal) {
        return OnCalls.fault(
                name, does, seen, List.of(Worded.by(refusal)), a -> status(Worded.of(a, refusal), Calls.COMPLETIONS));
    }

    private static HttpFault status(Wording wording, Calls calls) {
        return new HttpFault.Status(wording.status(), wording.headers(), Optional.empty(), wording.body(), calls);
    }

    private static HttpFault rateLimited(Arguments a) {
        Duration wait = Duration.ofSeconds(a.notNegative("retry_after"));
        Optional<RetryAfter> told = a.oneOf("as", FORMS).map(form -> new RetryAfter(wait, form));
        Wording wording = Worded.of(a, Refusal.RATE_LIMITED).asking(wait);
        Map<String, String> headers = new TreeMap<>(wording.headers());
        if (told.isEmpty()) {
            headers.remove("retry-after-ms");
        }
        return new HttpFault.Status(wording.status(), headers, told, wording.body(), Calls.ALL);
    }
}
