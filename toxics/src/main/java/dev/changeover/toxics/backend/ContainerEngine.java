package dev.changeover.toxics.backend;

import com.github.dockerjava.api.DockerClient;
import java.util.Optional;
import org.testcontainers.DockerClientFactory;

/// Docker, or podman behind Docker's API, as Testcontainers finds it.
final class ContainerEngine {

    private ContainerEngine() {}

    /// @throws BackendMissingException saying what was tried
    static DockerClient client() throws BackendMissingException {
        try {
            return DockerClientFactory.instance().client();
        } catch (IllegalStateException e) {
            throw new BackendMissingException(
                    "no container engine answers: DOCKER_HOST is %s, and Testcontainers found none elsewhere; start Docker or podman's API (podman system service), or use --toxiproxy binary"
                            .formatted(Optional.ofNullable(System.getenv("DOCKER_HOST"))
                                    .orElse("not set")),
                    e);
        }
    }
}
