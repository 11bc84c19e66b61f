package dev.changeover.cli;

import dev.changeover.harness.recorder.Recorder;
import dev.changeover.harness.recorder.RecorderException;
import dev.changeover.harness.recorder.Rotation;
import dev.changeover.harness.recorder.UpstreamAddress;
import dev.changeover.harness.redaction.Masks;
import dev.changeover.harness.redaction.TextPolicy;
import dev.changeover.harness.units.Share;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "record",
        description = "Records traffic as it runs: a proxy before a provider, that passes everything on at once and"
                + " writes chat completions down as a trace, without what is secret, until it is interrupted.")
final class RecordCommand implements Callable<Integer> {

    private static final int HIGHEST_PORT = 65_535;

    @Option(
            names = "--upstream",
            required = true,
            paramLabel = "URL",
            description = "The provider, as its clients' base_url: https://api.openai.com/v1 for example.")
    private String upstream;

    @Option(
            names = "--listen",
            required = true,
            paramLabel = "PORT",
            description = "Where clients reach it, on the loopback; 0 is a free port.")
    private int port;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "FILE",
            description = "The recording to write; one that is there already is never written to.")
    private Path out;

    @Option(
            names = "--text",
            paramLabel = "POLICY",
            defaultValue = "replace",
            description = "What becomes of texts: keep (masked where a pattern matches), hash, drop, or replace (words"
                    + " of the same length). ${DEFAULT-VALUE} else.")
    private String text;

    @Option(
            names = "--mask",
            paramLabel = "NAME=REGEX",
            description =
                    "Masks what matches, besides e-mail, phone and card numbers and keys; RE2 syntax; repeatable.")
    private List<String> masks = List.of();

    @Option(
            names = "--sample",
            paramLabel = "SHARE",
            defaultValue = "100%",
            description = "Of conversations, whole: 10%% for example. ${DEFAULT-VALUE} else.")
    private String sample;

    @Option(
            names = "--rotate",
            paramLabel = "SIZE|TIME",
            description = "Goes on in a new file before one is larger, or after so long: 100MB, 1h.")
    private String rotate;

    @Option(
            names = "--trust",
            paramLabel = "FILE",
            description = "Certificates (PEM) that the provider's is signed by, in place of the platform's.")
    private Path trust;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws RecorderException, InterruptedException {
        Recorder.Options options = options();
        RecordTold told =
                new RecordTold(spec.commandLine().getOut(), spec.commandLine().getErr());
        try (Recorder recorder = Recorder.start(options, told::cannotWrite)) {
            told.started(options, recorder.port());
            return told.until(recorder);
        }
    }

    private Recorder.Options options() {
        if (port < 0 || port > HIGHEST_PORT) {
            throw new UserError("--listen %d: no such port%n    write 0 to %d".formatted(port, HIGHEST_PORT));
        }
        if (out.toString().endsWith(".gz")) {
            throw new UserError(("--out %s: is written plain, so that a kill loses nothing%n    name it without .gz;"
                            + " changeover import makes a gzipped trace of it")
                    .formatted(out));
        }
        requireCertificates();
        return new Recorder.Options(
                read("--upstream", "an address", upstream, _ -> UpstreamAddress.parse(upstream)),
                port,
                Optional.ofNullable(trust),
                out,
                policy(),
                allMasks(),
                read("--sample", sample, sample, RecordCommand::sampled),
                rotate == null ? Rotation.NEVER : read("--rotate", rotate, rotate, Rotation::parse));
    }

    private TextPolicy policy() {
        return read("--text", text, text, name -> {
            for (TextPolicy policy : TextPolicy.values()) {
                if (policy.name().toLowerCase(Locale.ROOT).equals(name)) {
                    return policy;
                }
            }
            throw new IllegalArgumentException("is not keep, hash, drop or replace");
        });
    }

    private Masks allMasks() {
        Masks all = Masks.builtIn();
        for (String mask : masks) {
            int equals = mask.indexOf('=');
            if (equals < 1) {
                throw new UserError(
                        "--mask %s: has no name%n    write NAME=REGEX, as in staff=EMP-[0-9]+".formatted(mask));
            }
            Masks before = all;
            all = read("--mask", mask.substring(0, equals), mask.substring(equals + 1), before::and);
        }
        return all;
    }

    /// @param shown of the value: it may hold a secret
    private static Share sampled(String text) {
        Share share = Share.parse(text);
        if (share.value() == 0) {
            throw new IllegalArgumentException("nothing would be recorded");
        }
        return share;
    }

    private static <T> T read(String option, String shown, String value, Function<String, T> reader) {
        try {
            return reader.apply(value);
        } catch (IllegalArgumentException e) {
            throw new UserError(
                    "%s %s: %s%n    changeover record --help shows what it takes"
                            .formatted(option, shown, e.getMessage()),
                    e);
        }
    }

    private void requireCertificates() {
        if (trust == null) {
            return;
        }
        if (Files.exists(trust) && !Files.isRegularFile(trust)) {
            throw new UserError("--trust %s: is no file%n    name a file in PEM".formatted(trust));
        }
        try (InputStream pem = Files.newInputStream(trust)) {
            if (CertificateFactory.getInstance("X.509")
                    .generateCertificates(pem)
                    .isEmpty()) {
                throw new CertificateException("it is empty");
            }
        } catch (IOException | CertificateException e) {
            throw new UserError(
                    "--trust %s: holds no certificates that can be read%n    name a file in PEM".formatted(trust), e);
        }
    }
}
