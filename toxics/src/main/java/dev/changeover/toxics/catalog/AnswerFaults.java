package dev.changeover.toxics.catalog;

import static dev.changeover.toxics.catalog.CatalogFault.Plain.INTEGER;
import static dev.changeover.toxics.catalog.CatalogFault.Plain.TEXT;

import dev.changeover.toxics.catalog.CatalogFault.OneOf;
import dev.changeover.toxics.catalog.CatalogFault.Parameter;
import dev.changeover.toxics.http.HttpFault;
import dev.changeover.toxics.http.HttpFault.EmptyAnswer;
import dev.changeover.toxics.wording.Refusal;
import dev.changeover.toxics.wording.Wording;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/// Faults under which the status is good and the answer is not.
final class AnswerFaults {

    private static final Parameter CHUNKS =
            Parameter.given("chunks", INTEGER, "3", "chunks with content that pass before");

    private static final SequencedMap<String, EmptyAnswer.Form> FORMS = new LinkedHashMap<>();

    static {
        FORMS.put("empty", EmptyAnswer.Form.EMPTY);
        FORMS.put("null", EmptyAnswer.Form.NULL);
        FORMS.put("blank", EmptyAnswer.Form.BLANK);
        FORMS.put("no-choices", EmptyAnswer.Form.NO_CHOICES);
        FORMS.put("no-body", EmptyAnswer.Form.NO_BODY);
    }

    static final List<CatalogFault> ALL = List.of(
            OnCalls.fault(
                    "brownout-empty",
                    "Requests are answered 200, with nothing in the answer.",
                    "A provider's brownout of January 2025: most failures were empty answers with a good status.",
                    List.of(Parameter.given(
                            "form",
                            new OneOf(List.copyOf(FORMS.sequencedKeySet())),
                            "empty",
                            "what nothing looks like: the content, the list of choices, or the body")),
                    a -> new EmptyAnswer(a.oneOf("form", FORMS))),
            OnCalls.fault(
                    "error-in-200",
                    "Requests are answered 200, with an error object as the body.",
                    "OpenRouter's answer when the provider behind it fails, as recorded.",
                    List.of(Worded.by(Refusal.ERROR_IN_200)),
                    a -> errorIn200(Worded.of(a, Refusal.ERROR_IN_200))),
            OnCalls.fault(
                    "mid-stream-error",
                    "Streams turn into an error event and end; an answer that is not streamed is that error, in a 200.",
                    "510 error events inside answers that had begun with a 200, and no fallback (LiteLLM #24004).",
                    List.of(CHUNKS, Worded.by(Refusal.ERROR_IN_STREAM)),
                    a -> new HttpFault.MidStreamError(
                            a.notNegative("chunks"),
                            Worded.of(a, Refusal.ERROR_IN_STREAM).body())),
            OnCalls.fault(
                    "mid-stream-cut",
                    "Connections are closed inside answers; of an answer that is not streamed half the body passes.",
                    "Streams cut short that their callers took for whole ones (LiteLLM #40404, Portkey #1797).",
                    List.of(CHUNKS),
                    a -> new HttpFault.MidStreamCut(a.notNegative("chunks"))),
            OnCalls.fault(
                    "tool-call-cut",
                    "Connections are closed inside the arguments of a tool call; other answers pass. A simulated"
                            + " provider calls a tool where tool_choice demands it.",
                    "Answers continued after a cut, with text twice or a tool call that was no JSON (LiteLLM #31067).",
                    List.of(),
                    _ -> new HttpFault.ToolCallCut()),
            OnCalls.fault(
                    "unfinished-stream",
                    "Streams end cleanly without finish reason and [DONE]; an answer that is not streamed has no "
                            + "finish reason.",
                    "A service whose streaming dropped both, so that a cut answer looked like a whole one.",
                    List.of(CHUNKS),
                    a -> new HttpFault.UnfinishedStream(a.notNegative("chunks"))),
            OnCalls.fault(
                    "malformed-stream",
                    "One event of a stream is broken JSON, and the rest follows; an answer that is not streamed is "
                            + "broken JSON.",
                    "A chunk that did not parse and took the whole request with it (LiteLLM #40404).",
                    List.of(CHUNKS),
                    a -> new HttpFault.MalformedChunk(a.notNegative("chunks"))),
            OnCalls.fault(
                    "wrong-model",
                    "Answers say that another model gave them.",
                    "Answers after a fallback that still named the model before it (LiteLLM #13486).",
                    List.of(Parameter.given("named", TEXT, "another-model", "the model that the answer names")),
                    a -> new HttpFault.WrongModel(a.text("named"))),
            OnCalls.fault(
                    "content-filter",
                    "Answers end inside, with the finish reason content_filter.",
                    "Filters that look at answers while they are written, as Azure's does.",
                    List.of(CHUNKS),
                    a -> new HttpFault.ContentFilter(a.notNegative("chunks"))));

    private AnswerFaults() {}

    private static HttpFault errorIn200(Wording wording) {
        return new HttpFault.Status(
                wording.status(), wording.headers(), Optional.empty(), wording.body(), HttpFault.Calls.COMPLETIONS);
    }
}
