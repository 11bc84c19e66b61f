package dev.changeover.toxics.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ResolverTest {

    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Address NAME = Address.upstream("provider.example:443");
    private static final InetSocketAddress FOUND = new InetSocketAddress("127.0.0.1", 443);

    private final AtomicInteger lookups = new AtomicInteger();
    private final CountDownLatch answer = new CountDownLatch(1);

    private InetSocketAddress whenAsked(Address address) {
        lookups.incrementAndGet();
        try {
            answer.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return FOUND;
    }

    @Test
    void connectionsToOneNameShareALookup() {
        Resolver resolver = new Resolver(this::whenAsked, LONG);
        var first = resolver.resolve(NAME);
        var second = resolver.resolve(NAME);
        answer.countDown();
        assertThat(first.join()).isEqualTo(FOUND);
        assertThat(second.join()).isEqualTo(FOUND);
        assertThat(lookups).hasValue(1);
    }

    @Test
    void aNameIsLookedUpAnewOnceItIsAnswered() {
        answer.countDown();
        Resolver resolver = new Resolver(this::whenAsked, LONG);
        resolver.resolve(NAME).join();
        resolver.resolve(NAME).join();
        assertThat(lookups).hasValue(2);
    }

    @Test
    void aSilentResolverIsGivenUp() {
        Resolver resolver = new Resolver(this::whenAsked, Duration.ofMillis(20));
        assertThatThrownBy(resolver.resolve(NAME)::get).hasCauseInstanceOf(TimeoutException.class);
        answer.countDown();
    }

    @Test
    void aSilentResolverOfOneNameHoldsUpNoOther() {
        Resolver resolver = new Resolver(address -> address.equals(NAME) ? whenAsked(address) : FOUND, LONG);
        var silent = resolver.resolve(NAME);
        assertThat(resolver.resolve(Address.upstream("other.example:443")).join())
                .isEqualTo(FOUND);
        assertThat(silent).isNotDone();
        answer.countDown();
    }

    @Test
    void aNameThatIsNotThereFails() {
        Resolver resolver = new Resolver(
                address -> {
                    throw new UnknownHostException(address.host());
                },
                LONG);
        assertThatThrownBy(resolver.resolve(NAME)::get).hasCauseInstanceOf(UnknownHostException.class);
    }
}
