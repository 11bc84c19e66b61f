package dev.changeover.harness.rehearsal;

import static dev.changeover.harness.gateway.program.Shell.assertSoon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.changeover.harness.gateway.program.Shell;
import dev.changeover.harness.history.Event;
import dev.changeover.harness.history.Event.ProcessStep;
import dev.changeover.harness.history.Event.RunEnded.End;
import dev.changeover.harness.history.Event.WeightStep;
import dev.changeover.harness.history.History;
import dev.changeover.harness.history.HistoryReader;
import dev.changeover.harness.scenario.ScenarioParser;
import dev.changeover.harness.units.Arm;
import dev.changeover.harness.wire.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Whole runs before a gateway that is a program, with a configuration file of the user's.
@Timeout(120)
class CommandGatewayTest {

    private static final byte[] THEIRS = {'7', '\r', '\n', 0, (byte) 0xff};

    private static final String LITTLE_GATEWAY = """
            run: ["{{java}}", "-XX:TieredStopAtLevel=1", "-Xshare:auto", "%1$s/LittleGateway.java", "{{port}}",
                  "{{old.url}}", "{{new.url}}", "%1$s/gateway.conf"]
        """;

    @TempDir
    Path folder;

    private Path theirs;

    @BeforeEach
    void theUserHasAConfiguration() throws Exception {
        Shell.assumeThereIsOne();
        theirs = folder.resolve("gateway.conf");
        Files.write(theirs, THEIRS);
        Files.writeString(folder.resolve("template"), "{{weight.new}}\n");
        Files.copy(
                Path.of(Shell.class.getResource("LittleGateway.java").toURI()), folder.resolve("LittleGateway.java"));
        StringBuilder trace = new StringBuilder("{\"changeover_trace\":1,\"about\":\"Made up.\"}\n");
        for (int i = 0; i < 60; i++) {
            trace.append("{\"at_ms\":%d,\"model\":\"m\",\"stream\":true,\"input_tokens\":5,\"output_tokens\":5}%n"
                    .formatted(i * 50));
        }
        Files.writeString(folder.resolve("trace.jsonl"), trace);
    }

    @Test
    void itServesTakesAWeightOnASignalAndLeavesNothingChanged() throws Exception {
        Shell.assumeHangUpsAreHeard();
        Event.RunEnded ended =
                rehearsal(LITTLE_GATEWAY.formatted(folder), _ -> {}).run();
        assertThat(ended.end()).isEqualTo(End.COMPLETED);
        History history = HistoryReader.read(file());
        assertThat(history.requests()).hasSize(60).allMatch(request -> request.outcome() instanceof Outcome.Served);
        assertThat(history.gateway().process())
                .extracting(Event.GatewayProcess::step)
                .containsExactly(ProcessStep.STARTED, ProcessStep.READY, ProcessStep.STOPPED);
        assertThat(history.change().weights())
                .extracting(Event.Weight::step)
                .containsExactly(WeightStep.ASKED, WeightStep.IN_FORCE);
        assertThat(history.ledger()).anyMatch(call -> call.arm() == Arm.NEW).anyMatch(call -> call.arm() == Arm.OLD);
        assertThat(folder.resolve("run/gateway.log")).content().contains("serving at 0 %");
        assertPutBack();
    }

    @Test
    void oneThatDiesInTheMiddleIsToldAndTheRunGoesOnToItsEnd() throws Exception {
        AtomicReference<Boolean> killed = new AtomicReference<>(false);
        Rehearsal rehearsal = rehearsal(LITTLE_GATEWAY.formatted(folder), progress -> {
            if (progress.atSeconds() > 0.5 && !killed.getAndSet(true)) {
                gatewayProcess().destroyForcibly();
            }
        });
        assertThat(rehearsal.run().end()).isEqualTo(End.COMPLETED);
        History history = HistoryReader.read(file());
        assertThat(history.gateway().process())
                .extracting(Event.GatewayProcess::step)
                .containsExactly(ProcessStep.STARTED, ProcessStep.READY, ProcessStep.DIED);
        assertThat(history.gateway().process().getLast().detail()).startsWith("exited with code 137; it last said: ");
        assertThat(history.requests()).hasSize(60).anyMatch(request -> request.outcome() instanceof Outcome.Failed);
        assertPutBack();
    }

    @Test
    void oneThatEndsBeforeItIsReadyIsAFindingAndNothingIsSent() throws Exception {
        Event.RunEnded ended = rehearsal("run: [sh, -c, 'echo no such setting; exit 2']", _ -> {})
                .run();
        assertThat(ended.end()).isEqualTo(End.GATEWAY_NOT_READY);
        assertThat(ended.detail()).isEqualTo("it exited with code 2; it last said: no such setting");
        History history = HistoryReader.read(file());
        assertThat(history.requests()).isEmpty();
        assertThat(history.ledger()).isEmpty();
        assertThat(history.gateway().process())
                .extracting(Event.GatewayProcess::step)
                .containsExactly(ProcessStep.STARTED, ProcessStep.NOT_READY);
        assertPutBack();
    }

