package dev.changeover.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RunRowTest {

    @Test
    void theTableIsAsWideAsItsLongestCells() {
        assertThat(RunRow.table(List.of(
                        new RunRow("a", "GO", "all is well", "0.0 s", "0", "-", 0),
                        new RunRow("a.faithful", "NO_GO", "the gate\nbroke", "never", "1234", "12.3 s", 1))))
                .isEqualToNormalizingNewlines("""
                    scenario    verdict  RTO    lost  rollback  exit
                    a           GO       0.0 s  0     -         0
                      all is well
                    a.faithful  NO_GO    never  1234  12.3 s    1
                      the gate broke
                    """);
    }

    @Test
    void aLongReasonIsCutToTheLine() {
        String table = RunRow.table(List.of(RunRow.failed("a", "why ".repeat(100), 4)));

        assertThat(table.lines()).allMatch(line -> line.length() <= 100).anyMatch(line -> line.endsWith("why..."));
    }

    @Test
    void theExitCodeOfSeveralIsOursFirstAndThenTheWorstVerdict() {
        assertThat(ExitCode.ofAll(List.of(0, 0))).isZero();
        assertThat(ExitCode.ofAll(List.of(0, 3))).isEqualTo(3);
        assertThat(ExitCode.ofAll(List.of(3, 1, 0))).isEqualTo(1);
        assertThat(ExitCode.ofAll(List.of(1, 4, 3))).isEqualTo(4);
    }
}
