package dev.changeover.harness.gateway.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.changeover.harness.scenario.Gateway.ConfigFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigFilesTest {

    private static final byte[] THEIRS = {0, (byte) 0xff, '\r', '\n', 'x'};

    @TempDir
    Path folder;

    private Path work;
    private Path theirs;

    @BeforeEach
    void theUserHasAFile() throws IOException {
        work = Files.createDirectory(folder.resolve("work"));
        theirs = Files.createDirectory(folder.resolve("etc")).resolve("gateway.conf");
        Files.write(theirs, THEIRS);
        Files.writeString(folder.resolve("template"), "new = {{weight.new}}\n");
    }

    @Test
    void aFileOfTheUsersIsRenderedAndPutBackByteForByte() throws IOException {
        ConfigFiles files = files(theirs);
        assertThat(files.save()).isEmpty();
        files.render(Map.of("weight.new", "10"));
        files.render(Map.of("weight.new", "30"));
        assertThat(theirs).hasContent("new = 30\n");
        assertThat(theirs.resolveSibling("gateway.conf.changeover-before")).hasBinaryContent(THEIRS);
        assertThat(files.restore()).isEmpty();
        assertThat(theirs).hasBinaryContent(THEIRS);
        assertThat(beside(theirs)).containsExactly("gateway.conf");
    }

    @Test
    void whatWasNotThereIsGoneAgain() throws IOException {
        Files.delete(theirs);
        ConfigFiles files = files(theirs);
        files.save();
        files.render(Map.of("weight.new", "10"));
        files.restore();
        assertThat(beside(theirs)).isEmpty();
    }

    @Test
    void whatARunThatDiedLeftIsPutBackFirstAndSaid() throws IOException {
        ConfigFiles dead = files(theirs);
        dead.save();
        dead.render(Map.of("weight.new", "10"));
        dead.letGo();

        ConfigFiles files = files(theirs);
        assertThat(files.save())
                .containsExactly(theirs + " was left changed by a run that died; it was put back before this one");
        files.render(Map.of("weight.new", "30"));
        files.restore();
        assertThat(theirs).hasBinaryContent(THEIRS);
    }

    @Test
    void twoRunsCannotChangeOneFile() throws IOException {
        ConfigFiles first = files(theirs);
        first.save();
        first.render(Map.of("weight.new", "10"));

        ConfigFiles second = files(theirs);
        assertThatThrownBy(second::save).hasMessage(theirs + " is being changed by another run; wait for its end");
        assertThat(second.restore()).isEmpty();
        assertThat(theirs).hasContent("new = 10\n");
        assertThat(first.restore()).isEmpty();
        assertThat(theirs).hasBinaryContent(THEIRS);
        assertThat(beside(theirs)).containsExactly("gateway.conf");
    }

    @Test
    void whatARunThatDiedMadeIsGoneAgain() throws IOException {
        Files.delete(theirs);
        ConfigFiles dead = files(theirs);
        dead.save();
        dead.render(Map.of("weight.new", "10"));
        dead.letGo();

        ConfigFiles files = files(theirs);
        assertThat(files.save()).hasSize(1);
        assertThat(theirs).doesNotExist();
    }

    @Test
    void aLinkStaysALink() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link.conf"), theirs);
        ConfigFiles files = files(link);
        files.save();
        files.render(Map.of("weight.new", "10"));
        assertThat(theirs).hasContent("new = 10\n");
        files.restore();
        assertThat(theirs).hasBinaryContent(THEIRS);
        assertThat(link).isSymbolicLink();
    }

    @Test
    void itsPermissionsStayWhatTheyWere() throws IOException {
        assertThat(theirs.toFile().setReadable(false, false)).isTrue();
        assertThat(theirs.toFile().setReadable(true, true)).isTrue();
        var before = Files.getPosixFilePermissions(theirs);
        ConfigFiles files = files(theirs);
        files.save();
        files.render(Map.of("weight.new", "10"));
        assertThat(Files.getPosixFilePermissions(theirs)).isEqualTo(before);
        files.restore();
        assertThat(Files.getPosixFilePermissions(theirs)).isEqualTo(before);
    }

    @Test
    void oneThatCannotBePutBackIsNamedWithItsCopyAndTheOthersArePutBack() throws IOException {
        Path other = folder.resolve("other.conf");
        Files.write(other, THEIRS);
        ConfigFiles files = files(other, theirs);
        files.save();
        files.render(Map.of("weight.new", "10"));
        Files.delete(theirs);
        Files.createDirectories(theirs.resolve("now a folder"));

        assertThat(files.restore())
                .singleElement()
                .asString()
                .startsWith(theirs + " could not be put back (")
                .endsWith(theirs + ".changeover-before: copy it back by hand");
        assertThat(theirs.resolveSibling("gateway.conf.changeover-before")).hasBinaryContent(THEIRS);
        assertThat(other).hasBinaryContent(THEIRS);
    }

    @Test
    void aFileOfTheRunsOwnLiesInItsFolder() throws IOException {
        ConfigFiles files = files(Path.of("conf", "gateway.conf"));
        files.save();
        files.render(Map.of("weight.new", "10"));
        assertThat(files.paths()).containsExactly(work.resolve("conf/gateway.conf"));
        assertThat(work.resolve("conf/gateway.conf")).hasContent("new = 10\n");
    }

    @Test
    void aFileThatCannotBeWrittenIsNamed() {
        assertThatThrownBy(() -> files(Path.of("../outside")).render(Map.of("weight.new", "10")))
                .hasMessage(
                        "../outside leads out of the gateway's work folder; name a file in it, or an absolute path");
        assertThatThrownBy(() -> files(folder.resolve("no/such/file")).save())
                .hasMessageStartingWith(folder.resolve("no/such/file") + " cannot be saved before the run changes it");
        assertThatThrownBy(() -> files(theirs).render(Map.of()))
                .hasMessageStartingWith(folder.resolve("template") + ": {{weight.new}} has no value");
    }

    private ConfigFiles files(Path... targets) {
        return new ConfigFiles(
                Stream.of(targets)
                        .map(to -> new ConfigFile(folder.resolve("template"), to))
                        .toList(),
                work);
    }

    private static List<String> beside(Path file) throws IOException {
        try (Stream<Path> files = Files.list(file.getParent())) {
            return files.map(one -> one.getFileName().toString()).toList();
        }
    }
}
