/// The OpenAI-compatible wire: requests, streams, answers, error kinds, tokens. Pure: no sockets, no clocks.
package dev.changeover.harness.wire;
