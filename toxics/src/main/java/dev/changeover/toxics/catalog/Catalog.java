package dev.changeover.toxics.catalog;

import static dev.changeover.toxics.catalog.CatalogFault.Plain.DURATION;
import static dev.changeover.toxics.catalog.CatalogFault.Plain.INTEGER;
import static dev.changeover.toxics.catalog.CatalogFault.Plain.SHARE;
import static dev.changeover.toxics.toxic.Direction.DOWNSTREAM;
import static dev.changeover.toxics.toxic.Direction.UPSTREAM;

import dev.changeover.toxics.catalog.CatalogFault.Parameter;
import dev.changeover.toxics.catalog.FaultEffect.PlacedToxic;
import dev.changeover.toxics.http.HttpFault;
import dev.changeover.toxics.http.HttpFault.RetryAfter;
import dev.changeover.toxics.http.Selection;
import dev.changeover.toxics.toxic.Toxic;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Every named fault, in one visible place.
public final class Catalog {

    private static final Parameter WHOM =
            Parameter.given("share", SHARE, "100%", "share of the requests that it strikes");
    private static final Parameter CHUNKS =
            Parameter.given("chunks", INTEGER, "3", "chunks with content that pass before");

    private static final List<CatalogFault> FAULTS = List.of(
            new CatalogFault(
                    "region-outage",
                    "The region goes dark: connections open, and then nothing comes back, until it ends.",
                    "A four-hour regional outage of an only provider cost a team 12 % of a month's revenue.",
                    List.of(),
                    _ -> FaultEffect.ofToxics(
                            new PlacedToxic(new Toxic.Timeout(Duration.ZERO), UPSTREAM, 1),
                            new PlacedToxic(new Toxic.Timeout(Duration.ZERO), DOWNSTREAM, 1))),
            new CatalogFault(
                    "region-refused",
                    "The port refuses connections, and open ones are closed.",
                    "A provider's load balancer withdrawn from service: connection refused, at once.",
                    List.of(),
                    _ -> FaultEffect.refusing()),
            new CatalogFault(
                    "brownout-latency",
                    "Every chunk of every answer comes late.",
                    "Answers of a relay went from 200 ms to over 30 s the night that it broke.",
                    List.of(
                            Parameter.given("latency", DURATION, "2s", "delay of each chunk"),
                            Parameter.given("jitter", DURATION, "500ms", "the delay varies by up to this, either way")),
                    a -> FaultEffect.ofToxics(new PlacedToxic(
                            new Toxic.Latency(a.duration("latency"), a.duration("jitter")), DOWNSTREAM, 1))),
            new CatalogFault(
                    "connection-resets",
                    "Connections are reset soon after they are used.",
                    "Middleboxes and overloaded balancers that drop their connection tables.",
                    List.of(
                            Parameter.given("after", DURATION, "0ms", "from the first bytes to the reset"),
                            Parameter.given("toxicity", SHARE, "100%", "share of the connections that it strikes")),
                    a -> FaultEffect.ofToxics(new PlacedToxic(
                            new Toxic.ResetPeer(a.duration("after")), DOWNSTREAM, a.share("toxicity")))),
            new CatalogFault(
                    "brownout-empty",
                    "Requests are answered 200, with nothing in the answer.",
                    "A provider's brownout of January 2025: most failures were empty answers with a good status.",
                    List.of(WHOM),
                    a -> FaultEffect.ofHttp(
                            new HttpFault.EmptyAnswer(HttpFault.EmptyAnswer.Form.EMPTY),
                            Selection.ofShare(a.share("share")))),
            new CatalogFault(
                    "intermittent-5xx",
                    "Some requests are answered 503.",
                    "The common face of a partial outage behind a load balancer.",
                    List.of(Parameter.given("share", SHARE, "20%", "share of the requests that it strikes")),
                    a -> FaultEffect.ofHttp(
                            error(
                                    503,
                                    Optional.empty(),
                                    "The server is overloaded or not ready yet.",
                                    "service_unavailable"),
                            Selection.ofShare(a.share("share")))),
            new CatalogFault(
                    "rate-limit-storm",
                    "Requests are answered 429 with a Retry-After.",
                    "A migration's double traffic meets the new account's default limits.",
                    List.of(WHOM, Parameter.given("retry_after", INTEGER, "2", "seconds that Retry-After asks for")),
                    a -> FaultEffect.ofHttp(
                            error(
                                    429,
                                    Optional.of(new RetryAfter(
                                            Duration.ofSeconds(a.notNegative("retry_after")), RetryAfter.Form.SECONDS)),
                                    "Rate limit reached, please try again later.",
                                    "rate_limit_exceeded"),
                            Selection.ofShare(a.share("share")))),
            new CatalogFault(
                    "cross-region-latency",
                    "Every chunk takes longer, on its way there and on its way back.",
                    "A chat service in Singapore whose users and provider were 200 ms and more away.",
                    List.of(Parameter.given("latency", DURATION, "100ms", "delay each way")),
                    a -> FaultEffect.ofToxics(
                            new PlacedToxic(new Toxic.Latency(a.duration("latency"), Duration.ZERO), UPSTREAM, 1),
                            new PlacedToxic(new Toxic.Latency(a.duration("latency"), Duration.ZERO), DOWNSTREAM, 1))),
            new CatalogFault(
                    "slow-first-token",
                    "The provider takes completions up only after a delay; then they are answered as ever.",
                    "Complex requests that took 10 to 15 s met a client timeout of 30 s.",
                    List.of(WHOM, Parameter.given("delay", DURATION, "5s", "before the answer begins")),
                    a -> FaultEffect.ofHttp(
                            new HttpFault.SlowFirstToken(a.duration("delay")), Selection.ofShare(a.share("share")))),
            new CatalogFault(
                    "stalled-stream",
                    "Answers stop inside, the connection stays open, and the rest comes once the fault is over; "
                            + "an answer that is not streamed comes once it is over.",
                    "Streams that hang after their first words, where only an idle timeout notices.",
                    List.of(WHOM, CHUNKS),
                    a -> FaultEffect.ofHttp(
                            new HttpFault.StalledStream(a.notNegative("chunks")), Selection.ofShare(a.share("share")))),
            new CatalogFault(
                    "mid-stream-cut",
                    "Connections are closed inside answers; of an answer that is not streamed half the body passes.",
                    "Balancers that recycle connections while answers are still being written.",
                    List.of(WHOM, CHUNKS),
                    a -> FaultEffect.ofHttp(
                            new HttpFault.MidStreamCut(a.notNegative("chunks")), Selection.ofShare(a.share("share")))),
            new CatalogFault(
                    "mid-stream-error",
                    "Streams turn into an error event and end; an answer that is not streamed is that error, in a 200.",
                    "A relay that writes the provider's failure into the answer it has already begun with a 200.",
                    List.of(WHOM, CHUNKS),
                    a -> FaultEffect.ofHttp(
                            new HttpFault.MidStreamError(
                                    a.notNegative("chunks"),
                                    body(
                                            "The server had an error processing your request.",
                                            "server_error",
                                            "internal_error")),
                            Selection.ofShare(a.share("share")))),
            new CatalogFault(
                    "unfinished-stream",
                    "Streams end cleanly without finish reason and [DONE]; an answer that is not streamed has no "
                            + "finish reason.",
                    "A service whose streaming dropped both, so that a cut answer looked like a whole one.",
                    List.of(WHOM, CHUNKS),
                    a -> FaultEffect.ofHttp(
                            new HttpFault.UnfinishedStream(a.notNegative("chunks")),
                            Selection.ofShare(a.share("share")))),
            new CatalogFault(
                    "key-revoked",
                    "Every call is answered 401: the key is no longer accepted.",
                    "Keys rotated at one side only, or with the wrong format, in all five moves that we know of.",
                    List.of(WHOM),
                    a -> FaultEffect.ofHttp(
                            new HttpFault.Status(
                                    401,
                                    Map.of(),
                                    Optional.empty(),
                                    body("Incorrect API key provided.", "invalid_request_error", "invalid_api_key"),
                                    HttpFault.Calls.ALL),
                            Selection.ofShare(a.share("share")))),
            new CatalogFault(
                    "quota-exhausted",
                    "Completions are answered 429 without a Retry-After: the credit is used up, waiting is no help.",
                    "Credit that ran out at night, met by clients that waited and tried again.",
                    List.of(WHOM),
                    a -> FaultEffect.ofHttp(
                            refusal(
                                    429,
                                    body(
                                            "You exceeded your current quota, please check your plan and billing "
                                                    + "details.",
                                            "insufficient_quota",
                                            "insufficient_quota")),
                            Selection.ofShare(a.share("share")))),
            new CatalogFault(
                    "model-removed",
                    "Completions are answered 404: the model that they ask for is not there.",
                    "Model names that differ between providers, or are withdrawn.",
                    List.of(WHOM),
                    a -> FaultEffect.ofHttp(
                            refusal(
                                    404,
                                    body(
                                            "The model `{model}` does not exist or you do not have access to it.",
                                            "invalid_request_error",
                                            "model_not_found")),
                            Selection.ofShare(a.share("share")))),
            new CatalogFault(
                    "context-length",
                    "Completions are answered 400: the prompt is longer than the model's context window.",
                    "A fallback from a model with a window of 1M tokens to one with 64k.",
                    List.of(WHOM),
                    a -> FaultEffect.ofHttp(
                            refusal(
                                    400,
                                    body(
                                            "Your input exceeds the context window of this model. Please adjust your "
                                                    + "input and try again.",
                                            "invalid_request_error",
                                            "context_length_exceeded")),
                            Selection.ofShare(a.share("share")))));

    private Catalog() {}

    /// In the order that a person should read them.
    public static List<CatalogFault> all() {
        return FAULTS;
    }

    /// The fault of exactly that name.
    public static Optional<CatalogFault> find(String name) {
        return FAULTS.stream().filter(f -> f.name().equals(name)).findFirst();
    }

    private static HttpFault.Status error(int status, Optional<RetryAfter> retryAfter, String message, String code) {
        return new HttpFault.Status(status, Map.of(), retryAfter, body(message, code, code), HttpFault.Calls.ALL);
    }

    private static HttpFault.Status refusal(int status, String body) {
        return new HttpFault.Status(status, Map.of(), Optional.empty(), body, HttpFault.Calls.COMPLETIONS);
    }

    private static String body(String message, String type, String code) {
        return "{\"error\":{\"message\":\"%s\",\"type\":\"%s\",\"param\":null,\"code\":\"%s\"}}"
                .formatted(message, type, code);
    }
}
