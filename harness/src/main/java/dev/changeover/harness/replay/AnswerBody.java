package dev.changeover.harness.replay;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.compression.DecompressionException;
import io.netty.handler.codec.compression.JdkZlibDecoder;
import io.netty.handler.codec.compression.ZlibWrapper;

/// Brings the bytes of an answer's body to its exchange, decoded where they come compressed. Decoding hands on small
/// pieces, so that a body which grows without end costs no memory. Confined to its lane's loop.
final class AnswerBody {

    private final byte[] scratch;

    /// Whether the request asked for gzip: only then is it decoded.
    private final boolean gzip;

    /// Null while there is none.
    private Exchange exchange;

    /// Null unless this body is compressed.
    private EmbeddedChannel decoder;

    private boolean decoding;
    private long arrivedNanos;

    AnswerBody(Lane lane, boolean gzip) {
        this.scratch = lane.scratch();
        this.gzip = gzip;
    }

    boolean decodes() {
        return gzip;
    }

    /// @param encoding the header's value; null when it is missing, or of no interest
    void begin(Exchange reader, CharSequence encoding) {
        exchange = reader;
        if (encoding != null && "gzip".contentEquals(encoding)) {
            decoder = new EmbeddedChannel(new JdkZlibDecoder(ZlibWrapper.GZIP, true, 0), new Decoded());
        }
    }

    void piece(ByteBuf content, long nanos) {
        if (decoder == null) {
            hand(content, nanos);
            return;
        }
        arrivedNanos = nanos;
        decoding = true;
        try {
            decoder.writeInbound(content.retain());
        } catch (DecompressionException _) {
            if (exchange != null) {
                exchange.malformed();
            }
        } finally {
            decoding = false;
            if (exchange == null) {
                end();
            }
        }
    }

    /// Nothing more is read for the exchange. A decoder that is at work is closed when it is done.
    void end() {
        exchange = null;
        if (decoder != null && !decoding) {
            decoder.close();
            decoder = null;
        }
    }

    private void hand(ByteBuf content, long nanos) {
        while (content.isReadable() && exchange != null) {
            int length = Math.min(content.readableBytes(), scratch.length);
            content.readBytes(scratch, 0, length);
            exchange.content(scratch, length, nanos);
        }
    }

    private final class Decoded extends SimpleChannelInboundHandler<ByteBuf> {

        @Override
        protected void channelRead0(ChannelHandlerContext context, ByteBuf piece) {
            hand(piece, arrivedNanos);
        }
    }
}
