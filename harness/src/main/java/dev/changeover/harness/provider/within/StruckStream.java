package dev.changeover.harness.provider.within;

import dev.changeover.toxics.http.HttpFault;

/// What a fault does to a stream: a stage that events go through.
public final class StruckStream {

    private StruckStream() {}

    /// The stage of a fault, before what is behind it.
    public static Onward by(HttpFault.Within fault, StruckCall call, Onward onward) {
        return switch (fault) {
            case HttpFault.MidStreamError(var chunks, var body) ->
                new EndsEarly(call, onward, chunks, new ErrorEvent(body));
            case HttpFault.UnfinishedStream(var chunks) ->
                new EndsEarly(call, onward, chunks, (_, client) -> client.end());
            case HttpFault.MidStreamCut(var chunks) -> new EndsEarly(call, onward, chunks, (_, client) -> client.cut());
            case HttpFault.ContentFilter(var chunks) -> new EndsEarly(call, onward, chunks, new FilterEvent());
            case HttpFault.MalformedChunk(var chunks) -> new BreaksEvent(call, onward, chunks);
            case HttpFault.StalledStream(var chunks) -> new Stalls(call, onward, chunks);
            case HttpFault.SlowDrip(var gap) -> new Drips(call, onward, gap);
            case HttpFault.WrongModel(var model) -> new RenamesModel(call, onward, model);
            case HttpFault.ToolCallCut() -> new CutsToolCall(call, onward);
        };
    }
}
