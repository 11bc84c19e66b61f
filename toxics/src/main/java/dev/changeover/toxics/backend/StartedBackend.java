package dev.changeover.toxics.backend;

import eu.rekawek.toxiproxy.ToxiproxyClient;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;

/// The real Toxiproxy, started for this run on a free port of the loopback and ended with it. Its API asks for no
/// secret: every user of the machine can reach it while it runs.
final class StartedBackend implements ToxiproxyBackend {

    private final String what;
    private final Launched server;
    private final ServerVersion version;
    private final Leftover leftover;
    private final Journal journal;

    private StartedBackend(String what, Launch.Answering<?> started, Leftover leftover, Journal journal) {
        this.what = what;
        this.server = started.server();
        this.version = started.version();
        this.leftover = leftover;
        this.journal = journal;
    }

    /// @param what it is, for the report and for errors: `binary /usr/bin/toxiproxy-server`
    /// @param leftover what is there if the run dies
    /// @param journal closed with it, and when this throws
    /// @throws IOException saying why it could not be started; then nothing is left
    static StartedBackend start(String what, Leftover leftover, Journal journal, Launch.OnPort<?> how)
            throws IOException {
        try {
            journal.begin(leftover);
            StartedBackend backend = new StartedBackend(what, new Launch(what).start(how), leftover, journal);
            backend.requireOurLoopback();
            return backend;
        } catch (IOException | RuntimeException e) {
            journal.isGone(leftover);
            journal.close();
            throw e;
        }
    }

    private void requireOurLoopback() throws IOException {
        try {
            LoopbackProbe.require(client(), Leftover.OURS + "probe");
        } catch (IOException | RuntimeException e) {
            server.end();
            throw e;
        }
    }

    @Override
    public ToxiproxyClient client() {
        return new ToxiproxyClient(Launch.HOST, api().getPort());
    }

    @Override
    public URI api() {
        return server.api();
    }

    @Override
    public String description() {
        return "%s (version %s)".formatted(what, version.text());
    }

    @Override
    public Optional<String> failure() {
        Optional<String> ended = server.ended();
        if (ended.isPresent()) {
            return Optional.of("%s ended, %s; its last lines:%s".formatted(what, ended.get(), server.lastLines()));
        }
        try {
            ServerVersion.at(api());
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of("%s runs, but answers no longer: %s".formatted(what, e.getMessage()));
        }
    }

    @Override
    public void close() {
        server.end();
        journal.isGone(leftover);
        journal.close();
    }
}
