package dev.changeover.reports.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// The page in a real browser. Skipped where there is no Chromium: name one by `-Dchangeover.chromium=PATH`.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PageInBrowserTest {

    private static final int PHONE = 390;

    @TempDir
    private Path folder;

    private Playwright playwright;
    private Browser browser;

    private final List<String> complaints = new ArrayList<>();
    private final List<String> fetched = new ArrayList<>();

    @BeforeAll
    void startBrowser() {
        Optional<Path> chromium = chromium();
        assumeTrue(chromium.isPresent(), "no chromium on the PATH, and no -Dchangeover.chromium=PATH");
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(chromium.get())
                        .setArgs(List.of("--no-sandbox")));
    }

    @AfterAll
    void stopBrowser() {
        if (playwright != null) {
            playwright.close();
        }
    }

    @Test
    void itOpensOfflineWithItsVerdictAndItsCharts() throws IOException {
        Page page = open(Samples.failover(), 1180);

        assertThat(page.locator("#verdict").textContent()).contains("NO GO", "drill");
        assertThat(page.locator(".chart svg").count()).isEqualTo(3);
        assertThat(complaints).isEmpty();
        assertThat(fetched).hasSize(1).allSatisfy(url -> assertThat(url).startsWith("file:"));
    }

    @Test
    void aRolloutHasItsChart() throws IOException {
        Page page = open(CanarySample.sample(), 1180);

        assertThat(page.locator("#rollout svg").textContent()).contains("20 rolls back", "rollback", "E-value");
        assertThat(page.locator(".chart svg").count()).isEqualTo(4);
        assertThat(complaints).isEmpty();
    }

    @Test
    void onAPhoneOnlyTablesScroll() throws IOException {
        for (Samples sample : List.of(Samples.paired(), Samples.failover(), CanarySample.credited())) {
            Page page = open(sample, PHONE);

            assertThat(page.evaluate("document.documentElement.scrollWidth")).isEqualTo(PHONE);
        }
    }

    @Test
    void hostileNamesAreShownAndNotRun() throws IOException {
        Page page = open(Samples.failover(HostileText.NAME, HostileText.MODEL), 1180);

        assertThat(page.locator("h1").textContent()).contains("<script>window.pwned=1</script>");
        assertThat(page.evaluate("typeof window.pwned")).isEqualTo("undefined");
        assertThat(complaints).isEmpty();
    }

    @Test
    void aRunThatMeasuredNothingOpensToo() throws IOException {
        Page page = open(Samples.empty(), 1180);

        assertThat(page.locator("#verdict").textContent()).contains("INCONCLUSIVE");
        assertThat(complaints).isEmpty();
    }

    private Page open(Samples sample, int width) throws IOException {
        Path file = folder.resolve("report.html");
        Files.writeString(file, HtmlReport.render(sample.judgement(), sample.history()));
        BrowserContext context = browser.newContext(
                new Browser.NewContextOptions().setOffline(true).setViewportSize(width, 900));
        complaints.clear();
        fetched.clear();
        Page page = context.newPage();
        page.onConsoleMessage(message -> complaints.add(message.text()));
        page.onPageError(complaints::add);
        page.onRequest(request -> fetched.add(request.url()));
        page.navigate(file.toUri().toString());
        return page;
    }

    private static Optional<Path> chromium() {
        String named = System.getProperty("changeover.chromium");
        if (named != null) {
            return Optional.of(Path.of(named));
        }
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .flatMap(directory -> Stream.of("chromium", "chromium-browser", "google-chrome")
                        .map(name -> Path.of(directory, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
