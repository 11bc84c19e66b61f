package dev.changeover.toxics.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.rekawek.toxiproxy.Proxy;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeadRunsTest {

    @TempDir
    private Path folder;

    private Path journal(String text) throws IOException {
        return Files.writeString(folder.resolve("dead.journal"), text);
    }

    private List<String> undo() {
        return new DeadRuns(folder).undo().told();
    }

    @Test
    void nothingIsThereToUndo() {
        assertThat(undo()).isEmpty();
        assertThat(new DeadRuns(folder.resolve("none")).undo()).isEqualTo(new Clearance(List.of(), true));
    }

    @Test
    void aProxyLeftOnASharedServerIsDeletedAndNobodyElses() throws IOException {
        try (EmbeddedBackend shared = EmbeddedBackend.start(1, _ -> {})) {
            for (String name : new String[] {"old", "changeover-dead-old", "changeover-other-old"}) {
                shared.client().createProxy(name, "127.0.0.1:0", "127.0.0.1:1");
            }
            journal("proxy changeover-dead-old %s\nproxy changeover-dead-new %1$s\n".formatted(shared.api()));

            assertThat(undo())
                    .containsExactly("the proxy changeover-dead-old at %s was left by a run that died; it is gone now"
                            .formatted(shared.api()));

            assertThat(shared.client().getProxies())
                    .extracting(Proxy::getName)
                    .containsExactlyInAnyOrder("old", "changeover-other-old");
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aProcessIsKnownByTheSeedItWasStartedWith() throws IOException, InterruptedException {
        Process ours = new ProcessBuilder("sh", "-c", "read nothing", "-", "-seed", "7205759403792793").start();
        Process another = new ProcessBuilder("sh", "-c", "read nothing", "-", "-seed", "7205759403792794").start();
        try {
            journal("process 7205759403792793\n");

            assertThat(undo()).singleElement().asString().contains("-seed 7205759403792793", "it is gone now");

            assertThat(ours.waitFor(10, TimeUnit.SECONDS)).isTrue();
            assertThat(another.isAlive()).isTrue();
        } finally {
            ours.destroyForcibly();
            another.destroyForcibly();
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void whatIsGoneAlreadyIsNotWorthASentence() throws IOException {
        journal("process 7205759403792795\n");
        assertThat(undo()).isEmpty();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aServerThatIsAwayIsTriedAgainButNotForever() throws IOException {
        Path journal = journal("proxy changeover-dead-old http://127.0.0.1:1\n");

        Clearance clearance = new DeadRuns(folder).undo();
        assertThat(clearance.told())
                .singleElement()
                .asString()
                .contains("cannot be undone now", "the next start tries again");
        assertThat(clearance.isWhole()).isFalse();
        assertThat(journal).exists();

        Files.setLastModifiedTime(journal, FileTime.from(Instant.now().minus(Duration.ofDays(8))));
        assertThat(undo()).hasSize(2).last().asString().contains("given up after 7 days");
        assertThat(journal).doesNotExist();
    }

    @Test
    void aJournalThatNothingWasWrittenToIsKeptForTheRunThatMayBeAboutToButNotForever() throws IOException {
        Path journal = journal("");
        assertThat(undo()).isEmpty();
        assertThat(journal).exists();

        Files.setLastModifiedTime(journal, FileTime.from(Instant.now().minus(Duration.ofDays(8))));
        assertThat(undo()).isEmpty();
        assertThat(journal).doesNotExist();
    }

    @Test
    void aRunThatLivesIsLeftAlone() throws IOException {
        try (EmbeddedBackend shared = EmbeddedBackend.start(1, _ -> {});
                Journal living = Journal.open(folder)) {
            shared.client().createProxy("changeover-living-old", "127.0.0.1:0", "127.0.0.1:1");
            living.begin(new Leftover.SharedProxy("changeover-living-old", shared.api()));

            assertThat(undo()).isEmpty();

            assertThat(shared.client().getProxies()).hasSize(1);
        }
    }

    @Test
    void whatWasNotWrittenWholeOrNotByUsIsLeftOut() throws IOException {
        journal("""
            proxy old http://127.0.0.1:1
            proxy changeover-a-old http://example.com:8474
            proxy changeover-a-old
            container theirs
            process all
            \0\u0001
            proxy changeover-a-old http://127.0.\
            """);
        assertThat(undo()).isEmpty();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void whatIsNotOursIsNoLeftover() {
        assertThatThrownBy(() -> new Leftover.SharedProxy("old", URI.create("http://127.0.0.1:8474")))
                .hasMessageContaining("'old' is no name of ours");
        assertThatThrownBy(() -> new Leftover.Container("postgres")).hasMessageContaining("'postgres'");
    }
}
