package dev.changeover.reports.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportsTest {

    @Test
    void theSameRunGivesTheSameBytesAndNothingUnfinishedIsLeft(@TempDir Path folder) throws IOException {
        Path first = Files.createDirectory(folder.resolve("first"));
        Path second = Files.createDirectory(folder.resolve("second"));

        Reports.writeAll(Samples.failover().judgement(), Samples.failover().history(), first);
        Reports.writeAll(Samples.failover().judgement(), Samples.failover().history(), second);
        Reports.writeAll(Samples.failover().judgement(), Samples.failover().history(), second);

        assertThat(names(second)).isEqualTo(names(first)).doesNotHaveDuplicates();
        for (String name : names(first)) {
            assertThat(second.resolve(name)).hasSameBinaryContentAs(first.resolve(name));
            assertThat(name).doesNotEndWith(".part");
        }
    }

    private static List<String> names(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
