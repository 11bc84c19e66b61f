package dev.changeover.benchmarks.replay;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/// What many would write: the JDK's client, a virtual thread for each request, the stream read by lines. It looks for
/// content in the text of a line and parses no JSON.
final class JdkClient {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final String CONTENT = "\"content\":\"";

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Load load;
    private final byte[] body;
    private final long t0;
    private final Seen seen;

    private JdkClient(Load load) {
        this.load = load;
        this.body = load.body();
        this.t0 = System.nanoTime() + (1 + load.warmUpSeconds()) * SECOND;
        this.seen = new Seen(t0);
    }

    public static void main(String[] args) throws IOException {
        Load load = Load.parse(args);
        JdkClient client = new JdkClient(load);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            if (load.rate() > 0) {
                client.paced(threads);
            } else {
                client.closed(threads);
            }
        }
        client.seen.write(load.seen());
    }

    private void paced(ExecutorService threads) {
        long last = (long) load.rate() * load.totalSeconds();
        for (long number = -(long) load.rate() * load.warmUpSeconds(); number < last; number++) {
            long due = t0 + number * SECOND / load.rate();
            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            String id = Ids.of(number, load);
            threads.execute(() -> exchange(id));
        }
    }

    private void closed(ExecutorService threads) {
        long end = t0 + load.totalSeconds() * SECOND;
        for (int connection = 0; connection < Load.CONNECTIONS; connection++) {
            threads.execute(() -> {
                while (System.nanoTime() < end) {
                    exchange("none");
                }
            });
        }
    }

    private void exchange(String id) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(load.url()))
                .header("Content-Type", "application/json")
                .header(Ids.HEADER, id)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        try {
            if (load.stream()) {
                read(client.send(request, HttpResponse.BodyHandlers.ofLines()), id);
            } else {
                client.send(request, HttpResponse.BodyHandlers.ofByteArray());
            }
        } catch (IOException e) {
            System.err.println("the JDK's client: " + e);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void read(HttpResponse<Stream<String>> answer, String id) {
        boolean[] any = {false};
        try (Stream<String> lines = answer.body()) {
            lines.forEach(line -> {
                if (!any[0] && hasContent(line)) {
                    any[0] = true;
                    seen.note(id, OptionalLong.of(System.nanoTime() - t0));
                }
            });
        }
    }

    private static boolean hasContent(String line) {
        int at = line.indexOf(CONTENT);
        return at > 0 && line.charAt(at + CONTENT.length()) != '"';
    }
}