    @Test
    void oneThatNeverListensIsStoppedAfterItsTime() throws Exception {
        Event.RunEnded ended =
                rehearsal("run: [sh, -c, 'exec sleep 1000']", "500ms", _ -> {}).run();
        assertThat(ended.end()).isEqualTo(End.GATEWAY_NOT_READY);
        assertThat(ended.detail()).contains("/health did not answer 200 within 500ms: no answer (ConnectException)");
        assertThat(HistoryReader.read(file()).gateway().process())
                .extracting(Event.GatewayProcess::step)
                .containsExactly(ProcessStep.STARTED, ProcessStep.NOT_READY, ProcessStep.STOPPED);
        assertPutBack();
    }

    @Test
    void oneThatIsNotThereIsAFindingToo() throws Exception {
        Event.RunEnded ended = rehearsal("run: [no-such-gateway-here]", _ -> {}).run();
        assertThat(ended.end()).isEqualTo(End.GATEWAY_NOT_READY);
        assertThat(ended.detail()).startsWith("no-such-gateway-here could not be started:");
        assertPutBack();
    }

    @Test
    void anInterruptWhileItIsWaitedForUndoesEverything() throws Exception {
        Rehearsal rehearsal = rehearsal("run: [sh, -c, 'echo $$ > pid; exec sleep 1000']", _ -> {});
        Thread stopping = Thread.ofVirtual().start(() -> {
            try {
                Shell.processIn(folder.resolve("run/gateway/pid"));
                assertSoon(() -> Files.readString(theirs).equals("0\n"));
            } catch (Exception e) {
                throw new IllegalStateException(e);
            } finally {
                rehearsal.stop(End.INTERRUPTED, "");
            }
        });
        assertThat(rehearsal.run().end()).isEqualTo(End.INTERRUPTED);
        stopping.join();
        assertThat(HistoryReader.read(file()).requests()).isEmpty();
        assertPutBack();
    }

    @Test
    void aConfigurationThatCannotBePutBackIsSaidAndItsCopyKept() throws Exception {
        Rehearsal rehearsal =
                rehearsal("run: [sh, -c, 'rm %1$s; mkdir -p %1$s/full; exit 2']".formatted(theirs), _ -> {});
        assertThatThrownBy(rehearsal::run)
                .isInstanceOf(TestbedException.class)
                .hasMessageContaining(theirs + " could not be put back")
                .hasMessageContaining("gateway.conf.changeover-before: copy it back by hand");
        assertThat(rehearsal.notUndone()).hasSize(1);
        assertThat(folder.resolve("gateway.conf.changeover-before")).hasBinaryContent(THEIRS);
        assertThat(HistoryReader.read(file()).ended().orElseThrow().end()).isEqualTo(End.TESTBED_FAILED);
    }

    private void assertPutBack() throws IOException {
        assertThat(theirs).hasBinaryContent(THEIRS);
        assertThat(folder.resolve("gateway.conf.changeover-before")).doesNotExist();
    }

    private static ProcessHandle gatewayProcess() {
        return ProcessHandle.current()
                .children()
                .filter(child -> child.info().commandLine().orElse("").contains("LittleGateway.java"))
                .findFirst()
                .orElseThrow();
    }

    private Rehearsal rehearsal(String run, Consumer<Progress> watcher) throws Exception {
        return rehearsal(run, "60s", watcher);
    }

    private Rehearsal rehearsal(String run, String readyWithin, Consumer<Progress> watcher) throws Exception {
        String yaml = """
            scenario: program
            about: A gateway that is a program.
            traffic: { trace: trace.jsonl, window: { from: 0s, length: 4s }, warm_up: 100ms, stream: 0%% }
            providers: { old: { simulate: {} }, new: { simulate: {} } }
            gateway:
              command:
                %s
                files: [ { template: template, to: "%s" } ]
                health: /health
                ready: { path: /health, within: %s }
                weights: { reload: HUP }
            rollout: { at: 1s, weights: [100%%], hold: 1s, gate: calendar }
            rollback: { verify: { within: 10s } }
            expect: { lost: { max: 0 } }
            """.formatted(run.strip(), theirs, readyWithin);
        ScenarioParser.Parsed parsed = ScenarioParser.parse(yaml, "program.yaml", folder, List.of());
        Files.createDirectories(folder.resolve("run"));
        return new Rehearsal(parsed, Plan.of(parsed.scenario()), _ -> Optional.empty(), file(), watcher);
    }

    private Path file() {
        return folder.resolve("run/history.jsonl");
    }
}
