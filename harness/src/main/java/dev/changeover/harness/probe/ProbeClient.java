package dev.changeover.harness.probe;

import dev.changeover.harness.replay.Target;
import dev.changeover.harness.wire.Answer;
import dev.changeover.harness.wire.AnswerReader;
import dev.changeover.harness.wire.CallId;
import dev.changeover.harness.wire.ChatRequest;
import dev.changeover.harness.wire.ErrorKind;
import dev.changeover.harness.wire.Outcome;
import dev.changeover.harness.wire.Purpose;
import dev.changeover.harness.wire.Usage;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Sends one probe at a time, and looks at all that comes.
final class ProbeClient implements AutoCloseable {

    private static final int KEPT = 1 << 20;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Duration patience;
    private long number;

    /// @param patience with the whole of one answer
    ProbeClient(Duration patience) {
        this.patience = patience;
    }

    /// @param means whether its words mean something, and are not made up
    ProbeAnswer ask(Target target, Probe probe, ChatRequest body, boolean means) {
        URI address =
                URI.create("http://%s:%d%s/chat/completions".formatted(target.host(), target.port(), target.base()));
        HttpRequest request = HttpRequest.newBuilder(address)
                .header("Content-Type", "application/json")
                .header(CallId.HEADER, new CallId(Purpose.PROBE, number++).text())
                .POST(HttpRequest.BodyPublishers.ofByteArray(body.toBytes()))
                .build();
        Watched watched = new Watched(probe, body.model(), means);
        CompletableFuture<HttpResponse<Void>> answer = client.sendAsync(request, watched);
        try {
            answer.orTimeout(patience.toNanos(), TimeUnit.NANOSECONDS).join();
            return watched.over(true, Optional.empty());
        } catch (CompletionException e) {
            answer.cancel(true);
            ErrorKind kind =
                    e.getCause() instanceof TimeoutException ? ErrorKind.TIMEOUT_TOTAL : ErrorKind.CONNECTION_RESET;
            return watched.over(false, Optional.of(kind));
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }

    /// One answer while it comes.
    private static final class Watched implements HttpResponse.BodyHandler<Void> {
        private final Probe probe;
        private final String asked;
        private final boolean means;
        private final long sentNanos = System.nanoTime();
        private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
        private OptionalInt status = OptionalInt.empty();
        private Optional<AnswerReader> reader = Optional.empty();
        private List<String> rateHeaders = List.of();
        private OptionalLong firstTokenNanos = OptionalLong.empty();
        private int chunks;

        Watched(Probe probe, String asked, boolean means) {
            this.means = means;
            this.probe = probe;
            this.asked = asked;
        }

        @Override
        public synchronized HttpResponse.BodySubscriber<Void> apply(HttpResponse.ResponseInfo info) {
            status = OptionalInt.of(info.statusCode());
            reader = Optional.of(new AnswerReader(
                    info.statusCode(), info.headers().firstValue("content-type").orElse(null)));
            rateHeaders = info.headers().map().keySet().stream()
                    .map(name -> name.toLowerCase(Locale.ROOT))
                    .filter(name -> name.contains("ratelimit") || name.startsWith("retry-after"))
                    .sorted()
                    .toList();
            return HttpResponse.BodySubscribers.ofByteArrayConsumer(piece -> piece.ifPresent(this::take));
        }

        private synchronized void take(byte[] piece) {
            int fresh = reader.orElseThrow().feed(piece, 0, piece.length);
            if (fresh > 0 && firstTokenNanos.isEmpty()) {
                firstTokenNanos = OptionalLong.of(System.nanoTime() - sentNanos);
            }
            chunks += fresh;
            kept.write(piece, 0, Math.min(piece.length, KEPT - kept.size()));
        }

        synchronized ProbeAnswer over(boolean complete, Optional<ErrorKind> broken) {
            long totalNanos = System.nanoTime() - sentNanos;
            Optional<Answer> answer = reader.map(seen -> seen.finish(complete));
            AnswerShape shape = AnswerShape.of(
                    kept.toByteArray(), reader.filter(AnswerReader::streaming).isPresent());
            return new ProbeAnswer(
                    broken.or(() -> answer.flatMap(Watched::kind)),
                    status,
                    asked,
                    answer.flatMap(Answer::model),
                    shape.finishReason(),
                    reader.filter(AnswerReader::done).isPresent(),
                    answer.map(Answer::usage).orElse(Usage.UNKNOWN),
                    answer.map(Answer::countedOutput).orElse(OptionalLong.empty()),
                    firstTokenNanos,
                    totalNanos,
                    chunks,
                    form(shape),
                    rateHeaders,
                    answer.flatMap(Answer::error));
        }

        private ProbeAnswer.Form form(AnswerShape shape) {
            return switch (probe) {
                case TOOL -> shape.toolForm();
                case JSON -> means ? shape.contentForm() : ProbeAnswer.Form.NOT_ASKED;
                case PLAIN, STREAM, STREAM_USAGE, COMPLETION_LIMIT, UNKNOWN_MODEL -> ProbeAnswer.Form.NOT_ASKED;
            };
        }

        private static Optional<ErrorKind> kind(Answer answer) {
            return answer.outcome() instanceof Outcome.Failed failed ? Optional.of(failed.kind()) : Optional.empty();
        }
    }
}
