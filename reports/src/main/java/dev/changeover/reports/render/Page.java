package dev.changeover.reports.render;

import io.pebbletemplates.pebble.PebbleEngine;
import io.pebbletemplates.pebble.loader.ClasspathLoader;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/// The template of `report.html` with its style and scripts inlined. Its policy lets those two scripts run, by their
/// digests, and nothing else: no other script, no network.
final class Page {

    private static final String FOLDER = "dev/changeover/reports/render/";
    private static final String ECHARTS = "META-INF/resources/webjars/echarts/5.5.0/echarts.common.min.js";

    private Page() {}

    /// @param model what the template names, escaped by it
    /// @param data for the charts
    static String render(Map<String, Object> model, Json data) {
        String echarts = resource(ECHARTS);
        String charts = resource(FOLDER + "charts.js");
        Map<String, Object> all = new HashMap<>(model);
        all.put("style", resource(FOLDER + "report.css"));
        all.put("data", insideScript(data.compact()));
        all.put("echarts", echarts);
        all.put("charts", charts);
        all.put(
                "policy",
                "default-src 'none'; script-src '%s' '%s'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
                        .formatted(digest(echarts), digest(charts)));
        StringWriter page = new StringWriter();
        try {
            ClasspathLoader loader = new ClasspathLoader(Page.class.getClassLoader());
            new PebbleEngine.Builder()
                    .loader(loader)
                    .strictVariables(true)
                    .autoEscaping(true)
                    .defaultLocale(Locale.ROOT)
                    .build()
                    .getTemplate(FOLDER + "report.peb")
                    .evaluate(page, all, Locale.ROOT);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return page.toString();
    }

    /// JSON that no HTML parser takes for the end of its script.
    private static String insideScript(String json) {
        return json.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026");
    }

    /// Line ends as an HTML parser will see them, for the digest is taken of that.
    private static String resource(String name) {
        try (InputStream in = Page.class.getClassLoader().getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("missing from the class path: " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String digest(String script) {
        try {
            byte[] sha = MessageDigest.getInstance("SHA-256").digest(script.getBytes(StandardCharsets.UTF_8));
            return "sha256-" + Base64.getEncoder().encodeToString(sha);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
