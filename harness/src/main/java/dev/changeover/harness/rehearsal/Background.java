package dev.changeover.harness.rehearsal;

/// A thread of the run's own that ends when it is interrupted.
final class Background implements AutoCloseable {

    /// What it does until then.
    @FunctionalInterface
    interface Work {
        void run() throws InterruptedException;
    }

    private final Thread thread;

    Background(String name, Work work) {
        this.thread = Thread.ofPlatform().name(name).daemon().unstarted(() -> {
            try {
                work.run();
            } catch (InterruptedException _) {
                // closed: the run is over
            }
        });
    }

    void start() {
        thread.start();
    }

    /// Interrupts it and waits until it has ended, even when the caller is interrupted meanwhile.
    @Override
    public void close() {
        thread.interrupt();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
