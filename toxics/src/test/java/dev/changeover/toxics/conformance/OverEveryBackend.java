package dev.changeover.toxics.conformance;

import dev.changeover.toxics.backend.ToxiproxyBackend;
import dev.changeover.toxics.server.TestClient;
import dev.changeover.toxics.server.TestUpstream;
import eu.rekawek.toxiproxy.Proxy;
import eu.rekawek.toxiproxy.ToxiproxyClient;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// A class of tests that each Toxiproxy passes: ours, and the real one, which says what is right.
///
/// A test starts on a server without proxies. Where the two differ, the test asks `differs`, and so holds each of
/// them to what it does.
@ParameterizedClass(name = "{0}")
@EnumSource(Backend.class)
@ExtendWith(Results.class)
abstract class OverEveryBackend {

    @Parameter
    Backend backend;

    private final Set<Difference> shown = EnumSet.noneOf(Difference.class);
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private ToxiproxyBackend server;

    @BeforeEach
    final void takeTheServer() throws IOException {
        server = backend.shared();
        try {
            for (Proxy proxy : client().getProxies()) {
                proxy.delete();
            }
        } catch (IOException _) {
            backend.stop();
            server = backend.shared();
        }
    }

    @AfterEach
    final void closeWhatWasOpened() throws Exception {
        while (!opened.isEmpty()) {
            opened.pop().close();
        }
    }

    /// A new one: a client remembers the proxies it made.
    final ToxiproxyClient client() {
        return new ToxiproxyClient(server.api().getHost(), server.api().getPort());
    }

    final RawApi api() {
        return new RawApi(server.api());
    }

    /// Gives the test a server of its own, for what may hang or kill it.
    final void useAFreshServer() throws IOException {
        server = closing(backend.start());
    }

    /// What is right here, where the real server does one thing and ours another.
    final <T> T differs(Difference difference, T real, T ours) {
        if (real.equals(ours)) {
            throw new IllegalArgumentException(difference + " does not differ: " + real);
        }
        shown.add(difference);
        return backend.isReal() ? real : ours;
    }

    /// Whether it is the real server that is held to its side of a difference.
    final boolean asReal(Difference difference) {
        return differs(difference, true, false);
    }

    final Set<Difference> shown() {
        return shown;
    }

    final <T extends AutoCloseable> T closing(T resource) {
        opened.push(resource);
        return resource;
    }

    final TestUpstream echo() throws IOException {
        return closing(TestUpstream.echo());
    }

    final TestUpstream upstreamThat(TestUpstream.Talk talk) throws IOException {
        return closing(TestUpstream.thatDoes(talk));
    }

    final Proxy proxyTo(TestUpstream upstream) throws IOException {
        return client().createProxy("p", "127.0.0.1:0", upstream.address());
    }

    final TestClient connect(Proxy proxy) throws IOException {
        return closing(TestClient.of(proxy));
    }
}
