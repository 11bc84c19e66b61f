package dev.changeover.benchmarks.replay;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/// What every client of this benchmark is told to do, as its arguments: requests at a steady rate, first those that
/// warm up and then those that count.
///
/// @param port of the mock on the loopback
/// @param seconds between the two marks
/// @param rate requests a second; 0: as many as 64 connections carry, one request at a time on each
/// @param seen the file for what the client saw: when t0 was, then a line for each request with the time of its
///     first content
record Load(int port, boolean stream, int rate, int warmUpSeconds, int seconds, boolean history, Path seen) {

    static final int CONNECTIONS = 64;

    /// So long the load goes on behind the second mark, lest a client ends before a busy machine has taken it.
    private static final int TAIL_SECONDS = 2;

    /// Of a closed loop, whose client is ended from outside.
    private static final int CLOSED_TAIL_SECONDS = 20;

    static final String HOST = "127.0.0.1";

    private static final String REQUEST = """
        {"model":"gpt-4.1","messages":[{"role":"system","content":"You are a helpful assistant."},\
        {"role":"user","content":"Tell in one sentence how the quick brown fox jumps over the lazy dog."}],\
        "max_tokens":100,"stream":%s}\
        """;

    int totalSeconds() {
        return seconds + (rate > 0 ? TAIL_SECONDS : CLOSED_TAIL_SECONDS);
    }

    static Load parse(String[] args) {
        return new Load(
                Integer.parseInt(args[0]),
                Boolean.parseBoolean(args[1]),
                Integer.parseInt(args[2]),
                Integer.parseInt(args[3]),
                Integer.parseInt(args[4]),
                Boolean.parseBoolean(args[5]),
                Path.of(args[6]));
    }

    List<String> arguments() {
        return List.of(
                Integer.toString(port),
                Boolean.toString(stream),
                Integer.toString(rate),
                Integer.toString(warmUpSeconds),
                Integer.toString(seconds),
                Boolean.toString(history),
                seen.toString());
    }

    Load withoutHistory() {
        return new Load(port, stream, rate, warmUpSeconds, seconds, false, seen);
    }

    byte[] body() {
        return REQUEST.formatted(stream).getBytes(StandardCharsets.UTF_8);
    }

    String url() {
        return String.format(Locale.ROOT, "http://%s:%d/v1/chat/completions", HOST, port);
    }
}
