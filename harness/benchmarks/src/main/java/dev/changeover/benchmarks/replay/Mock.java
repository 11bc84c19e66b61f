package dev.changeover.benchmarks.replay;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/// The provider written in C: `src/main/c/mock.c` says what it does. The script compiles it.
final class Mock implements Server {

    /// A request as the provider saw it, by its clock.
    ///
    /// @param firstContentNanos 0: none was sent
    record Arrival(String id, long arrivedNanos, long firstContentNanos) {}

    private final Pinned process;
    private final int port;

    private Mock(Pinned process, int port) {
        this.process = process;
        this.port = port;
    }

    static Mock start(String program, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(program));
        command.addAll(List.of(arguments));
        Pinned process = Pinned.start(Pinned.SERVER_CORE, command, ProcessBuilder.Redirect.PIPE);
        BufferedReader out = process.process().inputReader();
        String line = out.readLine();
        if (line == null || !line.startsWith("port ")) {
            process.close();
            throw new UncheckedIOException(new IOException(program + " did not start"));
        }
        return new Mock(process, Integer.parseInt(line.substring("port ".length())));
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public Counters counters() throws IOException, InterruptedException {
        String[] words = Server.get(port, "/counters").strip().split(" ");
        return new Counters(Long.parseLong(words[0]), Long.parseLong(words[1]));
    }

    /// How far its worst chunk was behind the schedule.
    double behindMillis() throws IOException, InterruptedException {
        return Long.parseLong(Server.get(port, "/counters").strip().split(" ")[2]) / 1e6;
    }

    List<Arrival> arrivals() throws IOException, InterruptedException {
        return Server.get(port, "/arrivals").lines().map(Mock::arrival).toList();
    }

    private static Arrival arrival(String line) {
        String[] words = line.split(" ");
        return new Arrival(words[0], Long.parseLong(words[1]), Long.parseLong(words[2]));
    }

    @Override
    public void close() {
        process.close();
    }
}
