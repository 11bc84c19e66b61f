package dev.changeover.harness.replay;

import static dev.changeover.harness.replay.Replay.PATIENT;
import static dev.changeover.harness.replay.Transports.secure;
import static dev.changeover.harness.replay.Transports.trusting;
import static dev.changeover.harness.replay.Transports.withGzip;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.changeover.harness.history.Event;
import dev.changeover.harness.scenario.Transport.Http;
import dev.changeover.harness.transport.Certificates;
import dev.changeover.harness.wire.Outcome;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A server of others: nginx with TLS, HTTP/2 and gzip, which goes away after a few requests.
@Timeout(60)
class NginxTest {

    private static final int REQUESTS_A_CONNECTION = 5;
    private static final String ANSWER = "{\"model\":\"m\",\"choices\":[{\"index\":0,\"message\":{\"content\":\"Hi\"},"
            + "\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":1}}";

    @TempDir
    private Path folder;

    @Test
    void everyRequestIsServedAlthoughConnectionsEnd() throws Exception {
        Path program = Stream.of("/usr/sbin/nginx", "/usr/local/sbin/nginx", "/usr/bin/nginx")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(folder.resolve("none"));
        assumeThat(program).as("nginx, a package of Debian").isExecutable();
        Certificates certificates = Certificates.of(folder);
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Process nginx = new ProcessBuilder(
                        program.toString(), "-c", configuration(certificates, port), "-p", "" + folder)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("nginx.log").toFile())
                .start();
        try {
            awaitListening(nginx, port);
            for (Http http : Http.values()) {
                try (Replay replay = new Replay(PATIENT, secure(port, withGzip(trusting(certificates, http))))) {
                    for (int number = 0; number < 3 * REQUESTS_A_CONNECTION; number++) {
                        replay.replayer()
                                .play(List.of(Replay.request(number, 0)).iterator());
                        replay.replayer().drain();
                    }
                    assertThat(replay.requests())
                            .as(http.name())
                            .hasSize(3 * REQUESTS_A_CONNECTION)
                            .extracting(Event.Request::outcome)
                            .containsOnly(Outcome.SERVED);
                }
            }
            assertThat(Files.readString(folder.resolve("access.log")))
                    .contains("HTTP/1.1 gzip", "HTTP/2.0 gzip")
                    .doesNotContain(" -");
        } finally {
            nginx.destroy();
            nginx.waitFor(10, TimeUnit.SECONDS);
        }
    }

    private String configuration(Certificates certificates, int port) throws IOException {
        return Files.writeString(folder.resolve("nginx.conf"), """
            daemon off;
            master_process off;
            pid %1$s/pid;
            error_log %1$s/error.log;
            events {}
            http {
              client_body_temp_path %1$s/body;
              proxy_temp_path %1$s/proxy;
              fastcgi_temp_path %1$s/fastcgi;
              uwsgi_temp_path %1$s/uwsgi;
              scgi_temp_path %1$s/scgi;
              log_format short '$server_protocol $sent_http_content_encoding';
              access_log %1$s/access.log short;
              gzip on;
              gzip_types application/json;
              gzip_min_length 1;
              keepalive_requests %2$d;
              server {
                listen 127.0.0.1:%3$d ssl http2;
                ssl_certificate %4$s;
                ssl_certificate_key %5$s;
                default_type application/json;
                location / { return 200 '%6$s'; }
              }
            }
            """.formatted(
                                folder, REQUESTS_A_CONNECTION, port, certificates.pem(), certificates.keyPem(), ANSWER))
                .toString();
    }

    private void awaitListening(Process nginx, int port) throws IOException {
        while (nginx.isAlive()) {
            try (Socket _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return;
            } catch (IOException _) {
                Thread.onSpinWait();
            }
        }
        throw new IOException("nginx ended: " + Files.readString(folder.resolve("nginx.log")));
    }
}
