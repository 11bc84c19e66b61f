package dev.changeover.harness.provider.within;

import java.time.Duration;

/// What a fault may say to the call whose answer it strikes, and ask of it.
public interface StruckCall {

    /// The fault did something to the answer; may be said more than once.
    void struck();

    /// Nothing more of the answer will pass: the provider need not go on.
    void stopProvider();

    /// Runs it then, unless the call is over before.
    void after(Duration delay, Runnable action);

    /// Whether the fault is gone, although the call was there before.
    boolean isLifted();

    /// Runs it once the fault is lifted, unless the call is over before.
    void whenLifted(Runnable action);

    /// That many bytes are held back; a provider waits while it are too many.
    void holds(int bytes);

    /// That many bytes are held back no longer.
    void letGo(int bytes);
}
