package dev.changeover.toxics.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A process with both peers of many connections in it, so that this one holds only the proxy's.
///
/// It prints the port of its upstream, is told the proxy's and a number of connections, opens them, says a byte on
/// each when told so, prints how many bytes came through, and goes when its input ends.
final class Crowd implements AutoCloseable {

    private final Process process;
    private final BufferedReader output;

    private Crowd(Process process) {
        this.process = process;
        this.output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    static Crowd start() throws IOException {
        return new Crowd(new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Crowd.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    int number() throws IOException {
        return Integer.parseInt(output.readLine());
    }

    void tell(int number) throws IOException {
        process.getOutputStream().write((number + "\n").getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
    }

    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        process.onExit().join();
    }

    public static void main(String[] args) throws IOException {
        BufferedReader told = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try (ServerSocketChannel upstream = ServerSocketChannel.open()) {
            InetAddress loopback = InetAddress.getLoopbackAddress();
            upstream.bind(new InetSocketAddress(loopback, 0), 4096);
            System.out.println(upstream.socket().getLocalPort());
            InetSocketAddress proxy = new InetSocketAddress(loopback, Integer.parseInt(told.readLine()));
            int connections = Integer.parseInt(told.readLine());
            List<SocketChannel> clients = new ArrayList<>();
            List<SocketChannel> peers = new ArrayList<>();
            for (int i = 0; i < connections; i++) {
                clients.add(SocketChannel.open(proxy));
                peers.add(upstream.accept());
            }
            System.out.println(connections);
            told.readLine();
            for (SocketChannel client : clients) {
                client.write(ByteBuffer.wrap(new byte[] {1}));
            }
            int through = 0;
            for (SocketChannel peer : peers) {
                through += peer.read(ByteBuffer.allocate(2));
            }
            System.out.println(through);
            told.readLine();
        }
    }
}
