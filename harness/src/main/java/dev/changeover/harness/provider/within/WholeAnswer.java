package dev.changeover.harness.provider.within;

import static dev.changeover.harness.provider.within.CompletionJson.eachChoice;

import dev.changeover.toxics.http.HttpFault;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;
import tools.jackson.databind.node.ObjectNode;

/// An answer that comes whole, as it is passed on.
///
/// @param passing how many bytes of the body, before the connection is closed inside it
/// @param gap between its pieces; none when it comes in one
public record WholeAnswer(Buffer body, OptionalInt passing, Duration gap) {

    public WholeAnswer(Buffer body) {
        this(body, OptionalInt.empty(), Duration.ZERO);
    }

    /// What a fault makes of it; the same where there is nothing to strike.
    public WholeAnswer struckBy(HttpFault.Within fault) {
        return switch (fault) {
            case HttpFault.MidStreamError(var _, var error) -> withBody(Buffer.buffer(error));
            case HttpFault.UnfinishedStream _ -> edited(WholeAnswer::unfinish);
            case HttpFault.MalformedChunk _ -> withBody(body.getBuffer(0, body.length() / 2));
            case HttpFault.WrongModel(var model) -> edited(completion -> renames(completion, model));
            case HttpFault.ContentFilter(var chunks) ->
                edited(completion -> eachChoice(completion, choice -> filter(choice, chunks)));
            case HttpFault.MidStreamCut _ -> cutAt(body.length() / 2);
            case HttpFault.ToolCallCut _ -> {
                OptionalInt middle = ToolArguments.middle(body.getBytes());
                yield middle.isPresent() ? cutAt(middle.getAsInt()) : this;
            }
            case HttpFault.SlowDrip(var pause) -> new WholeAnswer(body, passing, gap.plus(pause));
            case HttpFault.StalledStream _ -> this;
        };
    }

    private WholeAnswer withBody(Buffer other) {
        return new WholeAnswer(other, passing, gap);
    }

    private WholeAnswer cutAt(int at) {
        return new WholeAnswer(body, OptionalInt.of(Math.min(at, passing.orElse(at))), gap);
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
