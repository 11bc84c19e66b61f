package dev.changeover.harness.gate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ValuesTest {

    @Test
    void timesAreInTheUnitThatIsReadWithoutCountingDigits() {
        assertThat(Values.millis(0)).isEqualTo("0 ms");
        assertThat(Values.millis(57.43)).isEqualTo("57.4 ms");
        assertThat(Values.millis(421.4)).isEqualTo("421 ms");
        assertThat(Values.millis(1643)).isEqualTo("1.64 s");
        assertThat(Values.millis(45_000)).isEqualTo("45 s");
        assertThat(Values.seconds(10_040)).isEqualTo("10 s");
    }

    @Test
    void sharesHaveNoZerosThatSayNothing() {
        assertThat(Values.percent(1)).isEqualTo("100 %");
        assertThat(Values.percent(0)).isEqualTo("0 %");
        assertThat(Values.percent(0.343)).isEqualTo("34.3 %");
        assertThat(Values.percent(0.0005)).isEqualTo("0.05 %");
    }
}
