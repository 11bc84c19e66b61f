package dev.changeover.harness.provider.within;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.OptionalInt;

/// Cuts a stream inside the arguments of its first tool call: inside their second piece, or the only one.
final class CutsToolCall implements Onward {

    private final StruckCall call;
    private final Onward onward;
    private boolean inside;
    private boolean over;

    CutsToolCall(StruckCall call, Onward onward) {
        this.call = call;
        this.onward = onward;
    }

    @Override
    public void event(StreamEvent event) {
        if (over) {
            return;
        }
        OptionalInt middle = ToolArguments.middle(event.bytes().getBytes());
        boolean first = !inside;
        inside |= middle.isPresent();
        if (!inside || first && !isWhole(event)) {
            onward.event(event);
            return;
        }
        over = true;
        call.struck();
        middle.ifPresent(at -> onward.event(new StreamEvent(event.bytes().getBuffer(0, at))));
        onward.cut();
        call.stopProvider();
    }

    /// Whether it holds all of its arguments.
    private static boolean isWhole(StreamEvent event) {
        return event.json()
                .map(chunk -> chunk.at("/choices/0/delta/tool_calls/0/function/arguments"))
                .flatMap(arguments -> CompletionJson.read(arguments.asString("").getBytes(UTF_8)))
                .isPresent();
    }

    @Override
    public void end() {
        if (!over) {
            onward.end();
        }
    }

    @Override
    public void cut() {
        if (!over) {
            onward.cut();
        }
    }
}
