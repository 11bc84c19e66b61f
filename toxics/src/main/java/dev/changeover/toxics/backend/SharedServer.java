package dev.changeover.toxics.backend;

import eu.rekawek.toxiproxy.Proxy;
import eu.rekawek.toxiproxy.ToxiproxyClient;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/// A Toxiproxy that others use too: only proxies of ours are touched there, one at a time.
final class SharedServer {

    private SharedServer() {}

    static ToxiproxyClient client(URI server) {
        return new ToxiproxyClient(server.getHost(), server.getPort());
    }

    /// Whether it was there; it is not when this returns.
    static boolean delete(Leftover.SharedProxy ours) throws IOException {
        ServerVersion.at(ours.server());
        return Patience.USUAL.with("to delete " + ours.name(), () -> deleteIfThere(ours));
    }

    private static boolean deleteIfThere(Leftover.SharedProxy ours) throws IOException {
        List<? extends Proxy> all = client(ours.server()).getProxies();
        Optional<? extends Proxy> found = all.stream()
                .filter(proxy -> proxy.getName().equals(ours.name()))
                .findFirst();
        if (found.isPresent()) {
            found.get().delete();
        }
        return found.isPresent();
    }
}
