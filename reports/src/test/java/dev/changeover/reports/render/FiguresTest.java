package dev.changeover.reports.render;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FiguresTest {

    @Test
    void evidencePastAMillionIsNotCountedOut() {
        assertThat(Figures.evidence(0.837)).isEqualTo("0.84");
        assertThat(Figures.evidence(20)).isEqualTo("20");
        assertThat(Figures.evidence(5.7e10)).isEqualTo("over 1,000,000");
        assertThat(Figures.evidence(Double.POSITIVE_INFINITY)).isEqualTo("over 1,000,000");
    }
}
