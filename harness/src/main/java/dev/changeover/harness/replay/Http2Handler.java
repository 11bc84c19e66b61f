package dev.changeover.harness.replay;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.AbstractHttp2ConnectionHandlerBuilder;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2ConnectionDecoder;
import io.netty.handler.codec.http2.Http2ConnectionEncoder;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Settings;
import java.io.IOException;

/// The library's side of a connection of HTTP/2: frames, header compression, flow control. What goes wrong in it is
/// told to the link.
final class Http2Handler extends Http2ConnectionHandler {

    private static final long MAX_HEAD_BYTES = 64 << 10;

    /// Large enough that no answer waits for us to say that we have read.
    private static final int STREAM_WINDOW = 1 << 20;

    private final Http2Link link;

    private Http2Handler(
            Http2ConnectionDecoder decoder, Http2ConnectionEncoder encoder, Http2Settings settings, Http2Link link) {
        super(decoder, encoder, settings, true);
        this.link = link;
    }

    static Http2Handler of(Http2Link link) {
        return new Builder(link).build();
    }

    Http2Link link() {
        return link;
    }

    @Override
    protected void onConnectionError(
            ChannelHandlerContext context, boolean outbound, Throwable cause, Http2Exception error) {
        link.broken(outbound ? Http2Link.Break.RESET : Http2Link.Break.MALFORMED);
    }

    @Override
    protected void onStreamError(
            ChannelHandlerContext context, boolean outbound, Throwable cause, Http2Exception.StreamException error) {
        link.streamFailed(error.streamId(), outbound);
        super.onStreamError(context, outbound, cause, error);
    }

    /// An `IOException` is the peer's reset.
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) throws Exception {
        if (Http2CodecUtil.getEmbeddedHttp2Exception(cause) != null) {
            super.exceptionCaught(context, cause);
        } else {
            link.broken(cause instanceof IOException ? Http2Link.Break.RESET : Http2Link.Break.MALFORMED);
        }
    }

    private static final class Builder extends AbstractHttp2ConnectionHandlerBuilder<Http2Handler, Builder> {

        private final Http2Link link;

        Builder(Http2Link link) {
            this.link = link;
            server(false);
            frameListener(link);
            initialSettings(new Http2Settings()
                    .pushEnabled(false)
                    .maxHeaderListSize(MAX_HEAD_BYTES)
                    .initialWindowSize(STREAM_WINDOW));
        }

        @Override
        protected Http2Handler build() {
            return super.build();
        }

        @Override
        protected Http2Handler build(
                Http2ConnectionDecoder decoder, Http2ConnectionEncoder encoder, Http2Settings settings) {
            return new Http2Handler(decoder, encoder, settings, link);
        }
    }
}
