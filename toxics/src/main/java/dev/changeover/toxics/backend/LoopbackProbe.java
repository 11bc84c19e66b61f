package dev.changeover.toxics.backend;

import eu.rekawek.toxiproxy.Proxy;
import eu.rekawek.toxiproxy.ToxiproxyClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/// Whether a Toxiproxy shares our loopback: it answers us, but may live in a network of its own all the same.
final class LoopbackProbe {

    private static final int PATIENCE_MILLIS = 3_000;

    private LoopbackProbe() {}

    /// @param name of the proxy that is made for it, and gone when this returns
    /// @throws IOException when no bytes go from us through it to us
    static void require(ToxiproxyClient client, String name) throws IOException {
        InetAddress loopback = InetAddress.getByName(Launch.HOST);
        try (ServerSocket upstream = new ServerSocket(0, 1, loopback)) {
            upstream.setSoTimeout(PATIENCE_MILLIS);
            String site = Launch.HOST + ":" + upstream.getLocalPort();
            Proxy proxy =
                    Patience.USUAL.with("to make a proxy", () -> client.createProxy(name, Launch.HOST + ":0", site));
            try (Socket asking = new Socket(loopback, portOf(proxy.getListen()));
                    Socket answering = upstream.accept()) {
                answering.setSoTimeout(PATIENCE_MILLIS);
                asking.getOutputStream().write(name.length());
                if (answering.getInputStream().read() != name.length()) {
                    throw new IOException("a byte was lost");
                }
            } catch (IOException e) {
                throw new IOException(
                        "the Toxiproxy answers, but does not share this machine's loopback, where the providers' taps listen (%s); a container must be on the host's network, which Docker Desktop has to be told to allow: --toxiproxy binary needs none"
                                .formatted(e.getMessage()),
                        e);
            } finally {
                proxy.delete();
            }
        }
    }

    private static int portOf(String listen) {
        return Integer.parseInt(listen.substring(listen.lastIndexOf(':') + 1));
    }
}
