package dev.changeover.toxics.backend;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The version that a Toxiproxy server tells; `git` when it was built from source and not given one.
record ServerVersion(String text) {

    private static final int PATIENCE_MILLIS = 2_000;
    private static final int LONGEST_ANSWER = 1_000;
    private static final int OLDEST = 2;
    /// Plain up to 2.5, JSON since.
    private static final Pattern ANSWER =
            Pattern.compile("(?:\\{\\s*\"version\"\\s*:\\s*\")?v?(git|(\\d{1,4})\\.[0-9A-Za-z.+-]{1,40})(?:\"\\s*})?");

    /// Asks for it, and does not wait long.
    ///
    /// @throws IOException when nobody answers, what answers is no Toxiproxy, or it is too old
    static ServerVersion at(URI api) throws IOException {
        String answer = ask(api.resolve("/version"));
        Matcher version = ANSWER.matcher(answer.strip());
        if (!version.matches()) {
            throw new IOException("what listens at %s is no Toxiproxy: asked for its version, it answered '%s'"
                    .formatted(api, beginning(answer)));
        }
        if (version.group(2) != null && Integer.parseInt(version.group(2)) < OLDEST) {
            throw new IOException(
                    "the Toxiproxy at %s is version %s; 2.0 or newer is needed".formatted(api, version.group(1)));
        }
        return new ServerVersion(version.group(1));
    }

    private static String ask(URI version) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) version.toURL().openConnection(java.net.Proxy.NO_PROXY);
        connection.setConnectTimeout(PATIENCE_MILLIS);
        connection.setReadTimeout(PATIENCE_MILLIS);
        connection.setInstanceFollowRedirects(false);
        try (InputStream body =
                connection.getResponseCode() < 400 ? connection.getInputStream() : InputStream.nullInputStream()) {
            return new String(body.readNBytes(LONGEST_ANSWER), StandardCharsets.UTF_8);
        } finally {
            connection.disconnect();
        }
    }

    private static String beginning(String answer) {
        String line = answer.lines().findFirst().orElse("").strip();
        return line.length() > 60 ? line.substring(0, 60) + "..." : line;
    }
}
