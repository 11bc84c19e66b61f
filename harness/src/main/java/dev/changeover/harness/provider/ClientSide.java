package dev.changeover.harness.provider;

import dev.changeover.harness.provider.within.Onward;
import dev.changeover.harness.provider.within.StreamEvent;
import dev.changeover.harness.proxy.ApiError;
import dev.changeover.harness.proxy.Passage;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;

/// The client's end of one call: what is passed on here is seen by the ledger.
final class ClientSide implements Onward, Passage.Sink {

    private final HttpServerResponse response;
    private final LedgerRow row;

    ClientSide(HttpServerResponse response, LedgerRow row) {
        this.response = response;
        this.row = row;
    }

    HttpServerResponse response() {
        return response;
    }

    void answer(FaultAnswer answer) {
        row.answeredInstead(answer.status(), answer.contentType());
        row.passed(answer.body());
        row.ended(true);
        response.setStatusCode(answer.status());
        answer.headers().forEach(response::putHeader);
        response.end(answer.body()).onComplete(written -> row.enter(written.succeeded()));
    }

    void answer(ApiError error) {
        response.setStatusCode(error.status())
                .putHeader("Content-Type", "application/json")
                .end(Buffer.buffer(error.body()))
                .onComplete(written -> row.enter(written.succeeded()));
    }

    @Override
    public void pass(Buffer piece) {
        if (!row.isJudged()) {
            row.passed(piece);
            response.write(piece);
        }
    }

    @Override
    public void event(StreamEvent event) {
        pass(event.bytes());
    }

    @Override
    public void end() {
        if (!row.isJudged()) {
            row.ended(true);
            response.end().onComplete(written -> row.enter(written.succeeded()));
        }
    }

    /// What was passed on before leaves first.
    @Override
    public void cut() {
        if (row.isJudged()) {
            return;
        }
        row.ended(false);
        row.enter(false);
        Passage.cut(response);
    }

    /// The connection is closed without an answer.
    void close() {
        row.enter(false);
        response.reset();
    }
}
