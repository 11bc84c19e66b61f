package dev.changeover.toxics.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/// The proxies that a server starts with: a JSON array as `POST /populate` takes it, and `toxics` in each proxy.
public final class ProxyFile {

    private static final int MAX_BYTES = 8 << 20;

    private final List<ConfiguredProxy> proxies;

    private ProxyFile(List<ConfiguredProxy> proxies) {
        this.proxies = List.copyOf(proxies);
    }

    public static ProxyFile none() {
        return new ProxyFile(List.of());
    }

    /// @throws ProxyFileException with every problem found
    public static ProxyFile read(Path file) throws ProxyFileException {
        return new ProxyFile(new ProxyFileReader(file.toString()).read(text(file)));
    }

    private static String text(Path file) throws ProxyFileException {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw refused(file, "larger than 8 MiB", "is this the right file?");
            }
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (NoSuchFileException _) {
            throw refused(file, "no such file", "name a JSON file of proxies; docs/toxiproxy.md shows one");
        } catch (IOException e) {
            throw refused(file, "cannot be read (%s)".formatted(e), "name a JSON file of proxies, in UTF-8");
        }
    }

    private static ProxyFileException refused(Path file, String what, String remedy) {
        return new ProxyFileException(List.of(new ProxyFileProblem(file.toString(), 0, 0, what, remedy)));
    }

    List<ConfiguredProxy> proxies() {
        return proxies;
    }

    public int size() {
        return proxies.size();
    }
}
