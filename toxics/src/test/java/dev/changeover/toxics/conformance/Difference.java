package dev.changeover.toxics.conformance;

/// Where ours is not like the real server, and why: all of it, in one list.
enum Difference {
    ONLY_THE_LOOPBACK_IS_LISTENED_ON(
            "a proxy without a host to listen on listens on every address of the machine",
            "it listens on 127.0.0.1; other addresses than the loopback's are refused with 400",
            "A rehearsal must not open ports to the network."),
    ADDRESSES_ARE_CHECKED(
            "an upstream may be any text, and fails at the first connection; a bad listen is a 500",
            "both must be host:port, else 400 with the value",
            "A typing error should fail where it is made."),
    ANY_PORT_IS_THE_ONE_IT_HAS(
            "port 0, asked of a proxy that listens, restarts it on another port and closes its connections",
            "the proxy keeps the port that it has",
            "A client that sends its settings again means no change; populate would drop the toxics too."),
    STREAMS_ARE_SHOWN_IN_LOWER_CASE(
            "a stream is shown, and put into the toxic's name, as it was written: `UpStream`",
            "it is `upstream` or `downstream`",
            "Clients compare with these two words; the toxic's name should not depend on a shift key."),
    NUMBERS_ARE_CHECKED(
            "any number is taken: a negative delay, a toxicity of 1.5, a slicer that recurses for ever",
            "numbers that mean nothing are refused with 400 and what is allowed",
            "They crash the real server, hang a connection, or quietly do nothing."),
    BAD_JSON_IS_SAID_IN_OTHER_WORDS(
            "after `bad request body: ` come the words of Go's JSON decoder, with names of Go's types",
            "after it comes what is needed and what was there",
            "A person must find the mistake by it; no client reads these words."),
    PATHS_ARE_NOT_TIDIED(
            "a path with `//` or `..` is answered 301 with the tidied one",
            "it is not found",
            "No client writes such paths, and one that follows a 301 turns a POST into a GET."),
    METRICS_ARE_ALWAYS_THERE(
            "`/metrics` is there when the server is started with `-proxy-metrics` or `-runtime-metrics`",
            "it is always there",
            "One option less to know."),
    POPULATE_HEEDS_ENABLED(
            "populate ignores `enabled` of a proxy that is otherwise unchanged",
            "it enables or disables it",
            "After populate a proxy should be as it was asked for."),
    A_BAD_UPDATE_CHANGES_NOTHING(
            "an update refused for one attribute has changed those before it",
            "it changes nothing",
            "What a client was told has failed should not be half in force."),
    HALF_CLOSE_IS_KEPT(
            "an end of stream from one side closes the connection's other direction too",
            "each direction ends by itself",
            "A client that ends its request by closing its half would lose the answer."),
    RESETS_ARE_PASSED_ON(
            "a connection that the upstream resets ends in order for the client",
            "it is reset for the client too",
            "A gateway must not take a broken answer for a whole one."),
    OLD_CONNECTIONS_ARE_RESET_TOO(
            "reset_peer ends in order the connections that were open before it was added",
            "it resets them like any other",
            "A fault that begins in mid-run must strike the connections that a gateway keeps."),
    A_SLOW_DIAL_STALLS_NOBODY(
            "while it dials an upstream that does not answer, the proxy takes no other client and cannot be disabled",
            "each client waits for its own upstream only, and the API for none",
            "An upstream gone silent is the very fault to rehearse."),
    A_STUCK_CONNECTION_STALLS_NO_CHANGE(
            "a toxic cannot be removed while one of its connections has a reader that does not read (#558)",
            "it is removed at once",
            "A fault must end when the history says so."),
    A_SLICER_OF_ZERO_DOES_NOTHING(
            "a slicer without sizes, which is its default, kills the whole server at the first data",
            "it leaves chunks whole",
            "No attribute should take the server down."),
    TOXICITY_IS_DRAWN_ONCE(
            "on an open connection toxicity is drawn anew whenever the toxic is changed, or the one behind it is added"
                    + " or taken away",
            "it is drawn once for the connection's life",
            "The same seed strikes the same connections, whatever else changes.",
            Shown.BY_NO_TEST),
    BYTES_COUNT_AS_THEY_PASS(
            "`/metrics` counts bytes when a connection ends, those sent only where it ended well",
            "it counts them as they pass",
            "A run looks while connections are open.",
            Shown.BY_NO_TEST),
    SERIES_END_WITH_THEIR_PROXY(
            "the series of a deleted proxy stay in `/metrics`",
            "they end with it",
            "Memory stays bounded.",
            Shown.BY_NO_TEST),
    A_BAD_FILE_OF_PROXIES_ENDS_THE_START(
            "unknown keys in the file of proxies are ignored; a bad file is logged, and the server starts without it",
            "both end the start",
            "A fault that is not in force looks like a fault survived.",
            Shown.BY_NO_TEST),
    THE_SEED_IS_IN_FORCE(
            "`-seed` has no effect since 2024", "`--seed` is in force", "A run can be repeated.", Shown.BY_NO_TEST),
    BODIES_ARE_BOUNDED(
            "bodies of any size are read into memory",
            "above 8 MiB they are answered 413",
            "Memory stays bounded.",
            Shown.BY_NO_TEST),
    PATHS_ARE_BOUNDED(
            "paths above 1 MiB are answered 431",
            "above 64 KiB they are answered 414",
            "Memory stays bounded.",
            Shown.BY_NO_TEST),
    OF_EQUAL_KEYS_THE_LAST_COUNTS(
            "an object with one key twice is merged of both, and null is left out",
            "the last of them counts",
            "JSON leaves it open.",
            Shown.BY_NO_TEST),
    LATENCIES_ADD_UP(
            "of two latency toxics in a row the second delays chunks that follow each other by less than it says",
            "each delays each chunk by what it says",
            "A fault must be what it says it is.");

    private final String real;
    private final String ours;
    private final String why;
    private final Shown shown;

    /// Whether tests of this suite hold each server to its side.
    enum Shown {
        BY_TESTS,
        /// It takes more than the API and a socket, or was not worth a test: told as it was seen.
        BY_NO_TEST
    }

    Difference(String real, String ours, String why) {
        this(real, ours, why, Shown.BY_TESTS);
    }

    Difference(String real, String ours, String why, Shown shown) {
        this.real = real;
        this.ours = ours;
        this.why = why;
        this.shown = shown;
    }

    Shown shown() {
        return shown;
    }

    String real() {
        return real;
    }

    String ours() {
        return ours;
    }

    String why() {
        return why;
    }
}
