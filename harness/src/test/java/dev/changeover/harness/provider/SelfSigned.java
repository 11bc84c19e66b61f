package dev.changeover.harness.provider;

import dev.changeover.harness.transport.Certificates;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;

/// A TLS server for `localhost` whose certificate no authority has signed.
final class SelfSigned {

    private SelfSigned() {}

    static ServerSocket serverSocket(Path folder) throws IOException {
        return Certificates.of(folder)
                .server()
                .getServerSocketFactory()
                .createServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }
}
