package dev.changeover.harness.units;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class UnitsTest {

    @Test
    void durationsReadBackAsWritten() {
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < 1_000; i++) {
            Duration duration = Duration.ofNanos(random.nextLong(1L << random.nextInt(1, 62)));
            assertThat(Durations.parse(Durations.write(duration))).isEqualTo(duration);
        }
        assertThat(Durations.write(Duration.ofSeconds(90))).isEqualTo("90s");
        assertThat(Durations.parse("1.5s")).isEqualTo(Duration.ofMillis(1500));
    }

    @Test
    void whatIsNoDurationIsRefusedWithItsText() {
        for (String text : List.of("5", "m", "-1s", "1 week", "", "1e3s", "999999999999d", "NaN")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Durations.parse(text))
                    .withMessageContaining("'" + text + "'");
        }
    }

    @Test
    void sharesAreFromNothingToAll() {
        assertThat(Share.parse("60%").value()).isEqualTo(0.6);
        assertThat(Share.parsePoints("0.25pp")).isEqualTo(0.0025);
        assertThat(Share.parseRelative("150%")).isEqualTo(1.5);
        for (String text : List.of("101%", "-1%", "60", "%", "0.6", "NaN%")) {
            assertThatIllegalArgumentException().isThrownBy(() -> Share.parse(text));
        }
    }

    @Test
    void moneyReadsBackAndDoesNotMixCurrencies() {
        Money money = Money.parse("5.10 USD");

        assertThat(Money.parse(money.toString())).isEqualTo(money);
        assertThatIllegalArgumentException().isThrownBy(() -> money.plus(Money.zero("EUR")));
        for (String text : List.of("5", "USD", "5 usd", "five USD", "")) {
            assertThatIllegalArgumentException().isThrownBy(() -> Money.parse(text));
        }
    }
}
