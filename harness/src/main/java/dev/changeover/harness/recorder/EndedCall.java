package dev.changeover.harness.recorder;

import dev.changeover.harness.trace.ChunkTimes;
import dev.changeover.harness.wire.AnswerReader;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// A chat completion that has ended, as it passed, before anything is taken out of it. Times are from its arrival.
///
/// @param arrivedNanos since the recording started
/// @param conversation as a header named it
/// @param credentials that it was sent with, to be found nowhere in what is written
/// @param body of the request; empty where it was too large to be kept
/// @param reader that saw the answer pass; empty where none came, or one that cannot be read
/// @param whole whether the answer ended as HTTP says it should
/// @param doneNanos until its end; only of whole answers
/// @param cancelledNanos until its caller left
/// @param weight about how many bytes it holds
record EndedCall(
        long arrivedNanos,
        Optional<String> conversation,
        List<String> credentials,
        Optional<byte[]> body,
        OptionalInt status,
        Optional<AnswerReader> reader,
        boolean whole,
        Optional<ChunkTimes> chunks,
        OptionalLong doneNanos,
        OptionalLong cancelledNanos,
        long weight) {}
