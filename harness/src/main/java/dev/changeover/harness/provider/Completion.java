package dev.changeover.harness.provider;

import io.vertx.core.buffer.Buffer;

/// The bytes of one completion, whole or chunk by chunk, a chunk for each token.
interface Completion {

    /// What leaves before there is a first token; may be nothing.
    Buffer opening();

    void appendToken(Buffer to, int number);

    /// The finish chunk, the usage chunk where it is wanted, and the end.
    Buffer ending(int tokens, boolean withUsage);

    /// The answer that comes whole.
    Buffer whole(int tokens);
}
