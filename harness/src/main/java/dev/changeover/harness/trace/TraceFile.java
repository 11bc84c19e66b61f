package dev.changeover.harness.trace;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/// A file of recorded traffic, plain or gzip; which of the two is told by its first bytes, never by its name.
public record TraceFile(Path path) {

    private static final int START_BYTES = 4096;
    private static final int BUFFER_BYTES = 1 << 16;
    private static final String BYTE_ORDER_MARK = "\u00ef\u00bb\u00bf";

    /// Its content from the start, gzip taken off.
    ///
    /// @throws TraceException when it is missing, a folder or a pipe, or cannot be read
    public InputStream open() {
        if (Files.isDirectory(path)) {
            throw problem("is a folder", "name the file with the recorded traffic", null);
        }
        if (Files.exists(path) && !Files.isRegularFile(path)) {
            throw problem("is a pipe or a device, which can be read only once", "write it to a file first", null);
        }
        try {
            return unpacked(Files.newInputStream(path));
        } catch (IOException e) {
            throw problem(e);
        }
    }

    /// The first bytes of its content, a char for each byte and without a byte order mark, from which importers guess
    /// its format.
    ///
    /// @throws TraceException also when there are none
    public String start() {
        try (InputStream content = open()) {
            byte[] bytes = content.readNBytes(START_BYTES);
            if (bytes.length == 0) {
                throw problem("is empty", "name a file with recorded traffic", null);
            }
            String start = new String(bytes, StandardCharsets.ISO_8859_1);
            return start.startsWith(BYTE_ORDER_MARK) ? start.substring(BYTE_ORDER_MARK.length()) : start;
        } catch (IOException e) {
            throw problem(e);
        }
    }

    /// What an error in reading it means for people.
    public TraceException problem(IOException cause) {
        return switch (cause) {
            case NoSuchFileException _ ->
                problem("does not exist", "check the path; it is relative to " + here(), cause);
            case AccessDeniedException _ -> problem("may not be read", "give this user the right to read it", cause);
            case EOFException _ -> problem("is a gzip that breaks off", "fetch or write the file again", cause);
            case ZipException _ ->
                problem("is a damaged gzip: " + cause.getMessage(), "fetch or write the file again", cause);
            default -> problem("cannot be read: " + cause.getMessage(), "check the disk it lies on", cause);
        };
    }

    private TraceException problem(String what, String remedy, IOException cause) {
        return new TraceException(path, 0, what, remedy, cause);
    }

    private static Path here() {
        return Path.of("").toAbsolutePath();
    }

    private static InputStream unpacked(InputStream file) throws IOException {
        try {
            PushbackInputStream content = new PushbackInputStream(file, 2);
            byte[] magic = content.readNBytes(2);
            content.unread(magic);
            boolean gzip = magic.length == 2 && (magic[0] & 0xff) == 0x1f && (magic[1] & 0xff) == 0x8b;
            return gzip ? new WholeGzip(new NoGuess(content)) : content;
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    /// A gzip of one member or several; bytes after its end are an error, where the JDK lets them go unread.
    private static final class WholeGzip extends GZIPInputStream {

        private static final int TRAILER_BYTES = 8;

        WholeGzip(InputStream packed) throws IOException {
            super(packed, BUFFER_BYTES);
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = super.read(bytes, offset, length);
            if (read < 0 && (inf.getRemaining() > TRAILER_BYTES || in.read() >= 0)) {
                throw new ZipException("bytes follow its end");
            }
            return read;
        }
    }

    /// Says that more may come until the end has been seen: the JDK's gzip takes 0 for the end.
    private static final class NoGuess extends FilterInputStream {

        private boolean ended;

        NoGuess(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int read = super.read();
            ended |= read < 0;
            return read;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = super.read(bytes, offset, length);
            ended |= read < 0;
            return read;
        }

        @Override
        public int available() {
            return ended ? 0 : 1;
        }
    }
}
