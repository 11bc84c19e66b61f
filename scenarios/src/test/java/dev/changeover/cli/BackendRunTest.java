package dev.changeover.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.changeover.toxics.backend.BackendChoice;
import dev.changeover.toxics.backend.BackendMissingException;
import dev.changeover.toxics.backend.Backends;
import dev.changeover.toxics.backend.EmbeddedBackend;
import dev.changeover.toxics.backend.ToxiproxyBackend;
import eu.rekawek.toxiproxy.Proxy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whole runs whose faults are set on a Toxiproxy that is not the run's own.
class BackendRunTest {

    @TempDir
    private Path folder;

    private Path out() {
        return folder.resolve("run");
    }

    private Shell outage(String toxiproxy) {
        return Shell.run(ShortRuns.of(
                "no-failover",
                out(),
                "--toxiproxy",
                toxiproxy,
                "--set",
                "faults.0.at=30s",
                "--set",
                "faults.0.for=50s"));
    }

    private void requireNoGoOf(Shell run, String toxiproxy) throws IOException {
        assertThat(run.out()).contains("NO_GO").contains("Region-outage held the old provider");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(Files.readString(out().resolve("report.html")))
                .contains(toxiproxy)
                .contains("this Toxiproxy tells of no connections");
    }

    @Test
    void anOutageOnASharedServerEndsAsOneOnTheRunsOwn() throws IOException {
        try (EmbeddedBackend shared = EmbeddedBackend.start(1, _ -> {})) {
            shared.client().createProxy("theirs", "127.0.0.1:0", "127.0.0.1:1");

            requireNoGoOf(outage("remote=" + shared.api()), "remote " + shared.api() + " (version 2.12.0)");

            assertThat(shared.client().getProxies()).extracting(Proxy::getName).containsExactly("theirs");
        }
    }

    @Test
    void anOutageByTheRealServerEndsTheSameWay() throws IOException {
        requireHere(new BackendChoice.Binary());
        requireNoGoOf(outage("binary"), "binary ");
    }

    @Test
    void anOutageByAContainerEndsTheSameWay() throws IOException {
        requireHere(new BackendChoice.Container());
        requireNoGoOf(outage("container"), "container ");
    }

    @Test
    void aToxiproxyThatDiesIsNoFaultOfTheGateways() throws Exception {
        EmbeddedBackend shared = EmbeddedBackend.start(1, _ -> {});
        CompletableFuture<Shell> run = CompletableFuture.supplyAsync(
                () -> Shell.run(ShortRuns.of("no-failover.calm", out(), "--toxiproxy", "remote=" + shared.api())));
        try {
            while (!run.isDone() && !hasRequests()) {
                TimeUnit.MILLISECONDS.sleep(20);
            }
        } finally {
            shared.close();
        }
        Shell ended = run.get(60, TimeUnit.SECONDS);
        assertThat(ended.exitCode()).as(ended.out() + ended.err()).isEqualTo(4);
        assertThat(ended.out() + ended.err()).contains("the Toxiproxy failed").contains("answers no longer");
    }

    @Test
    void oneThatIsNotThereIsSaidBeforeAnythingIsSent() {
        Shell run = outage("remote=http://127.0.0.1:1");
        assertThat(run.exitCode()).isEqualTo(4);
        assertThat(run.err()).contains("no Toxiproxy can be used at http://127.0.0.1:1");
    }

    @Test
    void oneThatIsUnknownIsBadInput() {
        Shell run = outage("docker");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("--toxiproxy docker: unknown Toxiproxy 'docker'", "remote=URL");
    }

    @Test
    void undoSaysWhenThereIsNothingToUndo() {
        Assumptions.assumeTrue(
                Backends.ofThisProcess().undoDeadRuns().isWhole(),
                "runs that died left here what cannot be undone yet");
        Shell undo = Shell.run("toxiproxy", "undo");
        assertThat(undo.exitCode()).isZero();
        assertThat(undo.out()).isEqualToIgnoringNewLines("nothing to undo");
    }

    private static void requireHere(BackendChoice choice) throws IOException {
        try (ToxiproxyBackend here = Backends.ofThisProcess().open(choice, 1, _ -> {})) {
            assertThat(here.failure()).isEmpty();
        } catch (BackendMissingException e) {
            Assumptions.abort("no %s here: %s".formatted(choice, e.getMessage()));
        }
    }

    private boolean hasRequests() throws IOException {
        Path history = out().resolve("history.jsonl");
        return Files.exists(history) && Files.readString(history).contains("\"event\":\"request\"");
    }
}
