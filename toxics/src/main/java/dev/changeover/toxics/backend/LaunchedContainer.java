package dev.changeover.toxics.backend;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.testcontainers.containers.ContainerFetchException;
import org.testcontainers.containers.wait.strategy.AbstractWaitStrategy;
import org.testcontainers.toxiproxy.ToxiproxyContainer;
import org.testcontainers.utility.DockerImageName;

/// A Toxiproxy in a container that shares this machine's network: it must reach taps that listen on the loopback, and
/// must itself listen nowhere else. No port is mapped, so Testcontainers has nothing to wait for.
final class LaunchedContainer implements Launched {

    private static final int LINES = 20;

    private final ToxiproxyContainer container;
    private final URI api;

    private LaunchedContainer(ToxiproxyContainer container, int port) {
        this.container = container;
        this.api = URI.create("http://" + Launch.HOST + ":" + port);
    }

    /// @throws BackendMissingException when the image cannot be had
    static LaunchedContainer start(String image, String name, int port) throws IOException {
        ToxiproxyContainer container = new ToxiproxyContainer(
                        DockerImageName.parse(image).asCompatibleSubstituteFor("shopify/toxiproxy"))
                .withNetworkMode("host")
                .withCommand("-host=" + Launch.HOST, "-port=" + port)
                .withCreateContainerCmdModifier(command -> command.withName(name))
                .waitingFor(new NoWait());
        container.setExposedPorts(List.of());
        try {
            container.start();
        } catch (RuntimeException e) {
            container.stop();
            if (Stream.<Throwable>iterate(e, Objects::nonNull, Throwable::getCause)
                    .anyMatch(ContainerFetchException.class::isInstance)) {
                throw new BackendMissingException(
                        "the image %s is not here and cannot be pulled (%s); name one that can with CHANGEOVER_TOXIPROXY_IMAGE"
                                .formatted(image, deepest(e)),
                        e);
            }
            throw new IOException("container %s could not be started: %s".formatted(image, deepest(e)), e);
        }
        return new LaunchedContainer(container, port);
    }

    private static String deepest(Throwable thrown) {
        Throwable deepest = thrown;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        return String.valueOf(deepest.getMessage()).strip();
    }

    @Override
    public URI api() {
        return api;
    }

    @Override
    public Optional<String> ended() {
        try {
            return container.isRunning() ? Optional.empty() : Optional.of("and its container with it");
        } catch (RuntimeException _) {
            // an engine that was not asked to the end, or is gone, says nothing of the container
            return Optional.empty();
        }
    }

    @Override
    public boolean says(String text) {
        return container.getLogs().contains(text);
    }

    @Override
    public String lastLines() {
        List<String> lines = container.getLogs().lines().toList();
        return "\n    " + String.join("\n    ", lines.subList(Math.max(0, lines.size() - LINES), lines.size()));
    }

    @Override
    public void end() {
        container.stop();
    }

    /// `Launch` waits.
    private static final class NoWait extends AbstractWaitStrategy {
        @Override
        protected void waitUntilReady() {
            // it is ready when its API answers on the loopback
        }
    }
}
