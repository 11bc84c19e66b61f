package dev.changeover.harness.provider.within;

import static dev.changeover.harness.provider.within.CompletionJson.eachChoice;

import dev.changeover.toxics.http.HttpFault;
import io.vertx.core.buffer.Buffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;
import tools.jackson.databind.node.ObjectNode;

/// An answer that comes whole, as it is passed on.
///
/// @param passing how many bytes of the body, before the connection is closed inside it
public record WholeAnswer(Buffer body, OptionalInt passing) {

    public WholeAnswer(Buffer body) {
        this(body, OptionalInt.empty());
    }

    /// What a fault makes of it; the same where there is nothing to strike, and where the fault only delays it.
    public WholeAnswer struckBy(HttpFault.Within fault) {
        return switch (fault) {
            case HttpFault.MidStreamError(var _, var error) -> unlessCut(withBody(Buffer.buffer(error)));
            case HttpFault.UnfinishedStream _ -> unlessCut(edited(WholeAnswer::unfinish));
            case HttpFault.MalformedChunk _ -> unlessCut(withBody(body.getBuffer(0, body.length() / 2)));
            case HttpFault.WrongModel(var model) -> edited(completion -> renames(completion, model));
            case HttpFault.ContentFilter(var chunks) ->
                unlessCut(edited(completion -> eachChoice(completion, choice -> filter(choice, chunks))));
            case HttpFault.MidStreamCut _ -> cutAt(body.length() / 2);
            case HttpFault.ToolCallCut _ -> {
                OptionalInt middle = ToolArguments.middle(body.getBytes());
                yield middle.isPresent() ? cutAt(middle.getAsInt()) : this;
            }
            case HttpFault.SlowDrip _, HttpFault.StalledStream _ -> this;
        };
    }

    /// What was cut comes to no other end.
    private WholeAnswer unlessCut(WholeAnswer other) {
        return passing.isPresent() ? this : other;
    }

    private WholeAnswer withBody(Buffer other) {
        return new WholeAnswer(other, passing);
    }

    private WholeAnswer cutAt(int at) {
        return new WholeAnswer(body, OptionalInt.of(Math.min(at, passing.orElse(at))));
    }

    /// @param edit whether there was something to edit
    private WholeAnswer edited(Predicate<ObjectNode> edit) {
        Optional<ObjectNode> completion = CompletionJson.read(body.getBytes());
        return completion.isPresent() && edit.test(completion.get())
                ? withBody(Buffer.buffer(completion.get().toString()))
                : this;
    }

    private static boolean unfinish(ObjectNode completion) {
        boolean[] finished = new boolean[1];
        eachChoice(completion, choice -> finished[0] |= choice.remove("finish_reason") != null);
        return finished[0];
    }

    private static boolean renames(ObjectNode completion, String model) {
        boolean named = completion.has("model");
        if (named) {
            completion.put("model", model);
        }
        return named;
    }

    /// Of its content so many words are left.
    private static void filter(ObjectNode choice, int words) {
        choice.put("finish_reason", FilterEvent.REASON);
        if (choice.path("message") instanceof ObjectNode fields) {
            String content = fields.path("content").asString("");
            String[] all = content.split("(?<=\\s)", words + 1);
            String left = String.join("", Arrays.copyOf(all, Math.min(words, all.length)));
            fields.remove("tool_calls");
            if (left.isEmpty()) {
                fields.putNull("content");
            } else {
                fields.put("content", left);
            }
        }
    }
}
