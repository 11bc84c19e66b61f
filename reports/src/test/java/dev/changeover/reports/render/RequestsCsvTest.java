package dev.changeover.reports.render;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.util.List;
import org.junit.jupiter.api.Test;

class RequestsCsvTest {

    @Test
    void aPairedRunHasARowForEachRequestAndArm() {
        List<NamedCsvRecord> rows = rows(Samples.paired());

        assertThat(rows).hasSize(2 * SampleHistories.REQUESTS);
        assertThat(rows.getFirst().getField("number")).isEqualTo("0");
        assertThat(rows.getFirst().getField("arm")).isEqualTo("old");
        assertThat(rows.getFirst().getField("served_by")).isEqualTo("old");
        assertThat(rows.getFirst().getField("attempts")).isEqualTo("1");
        assertThat(rows.getFirst().getField("due_ms")).isEqualTo("0.000");
    }

    @Test
    void behindAGatewayTheLedgerSaysWhoServedAndItsAttemptsHowOften() {
        List<NamedCsvRecord> inOutage = rows(Samples.failover()).stream()
                .filter(row -> Double.parseDouble(row.getField("due_ms")) >= 40_000
                        && Double.parseDouble(row.getField("due_ms")) < 44_000
                        && row.getField("outcome").equals("served"))
                .toList();

        assertThat(inOutage).isNotEmpty().allSatisfy(row -> {
            assertThat(row.getField("arm")).isEmpty();
            assertThat(row.getField("served_by")).isEqualTo("new");
            assertThat(row.getField("attempts")).isEqualTo("2");
        });
    }

    @Test
    void whatASpreadsheetWouldRunIsQuoted() {
        assertThat(rows(Samples.paired(HostileText.NAME, HostileText.MODEL)))
                .allSatisfy(row -> assertThat(row.getField("model")).isEqualTo("'" + HostileText.MODEL));
    }

    private static List<NamedCsvRecord> rows(Samples sample) {
        return CsvReader.builder().ofNamedCsvRecord(RequestsCsv.render(sample.judgement(), sample.history())).stream()
                .toList();
    }
}
