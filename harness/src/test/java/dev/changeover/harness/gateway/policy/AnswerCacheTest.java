package dev.changeover.harness.gateway.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AnswerCacheTest {

    private final AnswerCache<Integer, String> cache = new AnswerCache<>(100);

    @Test
    void anAnswerIsKeptForItsTimeAndNoLonger() {
        cache.keep(1, "one", 3, 0);

        assertThat(cache.find(1, 99)).contains("one");
        assertThat(cache.find(2, 99)).isEmpty();
        assertThat(cache.find(1, 100)).isEmpty();
        assertThat(cache.size()).isZero();
    }

    @Test
    void aNewerAnswerTakesThePlaceAndTheTimeOfTheOlder() {
        cache.keep(1, "one", 3, 0);
        cache.keep(2, "two", 3, 10);
        cache.keep(1, "uno", 3, 50);

        assertThat(cache.find(1, 120)).contains("uno");
        assertThat(cache.find(2, 120)).isEmpty();
    }

    @Test
    void theOldestGoesWhenThereAreTooMany() {
        for (int i = 0; i <= AnswerCache.MOST_ANSWERS; i++) {
            cache.keep(i, "", 1, 0);
        }

        assertThat(cache.size()).isEqualTo(AnswerCache.MOST_ANSWERS);
        assertThat(cache.find(0, 1)).isEmpty();
        assertThat(cache.find(1, 1)).isPresent();
    }

    @Test
    void theOldestGoesWhenTheyAreTooLargeTogether() {
        for (int i = 0; i < 65; i++) {
            cache.keep(i, "", AnswerCache.LARGEST_BYTES, 0);
            cache.keep(i, "", AnswerCache.LARGEST_BYTES, 0);
        }

        assertThat(cache.size()).isEqualTo(64);
        assertThat(cache.find(0, 1)).isEmpty();
    }

    @Test
    void oneThatIsTooLargeIsNotKept() {
        cache.keep(1, "", AnswerCache.LARGEST_BYTES + 1, 0);
        cache.keep(2, "", 1, 0);

        assertThat(cache.find(1, 1)).isEmpty();
        assertThat(cache.clear()).isEqualTo(1);
        assertThat(cache.find(2, 1)).isEmpty();
    }
}
