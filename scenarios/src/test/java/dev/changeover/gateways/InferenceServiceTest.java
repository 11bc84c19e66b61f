package dev.changeover.gateways;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class InferenceServiceTest {

    @TempDir
    Path work;

    @Test
    void itsHealthIsGreenItsErrorsAre500AndItsRollbackDoesNothing() throws Exception {
        try (FakeProvider provider = new FakeProvider();
                StartedProgram service =
                        new StartedProgram("InferenceService.java", work, Map.of("UPSTREAM", provider.base()))) {
            provider.answers(429);
            assertThat(service.ask("m", false).statusCode()).isEqualTo(500);
            assertThat(service.ask("m", true).statusCode()).isEqualTo(500);
            assertThat(service.get("/health").statusCode()).isEqualTo(200);
            assertThat(service.get("/metrics").statusCode()).isEqualTo(404);
            assertThat(service.get("/v1/models").body()).contains("deepseek-chat");

            provider.answers(200);
            assertThat(service.ask("m", true).body())
                    .contains("good")
                    .doesNotContain("finish_reason")
                    .doesNotContain("[DONE]");

            CountDownLatch stall = provider.stalls();
            CompletableFuture<HttpResponse<String>> slow = service.asking("m", false);
            service.await(() -> provider.asked.size() == 1);
            assertThatThrownBy(() -> service.get("/health", Duration.ofMillis(500)))
                    .isInstanceOf(HttpTimeoutException.class);
            stall.countDown();
            assertThat(slow.join().statusCode()).isEqualTo(200);

            assumeTrue(StartedProgram.hasShellAndCurl(), "the script needs sh and curl");
            rollBack(provider, service);
        }
    }

    private void rollBack(FakeProvider provider, StartedProgram service) throws Exception {
        Path config = Files.writeString(work.resolve("config"), "provider: new\n");
        Path backup = work.resolve("backup");
        Map<String, String> settings = Map.of("CONFIG", config.toString(), "BACKUP", backup.toString(), "WAIT", "20");
        assertThat(service.run("inference-rollback.sh", settings)).isEqualTo(1);
        assertThat(service.log()).contains("there is no backup at");

        Files.writeString(backup, "provider: old\n");
        assertThat(service.run("inference-rollback.sh", settings)).isZero();
        assertThat(service.log()).contains("rollback successful");
        assertThat(config).hasContent("provider: old");
        try (Stream<Path> files = Files.list(work)) {
            List<Path> saved = files.filter(
                            file -> file.getFileName().toString().startsWith("config."))
                    .toList();
            assertThat(saved).singleElement().satisfies(file -> assertThat(file).hasContent("provider: new"));
        }
        provider.answers(200);
        assertThat(service.ask("m", false).statusCode()).isEqualTo(200);
        assertThat(provider.asked).as("still the provider of before").hasSize(1);
    }
}
