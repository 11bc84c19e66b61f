package dev.changeover.harness.recorder;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/// Where a provider is, as `base_url` of its clients says it.
///
/// With a path, it stands for `/v1` of the recorder: `https://host/openai/v1` gets what `/v1/models` asks for at
/// `/openai/v1/models`. Without one, paths are the provider's own.
public record UpstreamAddress(URI uri) {

    private static final String PREFIX = "/v1";

    /// @throws IllegalArgumentException when it is no http or https address, or has more than host, port and path; the
    ///     address is not quoted, as it may hold a password
    public static UpstreamAddress parse(String text) {
        try {
            return new UpstreamAddress(new URI(text));
        } catch (URISyntaxException _) {
            throw new IllegalArgumentException("is no address");
        }
    }

    public UpstreamAddress {
        boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
        if (!http || uri.getHost() == null) {
            throw new IllegalArgumentException("is no http or https address with a host");
        }
        if (uri.getPort() > 65_535) {
            throw new IllegalArgumentException("has a port above 65535");
        }
        if (uri.getRawUserInfo() != null || uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw new IllegalArgumentException("has more than a host, a port and a path; keys are sent by the client");
        }
    }

    boolean secure() {
        return "https".equals(uri.getScheme());
    }

    String host() {
        return uri.getHost();
    }

    int port() {
        return uri.getPort() >= 0 ? uri.getPort() : secure() ? 443 : 80;
    }

    /// What of the provider's is asked for.
    ///
    /// @param asked of the recorder: a path with its query
    /// @return empty where nothing of the provider's has that path
    Optional<String> target(String asked) {
        String path = path();
        if (path.isEmpty()) {
            return asked.startsWith("/") ? Optional.of(asked) : Optional.empty();
        }
        boolean within = asked.equals(PREFIX) || asked.startsWith(PREFIX + "/") || asked.startsWith(PREFIX + "?");
        return within ? Optional.of(path + asked.substring(PREFIX.length())) : Optional.empty();
    }

    private String path() {
        String path = Optional.ofNullable(uri.getRawPath()).orElse("");
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    @Override
    public String toString() {
        return uri.toString();
    }
}
