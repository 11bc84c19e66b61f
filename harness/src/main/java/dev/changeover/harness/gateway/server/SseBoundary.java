package dev.changeover.harness.gateway.server;

/// Finds where events end in the bytes of a stream: at blank lines, whatever ends a line.
final class SseBoundary {

    private SseBoundary() {}

    /// The index behind the last blank line; 0 when there is none.
    static int endOfLastEvent(byte[] bytes) {
        for (int end = bytes.length; end > 1; end--) {
            if (endsLine(bytes, end) && endsLine(bytes, startOfBreak(bytes, end))) {
                return end;
            }
        }
        return 0;
    }

    private static boolean endsLine(byte[] bytes, int end) {
        return end > 0 && (bytes[end - 1] == '\n' || bytes[end - 1] == '\r');
    }

    /// Where the line break that ends here begins: CRLF is one.
    private static int startOfBreak(byte[] bytes, int end) {
        boolean pair = end > 1 && bytes[end - 1] == '\n' && bytes[end - 2] == '\r';
        return pair ? end - 2 : end - 1;
    }
}
